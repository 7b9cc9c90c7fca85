package dev.jbpfilter.cgen;

import static java.util.Objects.requireNonNull;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Helpers;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.ruleset.Log;
import dev.jbpfilter.ruleset.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Where the rules of a segment end: code that logs, counts and returns, emitted once for all of
 * them.
 *
 * <p>A rule that ends the chain puts its index in a register and goes to the {@link #ending ending}
 * of its verdict. A rule that logs or counts and continues only sets a bit; the tail logs and
 * counts for all set bits, in the order of the rules, before it does so for the last one and
 * returns. So actions have no calls in rule code, need no stack there, and leave all registers to
 * the fields. A tail has {@link #MAX_DEFERRED} bits: chains with more such rules are cut into
 * segments, with a tail each.
 *
 * <p><b>What the verifier must not know.</b> It walks the tail, and the rules behind a rule that
 * continues, once for each state that it holds to be different, and constants that matter make
 * states different. A counter's index matters if it is a constant map key; a bit that was set
 * matters, because the tail tests it. So both are hidden from it: keys stand where it does not keep
 * track of numbers, and bits are set by addition to an unknown number, which happens to be the
 * difference of some number and itself. Otherwise its work would be rules times tail, and
 * exponential in the bits.
 */
final class Tail {
  /** Number of rules whose counting can be deferred. */
  static final int MAX_DEFERRED = Long.SIZE;

  private static final int NO_COUNTER = -1;

  /**
   * Makes a product of 64 unknown bits out of 32: below, the verifier would know the sum's range.
   */
  private static final int FULL_WIDTH = 0x9e37_79b1;

  private final CodeBuilder code;
  private final HookFlavor flavor;
  private final Virt context;
  private final Keys keys;

  /** Whether the log function takes an interval. */
  private final boolean rates;

  /** The index of the rule that ended the chain, or of another counter. */
  private final Virt index;

  private final Virt result;
  private final Virt hits;

  /** What the rule that ended the chain logs, and how; 0 if it does not. */
  private final Virt logged;

  private final Virt loggedRule;
  private final Virt loggedInterval;
  private final List<FilterRule> deferred = new ArrayList<>();
  private final Map<FilterRule, Integer> bits = new HashMap<>();

  /** Without marks, in the order of last use. */
  private final LinkedHashMap<Ending, Label> endings = new LinkedHashMap<>(16, 0.75f, true);

  /** Keys of the counter map: that of the rule that ends the chain, and others. */
  record Keys(HiddenNumber ending, HiddenNumber deferred) {
    static Keys reserve(CodeBuilder code) {
      return new Keys(
          HiddenNumber.reserve(code, "key"), HiddenNumber.reserve(code, "deferred_key"));
    }
  }

  /**
   * @param keys where to put keys of the counter map
   * @param rates whether the log function takes an interval
   */
  Tail(CodeBuilder code, HookFlavor flavor, Virt context, Keys keys, boolean rates) {
    this.code = code;
    this.flavor = flavor;
    this.context = context;
    this.keys = keys;
    this.rates = rates;
    this.index = code.fresh();
    this.result = code.fresh();
    this.hits = code.fresh();
    this.logged = code.fresh();
    this.loggedRule = code.fresh();
    this.loggedInterval = code.fresh();
  }

  /** Whether something is deferred to here. */
  boolean hasDeferred() {
    return !deferred.isEmpty();
  }

  /** Emits what must come before the rules of a segment, none of which is emitted yet. */
  void emitStart(List<FilterRule> rules) {
    for (FilterRule rule : rules) {
      if (rule.recordsAndContinues()) {
        bits.put(rule, deferred.size());
        deferred.add(rule);
      } else if (rule.verdict().isTerminal()) {
        ending(rule);
      }
    }
    if (hasDeferred()) {
      unknownZero(hits);
    }
  }

  /** Emits: a number becomes one of which the verifier knows nothing, and stays what it is. */
  void emitHide(Virt number) {
    Virt zero = code.fresh();
    unknownZero(zero);
    code.alu(AluOp.ADD, number, zero);
  }

  private void unknownZero(Virt zero) {
    Virt unknown = flavor.unknown(code, context);
    code.alu(AluOp.MUL, unknown, FULL_WIDTH);
    code.move(zero, unknown);
    code.alu(AluOp.SUB, zero, unknown);
  }

  /** Emits: log and count for this rule of the segment in the tail. */
  void emitDefer(FilterRule rule) {
    long bit = 1L << requireNonNull(bits.get(rule), rule::print);
    if (bit == (int) bit) {
      code.alu(AluOp.ADD, hits, (int) bit);
    } else {
      code.alu(AluOp.ADD, hits, code.constant(bit));
    }
  }

  /** Where a rule that ends the chain has to go, with {@link #emitEnd} if it logs or counts. */
  Label ending(FilterRule rule) {
    return ending(Ending.of(rule));
  }

  /** Where to go, with {@link #emitEnd}, to count and end the chain. */
  Label counted(Verdict verdict) {
    return ending(Ending.counted(verdict));
  }

  /**
   * Where a rule that was looked up has to go, behind {@link #emitIndex}. Its mark is set before.
   */
  Label ending(Ending ending) {
    return endings.computeIfAbsent(ending.withoutMark(), e -> code.label(e.label()));
  }

  /** Emits: the rule that ends the chain is that of an outcome, its index from some bit on. */
  void emitIndex(Virt outcome, int shift) {
    code.move(index, outcome);
    if (shift > 0) {
      code.alu(AluOp.RSH, index, shift);
    }
  }

  /** Emits: end the chain by an ending, with this counter. */
  void emitEnd(int counter, Label ending) {
    code.move(index, counter);
    code.jump(ending);
  }

  /** Emits what was deferred where the segment's rules end and another segment follows. */
  void emitDrain() {
    if (hasDeferred()) {
      drain(flavor.packetSize(code, context));
    }
  }

  /**
   * Emits the tail, if anything ends in it. Control never goes on behind it. The ending that was
   * used last comes first, so that its last user can fall into it.
   */
  void emit() {
    code.note("log, count and return");
    Label finish = code.label("finish");
    boolean logs = endings.keySet().stream().anyMatch(ending -> ending.log() != null);
    OptionalInt same = sameReturn();
    boolean finished = false;
    for (Map.Entry<Ending, Label> entry : endings.sequencedEntrySet().reversed()) {
      Ending ending = entry.getKey();
      code.bind(entry.getValue());
      if (!needsFinish(ending)) {
        exit(ending.verdict());
        continue;
      }
      if (logs) {
        prepareLog(ending.log(), ending.verdict());
      }
      if (!ending.counted()) {
        code.move(index, NO_COUNTER);
      }
      if (same.isEmpty()) {
        prepareResult(ending.verdict());
      }
      if (finished) {
        code.jump(finish);
      } else {
        code.bind(finish);
        finish(logs);
        code.exit(same.isPresent() ? code.constant(same.getAsInt()) : result);
        finished = true;
      }
    }
  }

  private void exit(Verdict verdict) {
    switch (verdict) {
      case Verdict.Basic basic -> code.exit(flavor.returnCode(basic));
      case Verdict.Redirect redirect -> code.exit(flavor.redirect(code, redirect));
    }
  }

  private void prepareResult(Verdict verdict) {
    switch (verdict) {
      case Verdict.Basic basic -> code.move(result, flavor.returnCode(basic));
      case Verdict.Redirect redirect -> code.move(result, flavor.redirect(code, redirect));
    }
  }

  private void prepareLog(@Nullable Log log, Verdict verdict) {
    if (log == null) {
      code.move(logged, 0);
      code.move(loggedRule, 0);
      code.move(loggedInterval, 0);
    } else {
      code.move(logged, LogFunction.what(verdict, log));
      code.move(loggedRule, index);
      code.move(loggedInterval, code.constant(log.intervalNanos()));
    }
  }

  private boolean needsFinish(Ending ending) {
    return ending.records() || hasDeferred();
  }

  /** What all endings that count or log return, so that no register has to remember it. */
  private OptionalInt sameReturn() {
    OptionalInt same = OptionalInt.empty();
    for (Ending ending : endings.keySet()) {
      if (needsFinish(ending)) {
        if (!(ending.verdict() instanceof Verdict.Basic basic)) {
          return OptionalInt.empty();
        }
        int returned = flavor.returnCode(basic);
        if (same.isPresent() && same.getAsInt() != returned) {
          return OptionalInt.empty();
        }
        same = OptionalInt.of(returned);
      }
    }
    return same;
  }

  /** A rule without a counter has an index that the map does not have, and so counts nothing. */
  private void finish(boolean logs) {
    keys.ending.store(index);
    Virt size = flavor.packetSize(code, context);
    if (hasDeferred()) {
      drain(size);
    }
    if (logs) {
      Label quiet = code.label("quiet");
      code.branch(Condition.EQ, Width.W32, logged, 0, quiet);
      log(loggedRule, logged, loggedInterval);
      code.bind(quiet);
    }
    count(keys.ending, size);
  }

  private void drain(Virt size) {
    Label drained = code.label("drained");
    code.branch(Condition.EQ, Width.W64, hits, 0, drained);
    for (int bit = 0; bit < deferred.size(); bit++) {
      FilterRule rule = deferred.get(bit);
      Label next = code.label("next_hit");
      Virt hit = code.copy(hits);
      if (bit > 0) {
        code.alu(AluOp.RSH, hit, bit);
      }
      code.alu(AluOp.AND, hit, 1);
      code.branch(Condition.EQ, Width.W32, hit, 0, next);
      Log log = rule.log();
      if (log != null) {
        log(
            code.constant(rule.index()),
            code.constant(LogFunction.what(rule.verdict(), log)),
            code.constant(log.intervalNanos()));
      }
      if (rule.counter()) {
        keys.deferred.store(rule.index());
        count(keys.deferred, size);
      }
      code.bind(next);
    }
    code.bind(drained);
  }

  private void log(Virt rule, Virt what, Virt interval) {
    if (rates) {
      code.callFunction(LogFunction.NAME, context, rule, what, interval);
    } else {
      code.callFunction(LogFunction.NAME, context, rule, what);
    }
  }

  /** Adds one packet to the counter of a key. Per-CPU maps need no atomic operations. */
  private void count(HiddenNumber key, Virt size) {
    Label missing = code.label("no_counter");
    Virt value =
        code.call(
            Helpers.MAP_LOOKUP_ELEM,
            code.constant(new Constant.MapFd(CounterMap.NAME)),
            key.address());
    code.branch(Condition.EQ, Width.W64, value, 0, missing);
    Virt packets = code.load(Size.DW, value, CounterMap.COUNT);
    code.alu(AluOp.ADD, packets, 1);
    code.store(Size.DW, value, CounterMap.COUNT, packets);
    Virt bytes = code.load(Size.DW, value, CounterMap.SIZE);
    code.alu(AluOp.ADD, bytes, size);
    code.store(Size.DW, value, CounterMap.SIZE, bytes);
    code.bind(missing);
  }
}
