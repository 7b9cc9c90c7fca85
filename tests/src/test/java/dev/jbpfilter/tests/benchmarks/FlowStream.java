package dev.jbpfilter.tests.benchmarks;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.MapEntries;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.loader.kernel.BpfMap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Packets of many flows for a function that sees one after another: a program takes the next flow
 * of a table, writes it into the packet of the test run, and calls the function.
 *
 * <p>The table is in random order and has a power of two of flows, so that a counter finds the next
 * one for less than a random number costs. Half of them reach the policy. Whoever runs the program
 * as often as there are flows sends each one once.
 *
 * <p>Each store is as wide as the field that is read, for a processor stalls where a load needs two
 * stores.
 */
final class FlowStream {
  private static final String FLOWS = "flows";
  private static final String NEXT = "next_flow";
  private static final int FEWEST = 1 << 16;
  private static final int MOST = 1 << 20;
  private static final int XDP_PASS = 2;

  private final List<Flow> flows;

  /** How many of them reach the policy. */
  private final int passed;

  private FlowStream(List<Flow> flows, int passed) {
    this.flows = flows;
    this.passed = passed;
  }

  /** The flows of a workload. */
  static FlowStream of(Workload workload) {
    int all = workload.stopped().size() + workload.passed().size();
    int size = Math.clamp(Integer.highestOneBit(Math.max(1, all - 1)) * 2L, FEWEST, MOST);
    boolean both = !workload.stopped().isEmpty() && !workload.passed().isEmpty();
    List<Flow> flows = new ArrayList<>(size);
    repeat(workload.stopped(), both ? size / 2 : size, flows);
    int stopped = flows.size();
    repeat(workload.passed(), size, flows);
    Collections.shuffle(flows, new Random(size));
    return new FlowStream(flows, size - stopped);
  }

  /** How many packets there are until they begin anew. */
  int size() {
    return flows.size();
  }

  /** A packet to begin with. */
  Flow first() {
    return flows.getFirst();
  }

  /** What {@link #code} reads and writes. */
  List<MapSpec> maps() {
    ByteBuffer table = ByteBuffer.allocate(flows.size() * first().size());
    for (Flow flow : flows) {
      flow.put(table);
    }
    MapSpec constant =
        new MapSpec(
            FLOWS,
            MapType.ARRAY,
            Integer.BYTES,
            table.capacity(),
            1,
            MapSpec.READ_ONLY_FOR_PROGRAMS,
            null,
            MapEntries.of(1, new byte[Integer.BYTES], table.array()));
    MapSpec next = new MapSpec(NEXT, MapType.ARRAY, Integer.BYTES, Long.BYTES, 1, 0, null);
    return List.of(constant, next);
  }

  /** A main function that calls {@code function} with the program's context. */
  Code<Virt> code(String function) {
    return CodeBuilder.function("many_flows", code -> write(code, function));
  }

  /**
   * Checks that the flows really went to where they should, after each one was sent once.
   *
   * @param counters of a chain that has seen nothing else
   * @throws IllegalStateException if not as many as expected reached the policy, or fewer than half
   *     of the rules counted
   */
  void check(BpfMap counters, int rules) {
    int counted = 0;
    for (int i = 0; i < rules; i++) {
      if (counters.sumPerCpu(BpfMap.key(i))[0] > 0) {
        counted++;
      }
    }
    long atPolicy = counters.sumPerCpu(BpfMap.key(rules))[0];
    if (atPolicy != passed || counted < rules / 2) {
      throw new IllegalStateException(
          atPolicy + " of " + passed + " flows at the policy, " + counted + " rules have counted");
    }
  }

  private void write(CodeBuilder code, String function) {
    Virt context = code.parameter();
    Label pass = code.label("pass");
    Virt data = code.load(Size.W, context, 0);
    Virt end = code.load(Size.W, context, 4);
    code.branch(Condition.GT, code.add(data, first().frame().length), end, pass);
    Virt next = code.constant(new Constant.MapValue(NEXT, 0));
    Virt index = code.load(Size.DW, next, 0);
    code.store(Size.DW, next, 0, code.add(index, 1));
    code.alu(AluOp.AND, index, flows.size() - 1);
    code.alu(AluOp.MUL, index, first().size());
    Virt flow = code.add(code.constant(new Constant.MapValue(FLOWS, 0)), index);
    switch (first()) {
      case Flow.Ipv4 ignored -> {
        copy(code, Size.W, flow, 0, data, Flow.IPV4_SOURCE);
        copy(code, Size.W, flow, 4, data, Flow.IPV4_SOURCE + 4);
        copy(code, Size.W, flow, 8, data, Flow.IPV4_SOURCE + 8);
        copy(code, Size.B, flow, 12, data, Flow.IPV4_PROTOCOL);
        copy(code, Size.B, flow, 13, data, Flow.IPV4_TCP_FLAGS);
      }
      case Flow.Ipv6 ignored -> {
        copy(code, Size.DW, flow, 0, data, Flow.IPV6_SOURCE);
        copy(code, Size.DW, flow, 8, data, Flow.IPV6_SOURCE + 8);
        copy(code, Size.W, flow, 16, data, Flow.IPV6_SOURCE + 32);
      }
    }
    code.exit(code.callFunction(function, context));
    code.bind(pass);
    code.exit(XDP_PASS);
  }

  private static void copy(CodeBuilder code, Size size, Virt from, int at, Virt to, int offset) {
    code.store(size, to, offset, code.load(size, from, at));
  }

  private static void repeat(List<Flow> some, int total, List<Flow> target) {
    for (int i = 0; target.size() < total && !some.isEmpty(); i++) {
      target.add(some.get(i % some.size()));
    }
  }
}
