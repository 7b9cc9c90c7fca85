package dev.jbpfilter.bytecode;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cases of a {@link CodeBuilder#switchOn}: unsigned values and ranges that do not overlap, and
 * what is to be done for each. A body that ends goes on after the switch.
 */
public final class SwitchCases {
  private final Width width;
  private final CodeBuilder builder;
  private final List<Case> cases = new ArrayList<>();
  private final List<Body> bodies = new ArrayList<>();
  private @Nullable Body otherwise;

  /** A range of values, and where it goes. */
  record Case(long first, long last, Label label) {
    @Override
    public String toString() {
      String start = Long.toUnsignedString(first);
      return first == last ? start : start + " to " + Long.toUnsignedString(last);
    }
  }

  /** What is to be done, and the label before it. */
  record Body(Label label, Runnable code) {}

  SwitchCases(CodeBuilder builder, Width width) {
    this.builder = builder;
    this.width = width;
  }

  /** What to do for one value. */
  public SwitchCases on(long value, Runnable body) {
    return onRange(value, value, body);
  }

  /** What to do for some values. */
  public SwitchCases onEach(List<Long> values, Runnable body) {
    Label label = add(body);
    values.forEach(value -> add(value, value, label));
    return this;
  }

  /**
   * What to do for a range of values.
   *
   * @param last the last value in it, not less than the first, both unsigned
   * @throws IllegalArgumentException if the range is empty, or has values that are wider than what
   *     is compared
   */
  public SwitchCases onRange(long first, long last, Runnable body) {
    add(first, last, add(body));
    return this;
  }

  /**
   * What to do for all other values; nothing unless said.
   *
   * @throws IllegalStateException if that was said before
   */
  public SwitchCases otherwise(Runnable body) {
    if (otherwise != null) {
      throw new IllegalStateException("a second otherwise");
    }
    otherwise = new Body(builder.label("otherwise"), body);
    return this;
  }

  private Label add(Runnable body) {
    Label label = builder.label("case");
    bodies.add(new Body(label, body));
    return label;
  }

  private void add(long first, long last, Label label) {
    Case added = new Case(first, last, label);
    if (Long.compareUnsigned(first, last) > 0 || Long.compareUnsigned(last, greatest()) > 0) {
      throw new IllegalArgumentException("case " + added + " of " + width);
    }
    cases.add(added);
  }

  Width width() {
    return width;
  }

  /** The greatest value that there can be. */
  long greatest() {
    return width == Width.W64 ? -1 : 0xffff_ffffL;
  }

  /** The cases in the order in which they were given. */
  List<Case> cases() {
    return cases;
  }

  List<Body> bodies() {
    return bodies;
  }

  @Nullable Body otherwise() {
    return otherwise;
  }
}
