package dev.jbpfilter.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/** Draws from values that are given. */
class Picking {
  final RandomGenerator random;

  Picking(RandomGenerator random) {
    this.random = random;
  }

  /** One in {@code cases} times. */
  final boolean oneIn(int cases) {
    return random.nextInt(cases) == 0;
  }

  final int pick(int[] values) {
    return values[random.nextInt(values.length)];
  }

  final long pick(long[] values) {
    return values[random.nextInt(values.length)];
  }

  final float pick(float[] values) {
    return values[random.nextInt(values.length)];
  }

  final <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  final <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
