package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;

/**
 * The bits of values that decide where intervals lie. The lowest ones do not if all bounds are
 * multiples, as of networks. The highest ones are compared once if all bounds have them in common.
 *
 * @param bits how many bits the dimension's values have
 * @param inner the intervals over the bits between
 * @param low how many of the lowest bits do not count
 * @param high how many of the highest bits all bounds have in common
 * @param prefix these bits
 * @param outside what holds where the highest bits are others
 */
record Narrowing(int bits, Intervals inner, int low, int high, long prefix, int outside) {

  /** Without the lowest bits that do not count. */
  static Narrowing low(Intervals intervals) {
    int low = zeros(intervals);
    return new Narrowing(intervals.bits(), above(intervals, low), low, 0, 0, 0);
  }

  /** Without the lowest bits and the highest ones, if there are at least so many of these. */
  static Narrowing both(Intervals intervals, int least) {
    int last = intervals.size() - 1;
    if (last < 1 || intervals.result(0) != intervals.result(last)) {
      return low(intervals);
    }
    int low = zeros(intervals);
    long differ = intervals.start(1) ^ intervals.start(last);
    int below = Math.max(Long.SIZE - Long.numberOfLeadingZeros(differ), low + 1);
    int high = intervals.bits() - below;
    if (high < least) {
      return low(intervals);
    }
    long prefix = intervals.start(1) >>> below;
    long first = prefix << below;
    boolean aligned = intervals.start(1) == first;
    int count = intervals.size() - (aligned ? 1 : 0);
    long[] starts = new long[count];
    int[] results = new int[count];
    for (int i = 0; i < count; i++) {
      int interval = i + (aligned ? 1 : 0);
      starts[i] = i == 0 ? 0 : (intervals.start(interval) - first) >>> low;
      results[i] = intervals.result(interval);
    }
    Intervals inner = new Intervals(intervals.dimension(), below - low, starts, results);
    return new Narrowing(intervals.bits(), inner, low, high, prefix, intervals.result(0));
  }

  private static int zeros(Intervals intervals) {
    long all = 0;
    for (int interval = 1; interval < intervals.size(); interval++) {
      all |= intervals.start(interval);
    }
    return Math.min(Long.numberOfTrailingZeros(all), intervals.bits() - 1);
  }

  private static Intervals above(Intervals intervals, int low) {
    if (low == 0) {
      return intervals;
    }
    long[] starts = new long[intervals.size()];
    int[] results = new int[intervals.size()];
    for (int interval = 0; interval < intervals.size(); interval++) {
      starts[interval] = intervals.start(interval) >>> low;
      results[interval] = intervals.result(interval);
    }
    return new Intervals(intervals.dimension(), intervals.bits() - low, starts, results);
  }

  /** What it adds to a lookup, if values lie in all intervals alike. */
  double nanos() {
    if (high == 0) {
      return low > 0 ? CostModel.PARALLEL_OPERATION : 0;
    }
    double outside = 2.0 / (1 + inner.size());
    return 2 * CostModel.PARALLEL_OPERATION + CostModel.COMPARE + outside * CostModel.MISPREDICTED;
  }

  /** Appends what it does to the details of a structure. */
  String details(String structure) {
    return high == 0 ? structure : structure + " below " + Counted.of(high, "common bit");
  }

  /** The width that holds the dimension's values. */
  Width width() {
    return bits <= Integer.SIZE ? Width.W32 : Width.W64;
  }

  /**
   * Emits the value of the bits between, which must not be written.
   *
   * @param result set if the highest bits are others
   * @param done where it goes in that case
   */
  Virt emit(LookupCode out, Virt result, Label done) {
    CodeBuilder code = out.code();
    Virt value = out.value(inner.dimension());
    if (high > 0) {
      setResult(code, result, outside);
      Virt top = code.compute(width(), value, AluOp.RSH, bits - high);
      if (prefix == (int) prefix) {
        code.branch(Condition.NE, Width.W64, top, (int) prefix, done);
      } else {
        code.branch(Condition.NE, top, code.constant(prefix), done);
      }
    }
    if (low == 0 && high == 0) {
      return value;
    }
    int all = width() == Width.W32 ? Integer.SIZE : Long.SIZE;
    Virt between = code.copy(value);
    if (high > 0) {
      code.alu(AluOp.LSH, width(), between, Operand.imm(all - bits + high));
    }
    int right = high > 0 ? all - inner.bits() : low;
    if (right > 0) {
      code.alu(AluOp.RSH, width(), between, Operand.imm(right));
    }
    return between;
  }

  /** Sets a register to an unsigned number of 32 bits. */
  static void setResult(CodeBuilder code, Virt result, int value) {
    code.with(new Element.Move<>(Width.W32, 0, result, Operand.imm(value)));
  }
}
