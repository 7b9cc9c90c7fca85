package dev.jbpfilter.bytecode.internal.allocation;

import java.util.Arrays;

/**
 * A list of numbers for each of a fixed number of keys, all in three arrays. The last number added
 * comes first.
 *
 * <pre>{@code
 * for (int at = buckets.first(key); at >= 0; at = buckets.next(at)) {
 *   use(buckets.value(at));
 * }
 * }</pre>
 */
final class Buckets {
  private final int[] heads;
  private final IntList next = new IntList();
  private final IntList values = new IntList();

  Buckets(int keys) {
    heads = new int[keys];
    Arrays.fill(heads, -1);
  }

  /** Adds a number and returns its place, as {@link #first} would. */
  int add(int key, int value) {
    int place = values.size();
    next.add(heads[key]);
    values.add(value);
    heads[key] = place;
    return place;
  }

  /** The place of the first number of a key; −1 if it has none. */
  int first(int key) {
    return heads[key];
  }

  /** The place after a place; −1 at the end. */
  int next(int place) {
    return next.get(place);
  }

  int value(int place) {
    return values.get(place);
  }

  void setValue(int place, int value) {
    values.set(place, value);
  }
}
