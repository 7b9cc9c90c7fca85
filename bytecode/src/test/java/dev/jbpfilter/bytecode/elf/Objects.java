package dev.jbpfilter.bytecode.elf;

import static dev.jbpfilter.bytecode.Phys.R0;
import static dev.jbpfilter.bytecode.Phys.R1;
import static dev.jbpfilter.bytecode.Phys.R2;
import static dev.jbpfilter.bytecode.Phys.R3;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.CallTarget;
import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Encoder;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.bytecode.btf.BtfBuilder;
import dev.jbpfilter.bytecode.btf.BtfType;
import dev.jbpfilter.bytecode.btf.Member;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Programs for object files, and object files of the compiler's. */
final class Objects {
  static final MapSpec COUNTERS =
      new MapSpec("counters", MapType.PERCPU_ARRAY, 4, 16, 9, 0, counterTypes());
  static final MapSpec STATE = new MapSpec("state", MapType.ARRAY, 4, 24, 1, 0, null);

  private Objects() {}

  static byte[] compiled(String name) {
    try (InputStream in = Objects.class.getResourceAsStream("/objects/" + name)) {
      if (in == null) {
        throw new IllegalStateException("there is no " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A program with all that refers to something else. */
  static ObjectSpec full() {
    Code<Phys> main =
        code(
            "filter",
            List.of(R1),
            List.of(
                new Element.Note<>("rule 0"),
                load(R1, new Constant.MapFd("counters")),
                load(R2, new Constant.MapValue("state", 20)),
                load(R3, new Constant.Function("last")),
                new Element.Note<>("rule 1:\n  with two lines"),
                call(new CallTarget.KernelFunction("bpf_rcu_read_lock"), List.of()),
                new Element.LoadField<>(Size.DW, R1, R1, "sk_buff", "dev"),
                new Element.LoadField<>(Size.W, R1, R1, "net_device", "ifindex"),
                new Element.LoadField<>(Size.H, R2, R1, "sk_buff", "headers.inner.network"),
                new Element.LoadField<>(Size.DW, R3, R1, "sk_buff", "dev"),
                call(new CallTarget.Subprogram("twice"), List.of(R1)),
                new Element.Exit<>(R0)));
    Code<Phys> twice =
        code(
            "twice",
            List.of(R1, R2),
            List.of(
                load(R3, new Constant.Function("last")),
                new Element.Note<>("rule 1"),
                call(new CallTarget.Subprogram("last"), List.of(R1)),
                call(new CallTarget.KernelFunction("bpf_rcu_read_lock"), List.of()),
                new Element.Exit<>(R0)));
    Code<Phys> last =
        code(
            "last",
            List.of(),
            List.of(
                new Element.Note<>("rule 0"),
                new Element.Move<>(Width.W64, 0, R0, Operand.imm(2)),
                new Element.Exit<>(R0)));
    return object("full", List.of(COUNTERS, STATE), List.of(main, twice, last));
  }

  static ObjectSpec object(String name, List<MapSpec> maps, List<Code<Phys>> functions) {
    ProgramSpec program =
        Encoder.program(
            functions.getFirst().name(),
            ProgramType.XDP,
            AttachType.XDP,
            ProgramSpec.XDP_HAS_FRAGS,
            "GPL",
            functions);
    return new ObjectSpec(name, program, maps);
  }

  /** A program of one function that ends with 2. */
  static ObjectSpec object(String name, List<MapSpec> maps, Element<Phys> first) {
    List<Element<Phys>> elements =
        List.of(
            new Element.Note<>("rule 7"),
            first,
            new Element.Move<>(Width.W64, 0, R0, Operand.imm(2)),
            new Element.Exit<>(R0));
    return object(name, maps, List.of(code("filter", List.of(R1), elements)));
  }

  static Code<Phys> code(String name, List<Phys> parameters, List<Element<Phys>> elements) {
    return new Code<>(name, parameters, elements, 0);
  }

  static Element<Phys> load(Phys dst, Constant constant) {
    return new Element.LoadImm64<>(dst, constant);
  }

  static Element<Phys> call(CallTarget target, List<Phys> arguments) {
    return new Element.Call<>(target, arguments, R0);
  }

  private static MapSpec.MapBtf counterTypes() {
    BtfBuilder types = new BtfBuilder();
    int u64 = types.unsigned("u64", 8);
    int u32 = types.unsigned("u32", 4);
    List<Member> members = List.of(new Member("count", u64, 0), new Member("size", u64, 64));
    int value = types.add(new BtfType.Struct("bf_counters", 16, members));
    return new MapSpec.MapBtf(types.build(), u32, value);
  }
}
