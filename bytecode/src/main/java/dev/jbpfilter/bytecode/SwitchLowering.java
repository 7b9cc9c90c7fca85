package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.SwitchCases.Body;
import dev.jbpfilter.bytecode.SwitchCases.Case;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a switch into comparisons: few cases one after another in the order given, many as a
 * balanced tree over their order, with a few at each leaf. A leaf compares only with the bounds
 * that the way to it leaves open.
 */
final class SwitchLowering {
  private static final int CHAIN = 4;
  private static final int LEAF = 3;

  private final CodeBuilder builder;
  private final Virt value;
  private final SwitchCases cases;
  private final Label end;
  private final Label otherwise;

  SwitchLowering(CodeBuilder builder, Virt value, SwitchCases cases) {
    this.builder = builder;
    this.value = value;
    this.cases = cases;
    end = builder.label("end");
    Body rest = cases.otherwise();
    otherwise = rest == null ? end : rest.label();
  }

  /**
   * Writes the code.
   *
   * @throws IllegalArgumentException if two cases overlap
   */
  void lower() {
    List<Case> sorted = new ArrayList<>(cases.cases());
    sorted.sort((one, other) -> Long.compareUnsigned(one.first(), other.first()));
    for (int i = 1; i < sorted.size(); i++) {
      if (Long.compareUnsigned(sorted.get(i).first(), sorted.get(i - 1).last()) <= 0) {
        throw new IllegalArgumentException(
            "case " + sorted.get(i) + " overlaps case " + sorted.get(i - 1));
      }
    }
    if (sorted.size() <= CHAIN) {
      chain(cases.cases(), 0, cases.greatest());
    } else {
      tree(sorted, 0, cases.greatest());
    }
    bodies();
  }

  private void bodies() {
    List<Body> bodies = new ArrayList<>(cases.bodies());
    Body rest = cases.otherwise();
    if (rest != null) {
      bodies.add(rest);
    }
    boolean ends = rest == null;
    for (Body body : bodies) {
      builder.bind(body.label());
      body.code().run();
      if (builder.isOpen()) {
        ends = true;
        builder.jump(end);
      }
    }
    if (ends) {
      builder.bind(end);
    }
  }

  /**
   * Goes to the case of a value, or to what is for all others.
   *
   * @param least that the value can be here
   * @param greatest that the value can be here
   */
  private void tree(List<Case> sorted, long least, long greatest) {
    if (sorted.size() <= LEAF) {
      chain(sorted, least, greatest);
      return;
    }
    int middle = sorted.size() / 2;
    long bound = sorted.get(middle).first();
    Label upper = builder.label("upper");
    branch(Condition.GE, bound, upper);
    tree(sorted.subList(0, middle), least, bound - 1);
    builder.bind(upper);
    tree(sorted.subList(middle, sorted.size()), bound, greatest);
  }

  private void chain(List<Case> list, long least, long greatest) {
    for (Case one : list) {
      test(one, least, greatest);
    }
    if (builder.isOpen()) {
      builder.jump(otherwise);
    }
  }

  private void test(Case one, long least, long greatest) {
    if (one.first() == least && one.last() == greatest) {
      builder.jump(one.label());
    } else if (one.first() == one.last()) {
      branch(Condition.EQ, one.first(), one.label());
    } else if (one.first() == least) {
      branch(Condition.LE, one.last(), one.label());
    } else if (one.last() == greatest) {
      branch(Condition.GE, one.first(), one.label());
    } else {
      Label below = builder.label("below");
      branch(Condition.LT, one.first(), below);
      branch(Condition.LE, one.last(), one.label());
      builder.bind(below);
    }
  }

  private void branch(Condition condition, long bound, Label target) {
    Width width = cases.width();
    boolean isNumber = width == Width.W32 || (bound >= 0 && bound <= Integer.MAX_VALUE);
    Operand<Virt> right =
        isNumber ? Operand.imm((int) bound) : Operand.reg(builder.constant(bound));
    builder.with(new Element.Branch<>(condition, width, value, right, target));
  }
}
