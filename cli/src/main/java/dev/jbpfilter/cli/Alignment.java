package dev.jbpfilter.cli;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out which elements of two lists are the same, so that the others are what was removed and
 * added.
 *
 * <p>Elements that occur once in both lists are matched first, as many as keep their order, and
 * then their equal neighbours (patience diff, Bram Cohen). That takes little more time than reading
 * the lists, however different they are. Elements that occur often may look changed where a longer
 * search would have found them again; what is told is true all the same.
 */
final class Alignment {
  private static final int NONE = -1;

  private final List<?> left;
  private final List<?> right;

  /** For each element on the left, where it is on the right. */
  private final int[] partners;

  private Alignment(List<?> left, List<?> right) {
    this.left = left;
    this.right = right;
    this.partners = ascending(uniquePairs());
  }

  /** Told what became of two lists, in order. */
  interface Listener {
    /** The element at {@code index} of the left list is not in the right one. */
    void removed(int index);

    /** The element at {@code index} of the right list is not in the left one. */
    void added(int index);
  }

  /** Tells {@code listener} what turns {@code left} into {@code right}. */
  static void compare(List<?> left, List<?> right, Listener listener) {
    int[] partners = new Alignment(left, right).align();
    int next = 0;
    for (int i = 0; i <= left.size(); i++) {
      if (i < left.size() && partners[i] == NONE) {
        listener.removed(i);
        continue;
      }
      int end = i < left.size() ? partners[i] : right.size();
      while (next < end) {
        listener.added(next++);
      }
      next++;
    }
  }

  /** Matches the neighbours of what is matched. */
  private int[] align() {
    int last = NONE;
    for (int i = 0; i <= left.size(); i++) {
      if (i == left.size() || partners[i] != NONE) {
        int lastPartner = last == NONE ? NONE : partners[last];
        extend(last, lastPartner, i, i == left.size() ? right.size() : partners[i]);
        last = i;
      }
    }
    return partners;
  }

  /** Matches equal neighbours of two pairs in the gap between them, from both of its ends. */
  private void extend(int leftFrom, int rightFrom, int leftTo, int rightTo) {
    int from = leftFrom + 1;
    int other = rightFrom + 1;
    while (from < leftTo && other < rightTo && left.get(from).equals(right.get(other))) {
      partners[from++] = other++;
    }
    int to = leftTo - 1;
    int last = rightTo - 1;
    while (to >= from && last >= other && left.get(to).equals(right.get(last))) {
      partners[to--] = last--;
    }
  }

  /** Where elements that occur once in both lists are on the right. */
  private int[] uniquePairs() {
    Map<Object, int[]> places = new HashMap<>();
    for (int i = 0; i < left.size(); i++) {
      int[] place = places.computeIfAbsent(left.get(i), _e -> new int[] {0, 0, NONE});
      place[0]++;
    }
    for (int i = 0; i < right.size(); i++) {
      int[] place = places.get(right.get(i));
      if (place != null) {
        place[1]++;
        place[2] = i;
      }
    }
    int[] pairs = new int[left.size()];
    for (int i = 0; i < pairs.length; i++) {
      int[] place = places.getOrDefault(left.get(i), new int[3]);
      pairs[i] = place[0] == 1 && place[1] == 1 ? place[2] : NONE;
    }
    return pairs;
  }

  /** Keeps a longest ascending part of {@code pairs}, by patience sorting. */
  private static int[] ascending(int[] pairs) {
    int[] tops = new int[pairs.length];
    int[] before = new int[pairs.length];
    int piles = 0;
    for (int i = 0; i < pairs.length; i++) {
      if (pairs[i] == NONE) {
        continue;
      }
      int low = 0;
      int high = piles;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (pairs[tops[middle]] < pairs[i]) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      before[i] = low == 0 ? NONE : tops[low - 1];
      tops[low] = i;
      piles = Math.max(piles, low + 1);
    }
    int[] kept = new int[pairs.length];
    Arrays.fill(kept, NONE);
    for (int i = piles == 0 ? NONE : tops[piles - 1]; i != NONE; i = before[i]) {
      kept[i] = pairs[i];
    }
    return kept;
  }
}
