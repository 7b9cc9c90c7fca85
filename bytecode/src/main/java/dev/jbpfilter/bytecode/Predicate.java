package dev.jbpfilter.bytecode;

import java.util.List;
import java.util.function.Supplier;

/**
 * Something about registers that holds or not, to branch on. Evaluated from left to right, and no
 * further than needed.
 *
 * <pre>{@code
 * Predicate = Compare | Not | All | Any | Deferred
 *
 * b.ifThen(
 *     is(protocol, Condition.EQ, 6)
 *         .and(() -> is(b.load(Size.H, header, 2), Condition.EQ, port).not()),
 *     () -> b.exit(DROP));
 * }</pre>
 */
public sealed interface Predicate {

  /** {@code left condition right}. */
  record Compare(Condition condition, Width width, Virt left, Operand<Virt> right)
      implements Predicate {}

  /** The opposite. */
  record Not(Predicate predicate) implements Predicate {}

  /** All of them; holds if there are none. */
  record All(List<Predicate> predicates) implements Predicate {
    /** Copies the list. */
    public All {
      predicates = List.copyOf(predicates);
    }
  }

  /** At least one of them. */
  record Any(List<Predicate> predicates) implements Predicate {
    /** Copies the list. */
    public Any {
      predicates = List.copyOf(predicates);
    }
  }

  /**
   * What takes code of its own to find out. The code runs only if what comes before leaves the
   * question open.
   *
   * @param predicate writes the code, then tells what is to be compared
   */
  record Deferred(Supplier<Predicate> predicate) implements Predicate {}

  /** {@code left condition right}, 64 bits. */
  static Predicate is(Virt left, Condition condition, Virt right) {
    return new Compare(condition, Width.W64, left, Operand.reg(right));
  }

  /** {@code left condition right}, 64 bits; the number is sign-extended. */
  static Predicate is(Virt left, Condition condition, int right) {
    return new Compare(condition, Width.W64, left, Operand.imm(right));
  }

  /** {@code left condition right}, of which the lower 32 bits are compared. Linux 5.1. */
  static Predicate is32(Virt left, Condition condition, Virt right) {
    return new Compare(condition, Width.W32, left, Operand.reg(right));
  }

  /** {@code left condition right}, of which the lower 32 bits are compared. Linux 5.1. */
  static Predicate is32(Virt left, Condition condition, int right) {
    return new Compare(condition, Width.W32, left, Operand.imm(right));
  }

  /** This and another one. */
  default Predicate and(Predicate other) {
    return new All(List.of(this, other));
  }

  /** This and another one, for which code is written first. */
  default Predicate and(Supplier<Predicate> other) {
    return and(new Deferred(other));
  }

  /** This or another one. */
  default Predicate or(Predicate other) {
    return new Any(List.of(this, other));
  }

  /** This or another one, for which code is written first. */
  default Predicate or(Supplier<Predicate> other) {
    return or(new Deferred(other));
  }

  /** The opposite. */
  default Predicate not() {
    return new Not(this);
  }
}
