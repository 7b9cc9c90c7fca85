package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Helpers;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.ruleset.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the rules of a segment end: code that counts and returns, emitted once for all of them.
 *
 * <p>A rule that ends the chain puts its counter's index in a register and goes to the {@link
 * #ending ending} of its verdict. A rule that counts and continues only sets a bit; the tail counts
 * for all set bits before it returns. So rule code has no calls, needs no stack, and leaves all
 * registers to the fields. A tail has {@link #MAX_DEFERRED} bits: chains with more such rules are
 * cut into segments, with a tail each.
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

  private final CodeBuilder code;
  private final HookFlavor flavor;
  private final Virt context;
  private final Keys keys;
  private final Virt index;
  private final Virt result;
  private final Virt hits;
  private final List<Integer> deferred = new ArrayList<>();

  /** In the order of last use. */
  private final LinkedHashMap<Ending, Label> endings = new LinkedHashMap<>(16, 0.75f, true);

  private record Ending(Verdict verdict, boolean counted) {}

  /**
   * Offsets from the frame pointer of two keys, that of the rule that ends the chain, and others.
   */
  record Keys(int ending, int deferred) {
    static Keys reserve(CodeBuilder code) {
      return new Keys(reserveOne(code), reserveOne(code));
    }

    /** The upper half of 8 bytes: the verifier forgets numbers that do not start a stack slot. */
    private static int reserveOne(CodeBuilder code) {
      return code.stackVariable(2 * Size.W.bytes()) + Size.W.bytes();
    }
  }

  /**
   * @param keys where to put keys of the counter map
   */
  Tail(CodeBuilder code, HookFlavor flavor, Virt context, Keys keys) {
    this.code = code;
    this.flavor = flavor;
    this.context = context;
    this.keys = keys;
    this.index = code.fresh();
    this.result = code.fresh();
    this.hits = code.fresh();
  }

  /** Whether counting is deferred to here. */
  boolean hasDeferred() {
    return !deferred.isEmpty();
  }

  /** Emits what must come before the first rule of a segment that defers counting. */
  void emitStart() {
    Virt unknown = flavor.unknown(code, context);
    code.move(hits, unknown);
    code.alu(AluOp.SUB, hits, unknown);
  }

  /** Emits: count with this counter in the tail. */
  void emitDefer(int counter) {
    int bit = deferred.size();
    deferred.add(counter);
    if (bit < Integer.SIZE - 1) {
      code.alu(AluOp.ADD, hits, 1 << bit);
    } else {
      code.alu(AluOp.ADD, hits, code.constant(1L << bit));
    }
  }

  /** Where to go to count, with {@link #emitEnd}, and end the chain. */
  Label counted(Verdict verdict) {
    return ending(verdict, true);
  }

  /** Where to go to end the chain without counting. */
  Label uncounted(Verdict verdict) {
    return ending(verdict, false);
  }

  /** Emits: end the chain by a {@link #counted} ending, with this counter. */
  void emitEnd(int counter, Label counted) {
    code.move(index, counter);
    code.jump(counted);
  }

  private Label ending(Verdict verdict, boolean counted) {
    return endings.computeIfAbsent(
        new Ending(verdict, counted),
        e -> code.label((counted ? "count_and_" : "just_") + verdict));
  }

  /** Emits the deferred counting where the segment's rules end and another segment follows. */
  void emitDrain() {
    drain(flavor.packetSize(code, context));
  }

  /**
   * Emits the tail, if anything ends in it. Control never goes on behind it. The ending that was
   * used last comes first, so that its last user can fall into it.
   */
  void emit() {
    code.note("count and return");
    Label finish = code.label("finish");
    boolean sameReturn = sameReturn();
    boolean finished = false;
    for (Map.Entry<Ending, Label> entry : endings.sequencedEntrySet().reversed()) {
      Ending ending = entry.getKey();
      int returned = flavor.returnCode(ending.verdict());
      code.bind(entry.getValue());
      if (!needsFinish(ending)) {
        code.exit(returned);
        continue;
      }
      if (!ending.counted()) {
        code.move(index, NO_COUNTER);
      }
      if (!sameReturn) {
        code.move(result, returned);
      }
      if (finished) {
        code.jump(finish);
      } else {
        code.bind(finish);
        finish();
        code.exit(sameReturn ? code.constant(returned) : result);
        finished = true;
      }
    }
  }

  private boolean needsFinish(Ending ending) {
    return ending.counted() || hasDeferred();
  }

  /** Whether all endings that count return the same, so that no register has to remember what. */
  private boolean sameReturn() {
    return endings.keySet().stream()
            .filter(this::needsFinish)
            .mapToInt(ending -> flavor.returnCode(ending.verdict()))
            .distinct()
            .count()
        == 1;
  }

  /** A rule without a counter has an index that the map does not have, and so counts nothing. */
  private void finish() {
    code.store(Size.W, Virt.FRAME, keys.ending(), index);
    Virt size = flavor.packetSize(code, context);
    if (hasDeferred()) {
      drain(size);
    }
    count(keys.ending(), size);
  }

  private void drain(Virt size) {
    Label drained = code.label("drained");
    code.branch(Condition.EQ, Width.W64, hits, 0, drained);
    for (int bit = 0; bit < deferred.size(); bit++) {
      Label next = code.label("next_hit");
      Virt hit = code.copy(hits);
      if (bit > 0) {
        code.alu(AluOp.RSH, hit, bit);
      }
      code.alu(AluOp.AND, hit, 1);
      code.branch(Condition.EQ, Width.W32, hit, 0, next);
      code.store(Size.W, Virt.FRAME, keys.deferred(), deferred.get(bit));
      count(keys.deferred(), size);
      code.bind(next);
    }
    code.bind(drained);
  }

  /** Adds one packet to the counter of a key. Per-CPU maps need no atomic operations. */
  private void count(int key, Virt size) {
    Label missing = code.label("no_counter");
    Virt value =
        code.call(
            Helpers.MAP_LOOKUP_ELEM,
            code.constant(new Constant.MapFd(CounterMap.NAME)),
            code.add(Virt.FRAME, key));
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
