package dev.jbpfilter.cgen.lookup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects boxes in order.
 *
 * <pre>{@code
 * BoxesBuilder boxes = new BoxesBuilder(new int[] {32, 16}, 0xffff_ffff);
 * boxes.span(0, 0x0a00_0000, 0x0aff_ffff).span(1, 80, 80).box(0);
 * boxes.span(1, 22, 22).box(1);
 * }</pre>
 */
public final class BoxesBuilder {
  private final Draft[] drafts;
  private final int none;
  private int[] outcomes = new int[16];
  private int size;

  /** A column that grows. */
  private static final class Draft {
    final int bits;
    int[] first = new int[17];
    long[] low = new long[16];
    long[] high = new long[16];
    int spans;

    Draft(int bits) {
      this.bits = bits;
    }

    void add(long from, long to) {
      if (spans == low.length) {
        low = Arrays.copyOf(low, 2 * spans);
        high = Arrays.copyOf(high, 2 * spans);
      }
      low[spans] = from;
      high[spans++] = to;
    }

    void end(int box) {
      if (box + 1 == first.length) {
        first = Arrays.copyOf(first, 2 * first.length);
      }
      first[box + 1] = spans;
    }

    Column column(int size) {
      return new Column(
          bits,
          Arrays.copyOf(first, size + 1),
          Arrays.copyOf(low, spans),
          Arrays.copyOf(high, spans));
    }
  }

  /**
   * @param bits of each dimension, 1 to 64
   * @param none what is found if no box is; more than all outcomes, as unsigned numbers
   */
  public BoxesBuilder(int[] bits, int none) {
    this.none = none;
    drafts = new Draft[bits.length];
    for (int dimension = 0; dimension < bits.length; dimension++) {
      drafts[dimension] = new Draft(bits[dimension]);
    }
  }

  /**
   * Adds values to what the box that comes next holds in a dimension. Spans that touch become one;
   * the span of all values says nothing and must not be given.
   *
   * @throws IllegalArgumentException if the span is empty, too large, or not above the one before
   */
  public BoxesBuilder span(int dimension, long low, long high) {
    Draft draft = drafts[dimension];
    boolean ordered =
        draft.spans == draft.first[size]
            || Long.compareUnsigned(draft.high[draft.spans - 1], low) < 0;
    long max = Column.max(draft.bits);
    if (!ordered
        || Long.compareUnsigned(low, high) > 0
        || Long.compareUnsigned(high, max) > 0
        || (low == 0 && high == max)) {
      throw new IllegalArgumentException(
          "span "
              + Long.toUnsignedString(low)
              + "-"
              + Long.toUnsignedString(high)
              + " of dimension "
              + dimension);
    }
    draft.add(low, high);
    return this;
  }

  /**
   * Ends a box.
   *
   * @throws IllegalArgumentException if the outcome is out of order
   */
  public BoxesBuilder box(int outcome) {
    boolean ordered = size == 0 || Integer.compareUnsigned(outcomes[size - 1], outcome) <= 0;
    if (!ordered || Integer.compareUnsigned(outcome, none) >= 0) {
      throw new IllegalArgumentException("outcome " + Integer.toUnsignedString(outcome));
    }
    if (size == outcomes.length) {
      outcomes = Arrays.copyOf(outcomes, 2 * size);
    }
    outcomes[size] = outcome;
    for (Draft draft : drafts) {
      draft.end(size);
    }
    size++;
    return this;
  }

  /** The boxes. */
  public Boxes build() {
    List<Column> columns = new ArrayList<>();
    for (Draft draft : drafts) {
      columns.add(draft.column(size));
    }
    return new Boxes(List.copyOf(columns), Arrays.copyOf(outcomes, size), none);
  }
}
