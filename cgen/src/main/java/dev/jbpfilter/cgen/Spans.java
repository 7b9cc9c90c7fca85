package dev.jbpfilter.cgen;

import dev.jbpfilter.cgen.lookup.BoxesBuilder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values of a field as spans of numbers, ascending and apart: an array of lowest and highest in
 * turn. Numbers are unsigned. No values are an empty array.
 */
public final class Spans {
  /** Masks that are no prefixes are spelt out for fields of so many bits. */
  private static final int MOST_SPELT_BITS = 8;

  private Spans() {}

  /**
   * The spans of a set; null if it has too many.
   *
   * @param bits of the field, as registers hold it
   */
  public static long @Nullable [] of(ValueSet values, int bits) {
    long[] span = new long[2];
    boolean single = single(values, bits, span);
    return switch (values) {
      case ValueSet.Exact exact -> span;
      case ValueSet.Range range -> span;
      case ValueSet.Masked(long mask, long value) ->
          single ? span : bits <= MOST_SPELT_BITS ? spelt(mask, value, bits) : null;
      case ValueSet.OneOf(var several) -> {
        long[] spans = new long[2 * several.size()];
        for (int i = 0; i < several.size(); i++) {
          Arrays.fill(spans, 2 * i, 2 * i + 2, several.get(i));
        }
        yield spans;
      }
      case ValueSet.Complement(ValueSet of) -> {
        long[] spans = of(of, bits);
        yield spans == null ? null : complement(spans, max(bits));
      }
    };
  }

  /** Whether a set has spans, and not too many. */
  static boolean fits(ValueSet values, int bits) {
    return switch (values) {
      case ValueSet.Exact exact -> true;
      case ValueSet.Range range -> true;
      case ValueSet.Masked(long mask, long value) ->
          isPrefix(mask, bits) || bits <= MOST_SPELT_BITS;
      case ValueSet.OneOf several -> true;
      case ValueSet.Complement(ValueSet of) -> fits(of, bits);
    };
  }

  /**
   * Finds the span of a value, a range or a prefix.
   *
   * @param span becomes that
   * @return whether it is one of these
   */
  static boolean single(ValueSet values, int bits, long[] span) {
    return switch (values) {
      case ValueSet.Exact(long value) -> {
        span[0] = value;
        span[1] = value;
        yield true;
      }
      case ValueSet.Range(long low, long high) -> {
        span[0] = low;
        span[1] = Long.compareUnsigned(high, max(bits)) < 0 ? high : max(bits);
        yield true;
      }
      case ValueSet.Masked(long mask, long value) -> {
        span[0] = value;
        span[1] = value | free(mask, bits);
        yield isPrefix(mask, bits);
      }
      case ValueSet.OneOf several -> false;
      case ValueSet.Complement complement -> false;
    };
  }

  private static boolean isPrefix(long mask, int bits) {
    long free = free(mask, bits);
    return (free & (free + 1)) == 0;
  }

  /** The bits that a mask leaves open. */
  private static long free(long mask, int bits) {
    return ~mask & max(bits);
  }

  private static long[] spelt(long mask, long value, int bits) {
    long[] spans = new long[2 << bits];
    int end = 0;
    for (long candidate = 0; candidate <= max(bits); candidate++) {
      if ((candidate & mask) != value) {
        continue;
      }
      if (end > 0 && spans[end - 1] == candidate - 1) {
        spans[end - 1] = candidate;
      } else {
        spans[end++] = candidate;
        spans[end++] = candidate;
      }
    }
    return Arrays.copyOf(spans, end);
  }

  private static long[] complement(long[] spans, long max) {
    long[] gaps = new long[spans.length + 2];
    int end = 0;
    long next = 0;
    for (int i = 0; i < spans.length; i += 2) {
      if (spans[i] != next) {
        gaps[end++] = next;
        gaps[end++] = spans[i] - 1;
      }
      if (spans[i + 1] == max) {
        return Arrays.copyOf(gaps, end);
      }
      next = spans[i + 1] + 1;
    }
    gaps[end++] = next;
    gaps[end++] = max;
    return Arrays.copyOf(gaps, end);
  }

  /** What lies in both. */
  public static long[] intersection(long[] one, long[] other) {
    long[] both = new long[one.length + other.length];
    int end = 0;
    for (int i = 0, j = 0; i < one.length && j < other.length; ) {
      long low = Long.compareUnsigned(one[i], other[j]) > 0 ? one[i] : other[j];
      boolean firstEnds = Long.compareUnsigned(one[i + 1], other[j + 1]) < 0;
      long high = firstEnds ? one[i + 1] : other[j + 1];
      if (Long.compareUnsigned(low, high) <= 0) {
        both[end++] = low;
        both[end++] = high;
      }
      if (firstEnds) {
        i += 2;
      } else {
        j += 2;
      }
    }
    return Arrays.copyOf(both, end);
  }

  /** What lies in the first, but not in the other. */
  public static long[] difference(long[] one, long[] other) {
    long[] rest = new long[one.length + other.length];
    int end = 0;
    int j = 0;
    for (int i = 0; i < one.length; i += 2) {
      long low = one[i];
      long high = one[i + 1];
      boolean left = true;
      while (j < other.length && Long.compareUnsigned(other[j + 1], low) < 0) {
        j += 2;
      }
      while (left && j < other.length && Long.compareUnsigned(other[j], high) <= 0) {
        if (Long.compareUnsigned(low, other[j]) < 0) {
          rest[end++] = low;
          rest[end++] = other[j] - 1;
        }
        left = Long.compareUnsigned(other[j + 1], high) < 0;
        if (left) {
          low = other[j + 1] + 1;
          j += 2;
        }
      }
      if (left) {
        rest[end++] = low;
        rest[end++] = high;
      }
    }
    return Arrays.copyOf(rest, end);
  }

  /** Whether all of the second lies in the first; fast if one of them is short. */
  public static boolean contains(long[] outer, long[] inner) {
    for (int i = 0; i < inner.length; i += 2) {
      int at = reaching(outer, inner[i]);
      if (at == outer.length
          || Long.compareUnsigned(outer[at], inner[i]) > 0
          || Long.compareUnsigned(inner[i + 1], outer[at + 1]) > 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether a value lies in them. */
  public static boolean contains(long[] spans, long value) {
    int at = reaching(spans, value);
    return at < spans.length && Long.compareUnsigned(spans[at], value) <= 0;
  }

  /** Whether some value lies in both; fast if one of them is short. */
  public static boolean intersect(long[] one, long[] other) {
    if (one.length > other.length) {
      return intersect(other, one);
    }
    for (int i = 0; i < one.length; i += 2) {
      int at = reaching(other, one[i]);
      if (at < other.length && Long.compareUnsigned(other[at], one[i + 1]) <= 0) {
        return true;
      }
    }
    return false;
  }

  /** The place of the first span that ends at a value or above. */
  private static int reaching(long[] spans, long value) {
    int low = 0;
    int high = spans.length / 2;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(spans[2 * middle + 1], value) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return 2 * low;
  }

  /** Whether they are all values of a field. */
  public static boolean isAll(long[] spans, int bits) {
    return spans.length == 2 && spans[0] == 0 && spans[1] == max(bits);
  }

  /** Adds them, of which there are some but not all, to what a box holds in a dimension. */
  static void add(long[] spans, int dimension, BoxesBuilder boxes) {
    for (int i = 0; i < spans.length; i += 2) {
      boxes.span(dimension, spans[i], spans[i + 1]);
    }
  }

  private static long max(int bits) {
    return -1L >>> (Long.SIZE - bits);
  }
}
