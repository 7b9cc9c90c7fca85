package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Helpers;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.StackVariable;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.ruleset.Log;
import dev.jbpfilter.ruleset.Verdict;
import dev.jbpfilter.ruleset.packet.LogLayout;

/**
 * The function that writes a log record: {@code bf_log(context, rule, what)}, and with a fourth
 * argument, the interval in nanoseconds, if some rule of the chain has one. It takes nothing from
 * its caller's registers but that, so rules pay for logs only when they log.
 *
 * <p>A record that the ring has no room for is lost, after it has used up its interval, and counted
 * in {@link LostMap}.
 */
final class LogFunction {
  static final String NAME = "bf_log";

  private static final int HEADERS_SHIFT = 8;
  private static final int REQUESTED = 0xf;

  private final CodeBuilder code;
  private final HookFlavor flavor;

  private LogFunction(CodeBuilder code, HookFlavor flavor) {
    this.code = code;
    this.flavor = flavor;
  }

  /**
   * The function.
   *
   * @param rates whether it takes an interval
   */
  static Code<Virt> of(HookFlavor flavor, boolean rates, CompileOptions options) {
    return CodeBuilder.function(
        NAME, code -> new LogFunction(code, flavor).emit(rates, options.traceFailures()));
  }

  /** Verdict and headers as the third argument. */
  static int what(Verdict verdict, Log log) {
    return log.headers() << HEADERS_SHIFT | verdict.code();
  }

  private void emit(boolean rates, boolean traced) {
    code.note("log");
    Virt context = code.parameter();
    Virt rule = code.parameter();
    Virt what = code.parameter();
    Label end = code.label("end");
    Virt now = code.call(Helpers.KTIME_GET_NS);
    if (rates) {
      limit(rule, code.parameter(), now, end);
    }
    StackVariable record = code.stackVariable("record", LogLayout.SIZE);
    clear(code, record, 0, LogLayout.SIZE);
    code.store(record, LogLayout.TIME, Size.DW, now);
    code.store(record, LogLayout.RULE, Size.W, rule);
    code.store(record, LogLayout.VERDICT, Size.W, code.and(what, (1 << HEADERS_SHIFT) - 1));
    Virt headers = code.shiftRight(what, HEADERS_SHIFT);
    switch (flavor) {
      case PacketFlavor packets ->
          new PacketRecord(code, packets, context, record).emit(code.and(headers, REQUESTED));
      case SocketAddressFlavor calls -> new SocketRecord(code, calls, context, record).emit();
    }
    Virt lost =
        code.call(
            Helpers.RINGBUF_OUTPUT,
            code.constant(new Constant.MapFd(LogMap.NAME)),
            code.address(record),
            code.constant(LogLayout.SIZE),
            code.constant(0));
    code.branch(Condition.EQ, Width.W64, lost, 0, end);
    LostMap.emitCount(code);
    if (traced) {
      TraceMessage.LOG.emit(code);
    }
    code.bind(end);
    code.exit(0);
  }

  /** Emits: go to the end unless the rule may log again. */
  private void limit(Virt rule, Virt interval, Virt now, Label end) {
    Label unlimited = code.label("unlimited");
    code.branch(Condition.EQ, Width.W64, interval, 0, unlimited);
    HiddenNumber key = HiddenNumber.reserve(code, "rate_key");
    key.store(rule);
    Virt last =
        code.call(
            Helpers.MAP_LOOKUP_ELEM,
            code.constant(new Constant.MapFd(RateMap.NAME)),
            key.address());
    code.branch(Condition.EQ, Width.W64, last, 0, end);
    Virt elapsed = code.subtract(now, code.load(Size.DW, last, 0));
    code.branch(Condition.LT, elapsed, interval, end);
    code.store(Size.DW, last, 0, now);
    code.bind(unlimited);
  }

  /** Emits: set some bytes of a variable, whole words of it, to zero. */
  static void clear(CodeBuilder code, StackVariable variable, int from, int to) {
    for (int at = from; at < to; at += Long.BYTES) {
      code.store(variable, at, Size.DW, 0);
    }
  }
}
