package dev.jbpfilter.cgen;

import java.util.ArrayList;
import java.util.List;

/** A set of values of a {@link Field}; values are unsigned. */
public sealed interface ValueSet {

  /** Whether the set holds a value. */
  boolean contains(long value);

  /** The set of all other values. */
  default ValueSet complement() {
    return new Complement(this);
  }

  /** One value. */
  record Exact(long value) implements ValueSet {
    @Override
    public boolean contains(long v) {
      return v == value;
    }

    @Override
    public String toString() {
      return "= " + hex(value);
    }
  }

  /** A few values, ascending. */
  record OneOf(List<Long> values) implements ValueSet {
    /**
     * @throws IllegalArgumentException if there is no value
     */
    public OneOf {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("no values");
      }
    }

    @Override
    public boolean contains(long v) {
      return values.contains(v);
    }

    @Override
    public String toString() {
      List<String> texts = new ArrayList<>();
      for (long value : values) {
        texts.add(hex(value));
      }
      return "in {" + String.join(", ", texts) + "}";
    }
  }

  /** Values whose bits under a mask are given: {@code v & mask == value}. */
  record Masked(long mask, long value) implements ValueSet {
    /**
     * @throws IllegalArgumentException if the value has bits outside the mask
     */
    public Masked {
      if ((value & ~mask) != 0) {
        throw new IllegalArgumentException(hex(value) + " under the mask " + hex(mask));
      }
    }

    @Override
    public boolean contains(long v) {
      return (v & mask) == value;
    }

    @Override
    public String toString() {
      return "& " + hex(mask) + " = " + hex(value);
    }
  }

  /** Values from low to high, both included. */
  record Range(long low, long high) implements ValueSet {
    /**
     * @throws IllegalArgumentException if low is above high
     */
    public Range {
      if (low > high) {
        throw new IllegalArgumentException("range " + low + "-" + high);
      }
    }

    @Override
    public boolean contains(long v) {
      return low <= v && v <= high;
    }

    @Override
    public String toString() {
      return "in " + low + "-" + high;
    }
  }

  /** All values that another set lacks. */
  record Complement(ValueSet of) implements ValueSet {
    @Override
    public boolean contains(long v) {
      return !of.contains(v);
    }

    @Override
    public ValueSet complement() {
      return of;
    }

    @Override
    public String toString() {
      return "not " + of;
    }
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }
}
