package dev.jbpfilter.cgen.lookup;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Random boxes, biased to overlap, to shadow each other and to touch at bounds, and values at and
 * beside their bounds.
 */
final class RandomBoxes {
  /** What spans a column may have. */
  enum Form {
    EXACT,
    PREFIX,
    RANGE,
    SEVERAL
  }

  private static final int NONE = 0xffff_ffff;

  private final RandomGenerator random;
  private final int[] bits;
  private final long[][] corners;

  RandomBoxes(RandomGenerator random, int... bits) {
    this.random = random;
    this.bits = bits;
    corners = new long[bits.length][];
    for (int dimension = 0; dimension < bits.length; dimension++) {
      corners[dimension] = corners(bits[dimension], 2 + random.nextInt(30));
    }
  }

  private long[] corners(int width, int count) {
    long[] result = new long[count];
    for (int i = 0; i < count; i++) {
      long any = random.nextLong() & Column.max(width);
      result[i] =
          switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> Column.max(width);
            case 2 -> i == 0 ? any : (result[i - 1] + 1) & Column.max(width);
            case 3 -> i == 0 ? any : result[i - 1] ^ 1L << random.nextInt(width);
            default -> any;
          };
    }
    return result;
  }

  /** A value at a corner or beside one, or any. */
  long value(int dimension) {
    long[] near = corners[dimension];
    long corner = near[random.nextInt(near.length)];
    long value =
        switch (random.nextInt(6)) {
          case 0 -> corner + 1;
          case 1 -> corner - 1;
          case 2 -> random.nextLong();
          default -> corner;
        };
    return value & Column.max(bits[dimension]);
  }

  /** Values of all dimensions. */
  long[] values() {
    long[] values = new long[bits.length];
    for (int dimension = 0; dimension < bits.length; dimension++) {
      values[dimension] = value(dimension);
    }
    return values;
  }

  /**
   * Boxes of which each constrains all dimensions that are named with spans of that form, others
   * not; where {@code partly}, some of these dimensions not either.
   */
  Boxes boxes(int count, boolean partly, Form form, int... constrained) {
    BoxesBuilder builder = new BoxesBuilder(bits, NONE);
    int outcome = random.nextInt(5);
    for (int box = 0; box < count; box++) {
      for (int dimension : constrained) {
        if (!partly || random.nextInt(3) > 0) {
          spans(builder, dimension, form);
        }
      }
      builder.box(outcome);
      outcome += random.nextInt(3);
    }
    return builder.build();
  }

  private void spans(BoxesBuilder builder, int dimension, Form form) {
    long max = Column.max(bits[dimension]);
    long a = value(dimension);
    long b = value(dimension);
    switch (form) {
      case EXACT -> add(builder, dimension, a, a);
      case PREFIX -> {
        long rest = Column.max(1 + random.nextInt(bits[dimension])) & max;
        long free = random.nextInt(4) == 0 ? 0 : rest >>> 1;
        add(builder, dimension, a & ~free, a | free);
      }
      case RANGE ->
          add(
              builder,
              dimension,
              Long.compareUnsigned(a, b) <= 0 ? a : b,
              Long.compareUnsigned(a, b) <= 0 ? b : a);
      case SEVERAL -> several(builder, dimension);
    }
  }

  private void several(BoxesBuilder builder, int dimension) {
    int count = 2 * (1 + random.nextInt(4));
    long[] bounds = new long[count];
    for (int i = 0; i < count; i++) {
      bounds[i] = value(dimension) ^ Long.MIN_VALUE;
    }
    Arrays.sort(bounds);
    long behind = 0;
    for (int i = 0; i < count; i += 2) {
      long low = bounds[i] ^ Long.MIN_VALUE;
      long high = bounds[i + 1] ^ Long.MIN_VALUE;
      if (i == 0 || Long.compareUnsigned(low, behind) > 0) {
        add(builder, dimension, low, high);
        behind = high;
      }
    }
  }

  private void add(BoxesBuilder builder, int dimension, long low, long high) {
    if (low != 0 || high != Column.max(bits[dimension])) {
      builder.span(dimension, low, high);
    }
  }
}
