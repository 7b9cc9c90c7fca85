package dev.jbpfilter.cgen.lookup;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules as boxes: each holds what lies in its spans in every dimension, and has an outcome. The
 * first box in order is the one that counts. Kept in columns, so that many boxes make no objects.
 * Immutable.
 */
public final class Boxes {
  private final List<Column> columns;
  private final int[] outcomes;
  private final int none;
  private @Nullable Intervals intervals;

  /** As {@link BoxesBuilder} makes it; the array is taken over. */
  Boxes(List<Column> columns, int[] outcomes, int none) {
    this.columns = columns;
    this.outcomes = outcomes;
    this.none = none;
  }

  /** The number of boxes. */
  public int size() {
    return outcomes.length;
  }

  /** The number of dimensions. */
  public int dimensions() {
    return columns.size();
  }

  /** What the boxes say about a dimension. */
  public Column column(int dimension) {
    return columns.get(dimension);
  }

  /** What is found if the box is; never less than that of an earlier box, as unsigned numbers. */
  public int outcome(int box) {
    return outcomes[box];
  }

  /** What is found if no box holds the values; more than all outcomes, as unsigned numbers. */
  public int none() {
    return none;
  }

  /** The dimensions that some box constrains, ascending. */
  public int[] constrained() {
    int[] result = new int[dimensions()];
    int count = 0;
    for (int dimension = 0; dimension < dimensions(); dimension++) {
      if (column(dimension).spans() > 0) {
        result[count++] = dimension;
      }
    }
    return Arrays.copyOf(result, count);
  }

  /** Some of the boxes, ascending. */
  public Boxes subset(int[] boxes) {
    BoxesBuilder builder = new BoxesBuilder(bits(), none);
    for (int box : boxes) {
      for (int dimension = 0; dimension < dimensions(); dimension++) {
        Column column = column(dimension);
        for (int span = column.firstSpan(box); span < column.endOfSpans(box); span++) {
          builder.span(dimension, column.low(span), column.high(span));
        }
      }
      builder.box(outcomes[box]);
    }
    return builder.build();
  }

  private int[] bits() {
    int[] bits = new int[dimensions()];
    for (int dimension = 0; dimension < bits.length; dimension++) {
      bits[dimension] = column(dimension).bits();
    }
    return bits;
  }

  /**
   * Which values of the only dimension that is constrained lead to which outcome; computed once.
   *
   * @throws IllegalStateException if there is not just one such dimension
   */
  public Intervals intervals() {
    Intervals result = intervals;
    if (result == null) {
      int[] constrained = constrained();
      if (constrained.length != 1) {
        throw new IllegalStateException(constrained.length + " constrained dimensions");
      }
      result = Intervals.of(this, constrained[0]);
      intervals = result;
    }
    return result;
  }

  /** Same boxes in the same order with the same outcomes. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Boxes that
        && none == that.none
        && Arrays.equals(outcomes, that.outcomes)
        && columns.equals(that.columns);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(outcomes) + columns.hashCode();
  }
}
