package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Label;
import java.util.List;
import java.util.function.Consumer;

/**
 * Emits rules one after another.
 *
 * <p><b>What the verifier walks first.</b> It follows an instruction that falls through before one
 * that is jumped to, and skips what it has walked with a state that allows more. So tests of values
 * jump if they hold: what follows is first walked by packets that match nothing, of which it knows
 * least, and everything behind a match is out of line and ends where that walk has been. The other
 * way round each rule would double the work. Negated tests fall through if they hold, as that tells
 * least; so do tests of protocols, which mostly hold: there are few protocols, and so few states.
 */
final class RuleSequence {
  /**
   * Up to this many rules are emitted so. The verifier keeps each branch pending and allows 8 192.
   */
  private static final int MAX_PENDING_RULES = 2000;

  private final CodeBuilder code;
  private final TestEmitter tests;
  private final Consumer<Runnable> outOfLine;
  private final Consumer<FilterRule> mark;
  private final boolean jumpsIfHolds;

  /**
   * @param rules how many rules the program tries in sequence
   * @param outOfLine takes code that is emitted later
   * @param mark emits: set the mark that a rule sets, if it does
   */
  RuleSequence(
      CodeBuilder code,
      TestEmitter tests,
      int rules,
      Consumer<Runnable> outOfLine,
      Consumer<FilterRule> mark) {
    this.code = code;
    this.tests = tests;
    this.outOfLine = outOfLine;
    this.mark = mark;
    this.jumpsIfHolds = rules <= MAX_PENDING_RULES;
  }

  /** Emits rules, of which the tail knows already. */
  void emit(List<FilterRule> rules, Tail tail) {
    emit(rules, 0, tail);
  }

  /**
   * Emits rules in sequence, but tests that neighbours begin with alike only once for all of them.
   *
   * @param tested how many tests the rules share that have been emitted already
   */
  private void emit(List<FilterRule> rules, int tested, Tail tail) {
    int from = 0;
    while (from < rules.size()) {
      int to = endOfAlike(rules, from, tested);
      List<FilterRule> alike = rules.subList(from, to);
      if (tested == 0) {
        tests.prepare(alike);
      }
      FilterRule first = alike.getFirst();
      if (alike.size() > 1) {
        unless(first.tests().get(tested), () -> emit(alike, tested + 1, tail));
      } else {
        code.note(first.print());
        rule(first, tested, tail);
      }
      from = to;
    }
  }

  /** The end of the rules that have the same next test as the first one, which may have none. */
  private static int endOfAlike(List<FilterRule> rules, int from, int tested) {
    int to = from + 1;
    List<RuleTest> first = rules.get(from).tests();
    if (first.size() > tested && isLasting(first.get(tested))) {
      RuleTest next = first.get(tested);
      while (to < rules.size()
          && rules.get(to).tests().size() > tested
          && rules.get(to).tests().get(tested).equals(next)) {
        to++;
      }
    }
    return to;
  }

  /** Whether a test has the same outcome for a later rule. */
  private static boolean isLasting(RuleTest test) {
    return !test.fields().contains(Field.RANDOM) && !test.fields().contains(Field.MARK);
  }

  private void rule(FilterRule rule, int tested, Tail tail) {
    if (tested == rule.tests().size()) {
      act(rule, tail);
      return;
    }
    RuleTest test = rule.tests().get(tested);
    boolean last = tested == rule.tests().size() - 1;
    if (last && rule.verdict().isTerminal() && jumpsIfHolds) {
      tests.branchIf(test, hit(rule, tail));
    } else {
      unless(test, () -> rule(rule, tested + 1, tail));
    }
  }

  /** Emits a test, then what is done if it holds; control goes on behind if it does not. */
  private void unless(RuleTest test, Runnable body) {
    Label behind = code.label("next");
    if (fallsThrough(test) || !jumpsIfHolds) {
      tests.branchUnless(test, behind);
      body.run();
      code.bind(behind);
      return;
    }
    Label holds = code.label("holds");
    tests.branchIf(test, holds);
    code.bind(behind);
    String note = test.toString();
    outOfLine.accept(() -> {
      code.note("if " + note);
      code.bind(holds);
      body.run();
      if (code.isOpen()) {
        code.jump(behind);
      }
    });
  }

  private static boolean fallsThrough(RuleTest test) {
    return switch (test) {
      case RuleTest.FieldTest(Field field, ValueSet values) ->
          field == Field.L3_PROTO
              || field == Field.L4_HEADER
              || values instanceof ValueSet.Complement;
      case RuleTest.Either either -> true;
      case RuleTest.SetTest set -> set.negated();
    };
  }

  /** Where a match of a rule that ends the chain goes. */
  private Label hit(FilterRule rule, Tail tail) {
    Label ending = tail.ending(rule);
    if (rule.mark() == null && !rule.counter() && rule.log() == null) {
      return ending;
    }
    Label hit = code.label("hit");
    outOfLine.accept(() -> {
      code.note(rule.print());
      code.bind(hit);
      act(rule, tail);
    });
    return hit;
  }

  private void act(FilterRule rule, Tail tail) {
    mark.accept(rule);
    if (rule.verdict().isTerminal()) {
      tail.emitEnd(rule.index(), tail.ending(rule));
    } else if (rule.recordsAndContinues()) {
      tail.emitDefer(rule);
    }
  }
}
