package dev.jbpfilter.cgen.analysis.lint;

import dev.jbpfilter.cgen.Spans;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Points of a {@link Space}: some of the numbers in some dimensions, all in the others; not empty.
 */
final class Box {
  /** All points. */
  static final Box ALL = new Box(new int[0], new long[0][]);

  /** Ascending. */
  private final int[] dimensions;

  private final long[][] spans;

  private Box(int[] dimensions, long[][] spans) {
    this.dimensions = dimensions;
    this.spans = spans;
  }

  /** How many dimensions are limited. */
  int size() {
    return dimensions.length;
  }

  /** A dimension that is limited, by ascending number. */
  int dimension(int place) {
    return dimensions[place];
  }

  /** The numbers in the dimension at a place, as {@link Spans}. */
  long[] spans(int place) {
    return spans[place];
  }

  /** The numbers in a dimension; null for all. */
  long @Nullable [] in(int dimension) {
    int place = Arrays.binarySearch(dimensions, dimension);
    return place < 0 ? null : spans[place];
  }

  /** What of it has certain numbers in a dimension; null if nothing has. */
  @Nullable Box with(int dimension, long[] numbers) {
    int place = Arrays.binarySearch(dimensions, dimension);
    long[] left = place < 0 ? numbers : Spans.intersection(spans[place], numbers);
    return left.length == 0 ? null : replace(place, dimension, left);
  }

  private Box replace(int place, int dimension, long[] numbers) {
    if (place >= 0) {
      long[][] others = spans.clone();
      others[place] = numbers;
      return new Box(dimensions, others);
    }
    int at = -place - 1;
    int[] more = new int[dimensions.length + 1];
    long[][] others = new long[more.length][];
    System.arraycopy(dimensions, 0, more, 0, at);
    System.arraycopy(spans, 0, others, 0, at);
    more[at] = dimension;
    others[at] = numbers;
    System.arraycopy(dimensions, at, more, at + 1, dimensions.length - at);
    System.arraycopy(spans, at, others, at + 1, dimensions.length - at);
    return new Box(more, others);
  }

  /** The same without a limit in a dimension. */
  Box without(int dimension) {
    int place = Arrays.binarySearch(dimensions, dimension);
    if (place < 0) {
      return this;
    }
    int[] fewer = new int[dimensions.length - 1];
    long[][] others = new long[fewer.length][];
    for (int i = 0, j = 0; i < dimensions.length; i++) {
      if (i != place) {
        fewer[j] = dimensions[i];
        others[j++] = spans[i];
      }
    }
    return new Box(fewer, others);
  }

  /** What lies in both; null if nothing does. */
  @Nullable Box and(Box other) {
    Box both = this;
    for (int i = 0; both != null && i < other.dimensions.length; i++) {
      both = both.with(other.dimensions[i], other.spans[i]);
    }
    return both;
  }

  /** Whether all of another box lies in this. */
  boolean covers(Box other) {
    for (int i = 0, j = 0; i < dimensions.length; i++) {
      while (j < other.dimensions.length && other.dimensions[j] < dimensions[i]) {
        j++;
      }
      if (j == other.dimensions.length
          || other.dimensions[j] != dimensions[i]
          || !Spans.contains(spans[i], other.spans[j])) {
        return false;
      }
    }
    return true;
  }

  /** Whether something lies in both. */
  boolean intersects(Box other) {
    for (int i = 0, j = 0; i < dimensions.length && j < other.dimensions.length; ) {
      if (dimensions[i] < other.dimensions[j]) {
        i++;
      } else if (dimensions[i] > other.dimensions[j]) {
        j++;
      } else if (!Spans.intersect(spans[i++], other.spans[j++])) {
        return false;
      }
    }
    return true;
  }

  /** Whether a point lies in this: a number for each dimension of the space. */
  boolean contains(long[] point) {
    for (int i = 0; i < dimensions.length; i++) {
      if (!Spans.contains(spans[i], point[dimensions[i]])) {
        return false;
      }
    }
    return true;
  }

  /** What does not lie in another box, as boxes that are apart. */
  List<Box> minus(Box other, Space space) {
    if (!intersects(other)) {
      return List.of(this);
    }
    List<Box> rest = new ArrayList<>();
    Box both = this;
    for (int i = 0; i < other.dimensions.length; i++) {
      int dimension = other.dimensions[i];
      long[] held = both.in(dimension);
      if (held == null) {
        held = new long[] {0, space.max(dimension)};
      }
      long[] outside = Spans.difference(held, other.spans[i]);
      if (outside.length > 0) {
        int place = Arrays.binarySearch(both.dimensions, dimension);
        rest.add(both.replace(place, dimension, outside));
        both = both.replace(place, dimension, Spans.intersection(held, other.spans[i]));
      }
    }
    return rest;
  }
}
