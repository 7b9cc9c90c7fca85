package dev.jbpfilter.loader.kernel;

import static dev.jbpfilter.loader.kernel.Specs.EXIT;
import static dev.jbpfilter.loader.kernel.Specs.loadAddress;
import static dev.jbpfilter.loader.kernel.Specs.move;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.jbpfilter.bytecode.Instructions;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramSpec.Relocation;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import dev.jbpfilter.bytecode.btf.Btf;
import dev.jbpfilter.bytecode.btf.BtfBuilder;
import dev.jbpfilter.bytecode.btf.BtfKind;
import dev.jbpfilter.bytecode.btf.BtfType;
import dev.jbpfilter.bytecode.btf.BtfTypes;
import dev.jbpfilter.bytecode.btf.Linkage;
import dev.jbpfilter.bytecode.btf.Member;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RelocationsTest {
  private static final long CALL = 0x85;
  private static final long LOAD_4_BYTES = 0x0000_0000_0000_1261L;

  @Test
  void mapsGetTheirDescriptors() {
    ProgramSpec spec =
        Specs.program(
            List.of(
                new Relocation(0, new Target.MapFd("a")),
                new Relocation(3, new Target.MapValue("b", 24))),
            loadAddress(1),
            0,
            move(0, 2),
            loadAddress(9),
            0,
            EXIT);
    byte[] resolved =
        Relocations.resolve(spec, name -> name.equals("a") ? 5 : 6, RelocationsTest::noTypes);
    assertThat(Instructions.ofBytes(resolved).toArray())
        .containsExactly(
            0x0000_0005_0000_1118L,
            0,
            0x0000_0002_0000_00b4L,
            0x0000_0006_0000_2918L,
            0x0000_0018_0000_0000L,
            EXIT);
  }

  @Test
  void resolvingTwiceGivesTheNewDescriptor() {
    ProgramSpec spec =
        Specs.program(
            List.of(new Relocation(0, new Target.MapFd("a"))), 0x0000_0005_0000_1118L, 0, EXIT);
    assertThat(
            Instructions.ofBytes(Relocations.resolve(spec, name -> 7, RelocationsTest::noTypes))
                .slot(0))
        .isEqualTo(0x0000_0007_0000_1118L);
  }

  @Test
  void onlyLoadsOfTwoSlotsAreRelocated() {
    Relocation relocation = new Relocation(0, new Target.MapFd("a"));
    assertThatThrownBy(() ->
            Relocations.resolve(
                Specs.program(List.of(relocation), EXIT, EXIT),
                name -> 5,
                RelocationsTest::noTypes))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            Relocations.resolve(
                Specs.program(List.of(relocation), loadAddress(1)),
                name -> 5,
                RelocationsTest::noTypes))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void functionsVariablesAndMembersComeFromTheTypes() {
    Btf types = types();
    ProgramSpec spec =
        Specs.program(
            List.of(
                new Relocation(0, new Target.KernelFunction("run")),
                new Relocation(1, new Target.Variable("state")),
                new Relocation(3, new Target.Field("packet", "mark")),
                new Relocation(4, new Target.Field("packet", "inner.b")),
                new Relocation(5, new Target.StructureId("packet"))),
            CALL,
            loadAddress(1),
            0,
            LOAD_4_BYTES,
            LOAD_4_BYTES,
            loadAddress(2),
            0,
            EXIT);
    long function = types.find(BtfKind.FUNC, "run").orElseThrow();
    long variable = types.find(BtfKind.VAR, "state").orElseThrow();
    long structure = types.find(BtfKind.STRUCT, "packet").orElseThrow();
    assertThat(Instructions.ofBytes(Relocations.resolve(spec, name -> 5, () -> types)).toArray())
        .containsExactly(
            0x2085L | function << 32,
            0x3118L | variable << 32,
            0,
            0x0000_0000_0008_1261L,
            0x0000_0000_0014_1261L,
            0x0218L | structure << 32,
            0,
            EXIT);
  }

  @ParameterizedTest
  @MethodSource("missing")
  void whatTheKernelDoesNotHaveIsNamed(Target target, long slot, String message) {
    ProgramSpec spec = Specs.program(List.of(new Relocation(0, target)), slot, 0, EXIT);
    Btf types = types();
    assertThatThrownBy(() -> Relocations.resolve(spec, name -> 5, () -> types))
        .isInstanceOfSatisfying(
            BpfException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EOPNOTSUPP))
        .hasMessage("program bf_prog: " + message + ": Operation not supported");
  }

  static List<Arguments> missing() {
    return List.of(
        arguments(new Target.KernelFunction("walk"), CALL, "this kernel has no function walk"),
        arguments(
            new Target.KernelFunction("bpf_dynptr_from_skb"),
            CALL,
            "this kernel lacks kernel function bpf_dynptr_from_skb, which Linux 6.4 and later have"),
        arguments(new Target.Variable("run"), loadAddress(1), "this kernel has no variable run"),
        arguments(
            new Target.StructureId("frame"), loadAddress(1), "this kernel has no struct frame"),
        arguments(
            new Target.Field("frame", "mark"), LOAD_4_BYTES, "this kernel has no struct frame"),
        arguments(
            new Target.Field("packet", "length"), LOAD_4_BYTES, "this kernel has no packet.length"),
        arguments(
            new Target.Field("packet", "bits"),
            LOAD_4_BYTES,
            "packet.bits has 3 bits in this kernel, not 4 bytes"),
        arguments(
            new Target.Field("packet", "small"),
            LOAD_4_BYTES,
            "packet.small has 16 bits in this kernel, not 4 bytes"),
        arguments(
            new Target.Field("packet", "far"),
            LOAD_4_BYTES,
            "packet.far is too far from the start in this kernel"));
  }

  @Test
  void otherInstructionsAreNotRelocated() {
    Btf types = types();
    for (Target target :
        List.of(new Target.KernelFunction("run"), new Target.Field("packet", "mark"))) {
      ProgramSpec spec = Specs.program(List.of(new Relocation(0, target)), EXIT);
      assertThatThrownBy(() -> Relocations.resolve(spec, name -> 5, () -> types))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("slot 0 is no ");
    }
  }

  @Test
  void damagedTypesAreRefused() {
    BtfBuilder builder = new BtfBuilder();
    int list = builder.declare();
    builder.define(list, new BtfType.Typedef("list", list));
    builder.add(new BtfType.Struct("packet", 8, List.of(new Member("mark", list, 0))));
    Btf types = builder.build();
    ProgramSpec spec =
        Specs.program(
            List.of(new Relocation(0, new Target.Field("packet", "mark"))), LOAD_4_BYTES, EXIT);
    assertThatThrownBy(() -> Relocations.resolve(spec, name -> 5, () -> types))
        .isInstanceOf(BpfException.class)
        .hasMessageContaining("stands for others without end");
  }

  private static BtfTypes noTypes() {
    throw new AssertionError("types are not needed");
  }

  /**
   * <pre>{@code
   * struct packet { u16 small; u32 bits:3; union { u32 mark; u32 other; };
   *                 struct { u32 a; u32 b; } inner @16; u32 far @40000; }
   * }</pre>
   */
  private static Btf types() {
    BtfBuilder types = new BtfBuilder();
    int u16 = types.unsigned("u16", 2);
    int u32 = types.unsigned("u32", 4);
    int anonymous =
        types.add(
            new BtfType.Union(
                "", 4, List.of(new Member("other", u32, 0), new Member("mark", u32, 0))));
    int inner =
        types.add(
            new BtfType.Struct("", 8, List.of(new Member("a", u32, 0), new Member("b", u32, 32))));
    types.add(
        new BtfType.Struct(
            "packet",
            40_004,
            List.of(
                new Member("small", u16, 0),
                new Member("bits", u32, 32, 3),
                new Member("", anonymous, 64),
                new Member("inner", inner, 128),
                new Member("far", u32, 320_000))));
    types.add(
        new BtfType.Func("run", types.add(new BtfType.FuncProto(u32, List.of())), Linkage.GLOBAL));
    types.add(new BtfType.Var("state", u32, Linkage.GLOBAL));
    return types.build();
  }
}
