package dev.jbpfilter.tests.benchmarks;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Helpers;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;

/**
 * The hand-written programs that times are compared with: one that does nothing, and the yardstick,
 * an XDP program that parses Ethernet, IPv4 and TCP through pointers, counts once in a per-CPU
 * array, and returns.
 */
final class Yardstick {
  static final MapSpec COUNTER =
      new MapSpec("yardstick", MapType.PERCPU_ARRAY, Integer.BYTES, 16, 1, 0, null);

  private static final int XDP_PASS = 2;
  private static final int HEADERS = 54;
  private static final int ETHER_TYPE = 12;
  private static final int DESTINATION_PORT = 36;

  private Yardstick() {}

  /** A function that returns a number. */
  static Code<Virt> empty(String name, int verdict) {
    return CodeBuilder.function(
        name,
        code -> {
          code.parameter();
          code.exit(verdict);
        });
  }

  /** The yardstick. */
  static Code<Virt> code() {
    return CodeBuilder.function("yardstick", Yardstick::write);
  }

  private static void write(CodeBuilder code) {
    Virt context = code.parameter();
    Label pass = code.label("pass");
    int key = code.stackVariable(Integer.BYTES);
    Virt data = code.load(Size.W, context, 0);
    Virt end = code.load(Size.W, context, 4);
    code.branch(Condition.GT, code.add(data, HEADERS), end, pass);
    code.branch(Condition.NE, Width.W32, code.load(Size.H, data, ETHER_TYPE), 0x0008, pass);
    code.branch(Condition.NE, Width.W32, code.load(Size.B, data, Flow.NETWORK), 0x45, pass);
    Virt protocol = code.load(Size.B, data, Flow.IPV4_PROTOCOL);
    code.branch(Condition.NE, Width.W32, protocol, Flow.TCP, pass);
    code.branch(Condition.EQ, Width.W32, code.load(Size.H, data, DESTINATION_PORT), 0, pass);
    Virt length = code.subtract(end, data);
    code.store(Size.W, Virt.FRAME, key, 0);
    Virt value =
        code.call(
            Helpers.MAP_LOOKUP_ELEM,
            code.constant(new Constant.MapFd(COUNTER.name())),
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
