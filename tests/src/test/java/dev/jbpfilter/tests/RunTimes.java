package dev.jbpfilter.tests;

import dev.jbpfilter.bytecode.AluOp;
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
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.packet.PacketBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/**
 * Measures programs in BPF_PROG_TEST_RUN, net of an empty program of the same type, in interleaved
 * rounds, and beside a yardstick: an XDP program that parses Ethernet, IPv4 and TCP, counts once,
 * and returns. Not part of the test suite; doc/performance.md says how to run it.
 */
@RequiresBpf
class RunTimes {
  private static final int ROUNDS = Integer.getInteger("jbpfilter.rounds", 15);
  private static final int REPEAT = 1_000_000;
  private static final int XDP_PASS = 2;

  /** {@code struct nf_hook_state} of a forwarded IPv4 packet. */
  private static final byte[] FORWARDED = Arrays.copyOf(new byte[] {2, 2}, 48);

  private final Kernel kernel = Kernel.system();
  private final List<Row> rows = new ArrayList<>();

  /** A program; its time is net of that of another row. */
  private record Row(
      Hook hook, String name, int empty, BpfProgram program, TestRun input, List<Long> nanos) {

    /** The times, net, from the shortest to the longest. */
    long[] net(List<Row> rows) {
      long[] net = new long[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        net[i] = nanos.get(i) - rows.get(empty).nanos.get(i);
      }
      Arrays.sort(net);
      return net;
    }
  }

  @Test
  void measure() {
    addEmpty(Hook.XDP);
    int yardstick = rows.size();
    add(Hook.XDP, "yardstick", yardstick(), frame(1));
    addChain(Hook.XDP, "no rule", 0, i -> "", frame(1));
    for (int size : new int[] {1, 32, 128, 1000}) {
      addAddresses(Hook.XDP, size);
    }
    addChain(
        Hook.XDP,
        "1 x meta.dport range",
        1,
        i -> "rule meta.dport range 80-90 counter DROP",
        frame(1));
    addChain(
        Hook.XDP,
        "32 x CONTINUE",
        32,
        i -> "rule ip4.saddr not 10.1.0." + i + " counter CONTINUE",
        frame(1));
    for (Hook hook : List.of(Hook.TC_INGRESS, Hook.CGROUP_SKB_EGRESS, Hook.NF_FORWARD)) {
      addEmpty(hook);
      addChain(hook, "no rule", 0, i -> "", frame(1));
      addAddresses(hook, 1);
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (Row row : rows) {
        row.nanos.add(row.program.run(row.input).durationNanos());
      }
    }
    print(rows.get(yardstick).net(rows)[ROUNDS / 2]);
    rows.forEach(r -> r.program.close());
  }

  private void print(long yardstick) {
    System.out.printf(
        "%-18s %-22s %8s %8s %8s %10s%n", "hook", "program", "net ns", "low", "high", "yardsticks");
    for (Row row : rows) {
      long[] net = row.net(rows);
      long median = net[ROUNDS / 2];
      System.out.printf(
          "%-18s %-22s %8d %8d %8d %10.1f%n",
          row.hook,
          row.name,
          median,
          net[ROUNDS / 10],
          net[ROUNDS - 1 - ROUNDS / 10],
          (double) median / yardstick);
    }
  }

  /** Adds the row that those of the hook which follow are net of. */
  private void addEmpty(Hook hook) {
    BpfProgram program = load(hook, empty(hook == Hook.XDP ? XDP_PASS : 1), Map.of());
    rows.add(
        new Row(hook, "empty", rows.size(), program, input(hook, frame(1)), new ArrayList<>()));
  }

  private void addAddresses(Hook hook, int size) {
    addChain(
        hook,
        size + " x ip4.saddr",
        size,
        i -> "rule ip4.saddr 10.0." + (i >> 8) + "." + (i & 255) + " counter DROP",
        frame(size - 1));
  }

  private void addChain(Hook hook, String name, int size, IntFunction<String> rules, byte[] frame) {
    StringBuilder text = new StringBuilder("chain c " + hook.keyword() + " ACCEPT\n");
    for (int i = 0; i < size; i++) {
      text.append(rules.apply(i)).append('\n');
    }
    Chain chain = ThreeWayChain.parse(text.toString());
    add(hook, name, KernelChain.load(Compiler.compile(chain)).program(), frame);
  }

  private void add(Hook hook, String name, BpfProgram program, byte[] frame) {
    int empty = rows.size() - 1;
    while (rows.get(empty).empty != empty) {
      empty--;
    }
    rows.add(new Row(hook, name, empty, program, input(hook, frame), new ArrayList<>()));
  }

  private static TestRun input(Hook hook, byte[] frame) {
    TestRun input = TestRun.of(frame).withRepeat(REPEAT);
    return hook.flavor() == Flavor.NETFILTER ? input.withContext(FORWARDED) : input;
  }

  private static byte[] frame(int source) {
    return PacketBuilder.ethernet()
        .ipv4("10.0." + (source >> 8) + "." + (source & 255), "10.2.0.1")
        .tcp(40000, 80, Packets.SYN)
        .payload(64)
        .build();
  }

  private BpfProgram load(Hook hook, Code<Virt> code, Map<String, BpfMap> maps) {
    ProgramSpec like =
        Compiler.compile(ThreeWayChain.parse("chain c " + hook.keyword() + " ACCEPT")).program();
    ProgramSpec program =
        Encoder.program(
            "measured",
            like.type(),
            like.attachType(),
            like.flags(),
            "GPL",
            RegisterAllocator.allocate(code).output());
    return kernel.loadProgram(program, maps);
  }

  private static Code<Virt> empty(int verdict) {
    return CodeBuilder.function(
        "empty",
        code -> {
          code.parameter();
          code.exit(verdict);
        });
  }

  private BpfProgram yardstick() {
    MapSpec counter = new MapSpec("yardstick", MapType.PERCPU_ARRAY, 4, 16, 1, 0, null);
    try (BpfMap map = kernel.createMap(counter)) {
      return load(
          Hook.XDP,
          CodeBuilder.function("yardstick", RunTimes::yardstick),
          Map.of("yardstick", map));
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
