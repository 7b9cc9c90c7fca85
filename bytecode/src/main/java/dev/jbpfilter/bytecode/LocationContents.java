package dev.jbpfilter.bytecode;

import java.util.Arrays;

/**
 * For each location, a register or a spill slot, the virtual registers whose current values it is
 * known to hold. The sets are ascending arrays that are never changed, so that copies share them.
 */
final class LocationContents {
  private static final int[] NOTHING = {};

  private final int[][] contents;

  private LocationContents(int[][] contents) {
    this.contents = contents;
  }

  /** Locations about which nothing is known. */
  static LocationContents unknown(int locations) {
    int[][] contents = new int[locations][];
    Arrays.fill(contents, NOTHING);
    return new LocationContents(contents);
  }

  LocationContents copy() {
    return new LocationContents(contents.clone());
  }

  boolean holds(int location, int register) {
    return Arrays.binarySearch(contents[location], register) >= 0;
  }

  /** Forgets what a location holds. */
  void clobber(int location) {
    contents[location] = NOTHING;
  }

  /** A location receives what some virtual registers hold. */
  void set(int location, int[] registers) {
    contents[location] = registers;
  }

  /** A location receives the value of another one. */
  void move(int target, int source) {
    contents[target] = contents[source];
  }

  /** A virtual register receives a new value, which is in one location. */
  void define(int location, int register) {
    forget(register);
    contents[location] = new int[] {register};
  }

  /** A virtual register receives a new value that is nowhere. */
  void forget(int register) {
    for (int i = 0; i < contents.length; i++) {
      contents[i] = without(contents[i], register);
    }
  }

  /** A virtual register receives the value of another one. */
  void assign(int target, int source) {
    for (int i = 0; i < contents.length; i++) {
      contents[i] = holds(i, source) ? with(contents[i], target) : without(contents[i], target);
    }
  }

  /**
   * Keeps only what is also known otherwise.
   *
   * @return whether something was lost
   */
  boolean meet(LocationContents other) {
    boolean changed = false;
    for (int i = 0; i < contents.length; i++) {
      int[] common = intersection(contents[i], other.contents[i]);
      changed |= common.length != contents[i].length;
      contents[i] = common;
    }
    return changed;
  }

  /** What a location holds, for people. */
  String describe(int location) {
    if (contents[location].length == 0) {
      return "nothing known";
    }
    StringBuilder text = new StringBuilder();
    for (int register : contents[location]) {
      text.append(text.isEmpty() ? "" : ", ").append(new Virt(register));
    }
    return text.toString();
  }

  private static int[] with(int[] set, int item) {
    int place = Arrays.binarySearch(set, item);
    if (place >= 0) {
      return set;
    }
    int[] result = Arrays.copyOf(set, set.length + 1);
    System.arraycopy(set, ~place, result, ~place + 1, set.length - ~place);
    result[~place] = item;
    return result;
  }

  private static int[] without(int[] set, int item) {
    int place = Arrays.binarySearch(set, item);
    if (place < 0) {
      return set;
    }
    int[] result = Arrays.copyOf(set, set.length - 1);
    System.arraycopy(set, place + 1, result, place, set.length - place - 1);
    return result;
  }

  private static int[] intersection(int[] left, int[] right) {
    if (Arrays.equals(left, right)) {
      return left;
    }
    int[] result = new int[Math.min(left.length, right.length)];
    int count = 0;
    for (int item : left) {
      if (Arrays.binarySearch(right, item) >= 0) {
        result[count++] = item;
      }
    }
    return Arrays.copyOf(result, count);
  }
}
