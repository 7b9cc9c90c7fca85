package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.bytecode.btf.BtfKind;
import dev.jbpfilter.bytecode.btf.BtfView;
import dev.jbpfilter.bytecode.elf.ObjectFile;
import dev.jbpfilter.bytecode.elf.ObjectMap;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.TestRun;
import dev.jbpfilter.loader.kernel.UpdateMode;
import dev.jbpfilter.loader.testing.PrivateBpffs;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Object files in the hands of libbpf, and libbpf's in ours. */
@RequiresBpf
class ObjectFileKernelTest {
  private static final Path KERNEL_TYPES = Path.of("/sys/kernel/btf/vmlinux");

  @TempDir private Path directory;

  @BeforeEach
  void needsBpftool() {
    boolean there = Shell.run("sh", "-c", "command -v bpftool || :").endsWith("bpftool");
    assumeTrue(there, "bpftool is not installed");
    assumeTrue(Files.isReadable(KERNEL_TYPES), KERNEL_TYPES + " is not there");
  }

  static Stream<Path> examples() {
    return Checkout.examples().stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void examplesLoadAndShowTheirRules(Path rules) throws IOException {
    for (Chain chain : parse(rules)) {
      CompiledChain compiled = Compiler.compile(chain);
      ObjectSpec object = new ObjectSpec(chain.name(), compiled.program(), compiled.maps());
      String listing = loadAndList(ObjectFile.write(List.of(object)));
      for (LineNote note : compiled.program().notes()) {
        assertThat(listing).contains("; " + note.text() + " [file:" + chain.name() + " line_num:");
      }
      assertThat(listing).containsAnyOf("; rule ", "; find the first rule: ");
    }
  }

  /** One set in a table, one in code, one that no rule asks for; rules in a table. */
  @Test
  void setsAndTablesAreInTheFile() throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            chain sets BF_HOOK_XDP ACCEPT
            set hosts (ip4.saddr) in {192.0.2.1; 192.0.2.7}
            set nets (ip4.snet) in {10.0.0.0/8}
            set unused (tcp.dport) in {1; 2; 3}
            rule (ip4.saddr) in hosts counter DROP
            rule (ip4.snet) in nets counter DROP
            """);
    for (int i = 0; i < 100; i++) {
      text.append("rule ip4.daddr 10.1.2.").append(i).append(" udp.dport 53 counter DROP\n");
    }
    CompiledChain compiled = Compiler.compile(ThreeWayChain.parse(text.toString()));
    assertThat(compiled.maps())
        .extracting(MapSpec::name)
        .containsExactly("bf_cmap", "bf_set_0000", "bf_set_0001", "bf_set_0002", "bf_tables");
    assertThat(loadAndList(ObjectFile.write(List.of(compiled.object())))).contains("; rule 0");
  }

  @Test
  void allExamplesLoadTogether() throws IOException {
    List<ObjectSpec> objects = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>();
    for (Path rules : Checkout.examples()) {
      for (Chain chain : parse(rules)) {
        CompiledChain compiled = Compiler.compile(chain);
        objects.add(new ObjectSpec(chain.name(), compiled.program(), compiled.maps()));
        names.add(chain.name() + "_" + Compiler.PROGRAM_NAME);
      }
    }
    Path file = Files.write(directory.resolve("all.bpf.o"), ObjectFile.write(objects));
    try (PrivateBpffs bpffs = new PrivateBpffs()) {
      Path pins = Path.of(bpffs.path(), "all");
      Shell.run("bpftool", "prog", "loadall", file.toString(), pins.toString());
      try (Stream<Path> pinned = Files.list(pins)) {
        assertThat(pinned.map(pin -> pin.getFileName().toString()))
            .containsExactlyInAnyOrderElementsOf(names);
      }
    }
  }

  private static List<Chain> parse(Path rules) throws IOException {
    Source source = new Source(rules.toString(), Files.readString(rules));
    return RulesetParser.parse(source, InterfaceResolver.none()).ruleset().orElseThrow().chains();
  }

  /** Functions, callbacks, maps by value, kernel functions and kernel fields, all resolved. */
  @Test
  void whatTheKernelKnowsIsFilledIn() throws IOException {
    BtfView kernel = BtfView.of(Files.readAllBytes(KERNEL_TYPES));
    for (byte[] file :
        List.of(
            ObjectFile.write(List.of(everything())),
            ObjectFile.write(List.of(everything()), ByteOrder.LITTLE_ENDIAN, kernel))) {
      String listing = loadAndList(file);
      assertThat(listing)
          .contains("call bpf_rcu_read_lock#")
          .contains("r1 = *(u64 *)(r0 +" + offset(kernel, "xdp_buff", "rxq") + ")")
          .contains("r1 = *(u64 *)(r1 +" + offset(kernel, "xdp_rxq_info", "dev") + ")")
          .contains("r6 = *(u32 *)(r1 +" + offset(kernel, "net_device", "ifindex") + ")")
          .contains("r1 = *(u32 *)(r1 +" + offset(kernel, "xdp_rxq_info", "mem.type") + ")")
          .contains("u64 step(u64 arg0, u64 arg1):")
          .contains("; rule 1 [file:everything line_num:2 line_col:1]")
          .containsPattern("map\\[id:\\d+\\]\\[0\\]\\+8");
    }
  }

  private static long offset(BtfView kernel, String struct, String field) {
    int id = kernel.find(BtfKind.STRUCT, struct).orElseThrow();
    return kernel.field(id, field).orElseThrow().byteOffset();
  }

  private String loadAndList(byte[] object) throws IOException {
    Path file = Files.write(directory.resolve("test.bpf.o"), object);
    try (PrivateBpffs bpffs = new PrivateBpffs()) {
      String pin = bpffs.path() + "/program";
      Shell.run("bpftool", "prog", "load", file.toString(), pin);
      return Shell.run("bpftool", "prog", "dump", "xlated", "pinned", pin, "linum");
    }
  }

  private static ObjectSpec everything() {
    MapSpec state = new MapSpec("state", MapType.ARRAY, 4, 16, 1, 0, null);
    List<Element<Phys>> main =
        List.of(
            new Element.Note<>("rule 0"),
            new Element.Move<>(Width.W64, 0, Phys.R6, Operand.reg(Phys.R1)),
            call(new CallTarget.KernelFunction("bpf_rcu_read_lock")),
            call(new CallTarget.KernelFunction("bpf_rcu_read_unlock")),
            new Element.Move<>(Width.W64, 0, Phys.R1, Operand.reg(Phys.R6)),
            call(new CallTarget.KernelFunction("bpf_cast_to_kern_ctx"), Phys.R1),
            new Element.Note<>("rule 1"),
            new Element.LoadField<>(Size.DW, Phys.R1, Phys.R0, "xdp_buff", "rxq"),
            new Element.Move<>(Width.W64, 0, Phys.R7, Operand.reg(Phys.R1)),
            new Element.LoadField<>(Size.DW, Phys.R1, Phys.R1, "xdp_rxq_info", "dev"),
            new Element.LoadField<>(Size.W, Phys.R6, Phys.R1, "net_device", "ifindex"),
            new Element.Move<>(Width.W64, 0, Phys.R1, Operand.reg(Phys.R7)),
            new Element.LoadField<>(Size.W, Phys.R1, Phys.R1, "xdp_rxq_info", "mem.type"),
            new Element.LoadImm64<>(Phys.R1, new Constant.MapValue("state", 8)),
            new Element.Store<>(Size.DW, Phys.R1, 0, Operand.reg(Phys.R6)),
            new Element.Move<>(Width.W64, 0, Phys.R1, Operand.imm(3)),
            new Element.LoadImm64<>(Phys.R2, new Constant.Function("step")),
            new Element.Move<>(Width.W64, 0, Phys.R3, Operand.imm(0)),
            new Element.Move<>(Width.W64, 0, Phys.R4, Operand.imm(0)),
            call(new CallTarget.Helper(181), Phys.R1, Phys.R2, Phys.R3, Phys.R4),
            new Element.Move<>(Width.W64, 0, Phys.R1, Operand.imm(1)),
            call(new CallTarget.Subprogram("next"), Phys.R1),
            new Element.Exit<>(Phys.R0));
    List<Element<Phys>> step =
        List.of(
            new Element.Move<>(Width.W64, 0, Phys.R0, Operand.imm(0)), new Element.Exit<>(Phys.R0));
    List<Element<Phys>> next =
        List.of(
            new Element.Note<>("next verdict"),
            new Element.Move<>(Width.W64, 0, Phys.R0, Operand.reg(Phys.R1)),
            new Element.Exit<>(Phys.R0));
    ProgramSpec program =
        Encoder.program(
            "everything",
            ProgramType.XDP,
            AttachType.XDP,
            0,
            "GPL",
            List.of(
                new Code<>("everything", List.of(Phys.R1), main, 0),
                new Code<>("step", List.of(Phys.R1, Phys.R2), step, 0),
                new Code<>("next", List.of(Phys.R1), next, 0)));
    return new ObjectSpec("everything", program, List.of(state));
  }

  private static Element<Phys> call(CallTarget target, Phys... arguments) {
    return new Element.Call<>(target, List.of(arguments), Phys.R0);
  }

  /** What clang compiled and we read runs as its source says. */
  @Test
  void compiledProgramsRun() throws IOException {
    Path path = Checkout.ROOT.resolve("bytecode/src/test/resources/objects/counting.bpf.o");
    ObjectFile file = ObjectFile.read(Files.readAllBytes(path));
    ProgramSpec count = file.programs().getFirst().spec();
    Kernel kernel = Kernel.system();
    Map<String, BpfMap> maps = new HashMap<>();
    try {
      for (ObjectMap map : file.maps()) {
        BpfMap created = kernel.createMapWithoutTypes(map.spec());
        maps.put(map.spec().name(), created);
        if (map.contents().length > 0) {
          created.update(BpfMap.key(0), map.contents(), UpdateMode.ANY);
        }
      }
      try (BpfProgram program = kernel.loadProgram(count, maps)) {
        TestRun frame = TestRun.of(new byte[77]);
        assertThat(program.run(frame).returnValue()).isEqualTo(2);
        // More than the limit that the object has.
        update(maps, ".data", 8);
        assertThat(program.run(frame).returnValue()).isEqualTo(1);
        update(maps, ".rodata", 8);
        assertThat(program.run(frame).returnValue()).isEqualTo(2);
      }
    } finally {
      maps.values().forEach(BpfMap::close);
    }
  }

  private static void update(Map<String, BpfMap> maps, String name, int value) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    maps.get(name).update(BpfMap.key(0), bytes.putInt(value).array(), UpdateMode.ANY);
  }
}
