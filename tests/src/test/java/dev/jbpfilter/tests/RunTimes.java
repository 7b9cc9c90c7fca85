package dev.jbpfilter.tests;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Encoder;
import dev.jbpfilter.bytecode.Helpers;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.RegisterAllocator;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.TestRun;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import dev.jbpfilter.ruleset.packet.PacketBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/**
 * Measures programs in BPF_PROG_TEST_RUN, net of an empty program, in interleaved rounds, and
 * beside a yardstick: parse Ethernet, IPv4 and TCP, count once, return. Not part of the test suite;
 * doc/performance.md says how to run it.
 */
@RequiresBpf
class RunTimes {
  private static final int ROUNDS = Integer.getInteger("jbpfilter.rounds", 15);
  private static final int REPEAT = 1_000_000;
  private static final int XDP_PASS = 2;

  private final Kernel kernel = Kernel.system();
  private final List<Row> rows = new ArrayList<>();

  private record Row(String name, BpfProgram program, TestRun input, List<Long> nanos) {}

  @Test
  void measure() {
    add("empty", load(empty(), Map.of()), frame(1));
    add("yardstick", yardstick(), frame(1));
    add("no rule", load(0, i -> ""), frame(1));
    for (int size : new int[] {1, 32, 128, 1000}) {
      add(
          size + " x ip4.saddr",
          load(size, i -> "rule ip4.saddr 10.0." + (i >> 8) + "." + (i & 255) + " counter DROP"),
          frame(size - 1));
    }
    add("1 x meta.dport range", load(1, i -> "rule meta.dport range 80-90 counter DROP"), frame(1));
    add(
        "32 x CONTINUE",
        load(32, i -> "rule ip4.saddr not 10.1.0." + i + " counter CONTINUE"),
        frame(1));
    for (int round = 0; round < ROUNDS; round++) {
      for (Row row : rows) {
        row.nanos.add(row.program.run(row.input).durationNanos());
      }
    }
    print();
    rows.forEach(r -> r.program.close());
  }

  private void print() {
    List<Long> empty = rows.getFirst().nanos;
    System.out.printf("%-24s %8s %8s %8s%n", "XDP program", "net ns", "low", "high");
    for (Row row : rows) {
      long[] net = new long[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        net[i] = row.nanos.get(i) - empty.get(i);
      }
      Arrays.sort(net);
      System.out.printf(
          "%-24s %8d %8d %8d%n",
          row.name, net[ROUNDS / 2], net[ROUNDS / 10], net[ROUNDS - 1 - ROUNDS / 10]);
    }
  }

  private void add(String name, BpfProgram program, byte[] frame) {
    rows.add(new Row(name, program, TestRun.of(frame).withRepeat(REPEAT), new ArrayList<>()));
  }

  private static byte[] frame(int source) {
    return PacketBuilder.ethernet()
        .ipv4("10.0." + (source >> 8) + "." + (source & 255), "10.2.0.1")
        .tcp(40000, 80, Packets.SYN)
        .payload(64)
        .build();
  }

  private BpfProgram load(int size, IntFunction<String> rules) {
    StringBuilder text = new StringBuilder("chain c BF_HOOK_XDP ACCEPT\n");
    for (int i = 0; i < size; i++) {
      text.append(rules.apply(i)).append('\n');
    }
    Chain chain =
        RulesetParser.parse(new Source("measured", text.toString()), InterfaceResolver.none())
            .ruleset()
            .orElseThrow()
            .chains()
            .getFirst();
    return KernelChain.load(Compiler.compile(chain)).program();
  }

  private BpfProgram load(Code<Virt> code, Map<String, BpfMap> maps) {
    ProgramSpec program =
        Encoder.program(
            "measured",
            ProgramType.XDP,
            AttachType.XDP,
            ProgramSpec.XDP_HAS_FRAGS,
            "GPL",
            RegisterAllocator.allocate(code).output());
    return kernel.loadProgram(program, maps);
  }

  private static Code<Virt> empty() {
    return CodeBuilder.function(
        "empty",
        code -> {
          code.parameter();
          code.exit(XDP_PASS);
        });
  }

  private BpfProgram yardstick() {
    MapSpec counter = new MapSpec("yardstick", MapType.PERCPU_ARRAY, 4, 16, 1, 0, null);
    try (BpfMap map = kernel.createMap(counter)) {
      return load(CodeBuilder.function("yardstick", RunTimes::yardstick), Map.of("yardstick", map));
    }
  }

  private static void yardstick(CodeBuilder code) {
    Virt context = code.parameter();
    Label pass = code.label("pass");
    int key = code.stackVariable(Integer.BYTES);
    Virt data = code.load(Size.W, context, 0);
    Virt end = code.load(Size.W, context, 4);
    code.branch(Condition.GT, code.add(data, 54), end, pass);
    code.branch(Condition.NE, Width.W32, code.load(Size.H, data, 12), 0x0008, pass);
    code.branch(Condition.NE, Width.W32, code.load(Size.B, data, 14), 0x45, pass);
    code.branch(Condition.NE, Width.W32, code.load(Size.B, data, 23), 6, pass);
    code.branch(Condition.EQ, Width.W32, code.load(Size.H, data, 36), 0, pass);
    Virt length = code.subtract(end, data);
    code.store(Size.W, Virt.FRAME, key, 0);
    Virt value =
        code.call(
            Helpers.MAP_LOOKUP_ELEM,
            code.constant(new Constant.MapFd("yardstick")),
            code.add(Virt.FRAME, key));
    code.branch(Condition.EQ, Width.W64, value, 0, pass);
    Virt packets = code.load(Size.DW, value, 0);
    code.alu(AluOp.ADD, packets, 1);
    code.store(Size.DW, value, 0, packets);
    Virt bytes = code.load(Size.DW, value, 8);
    code.alu(AluOp.ADD, bytes, length);
    code.store(Size.DW, value, 8, bytes);
    code.bind(pass);
    code.exit(XDP_PASS);
  }
}
