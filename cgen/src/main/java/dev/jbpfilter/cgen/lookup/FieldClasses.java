package dev.jbpfilter.cgen.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The classes of one dimension's values: values that the same boxes hold are of one class. Classes
 * are numbered as they first appear among ascending values.
 */
final class FieldClasses {
  /** How many words of sets may be looked at: some 20 ms. */
  private static final long MOST_WORK = 1L << 25;

  private final Intervals numbers;
  private final BoxSets sets;

  private FieldClasses(Intervals numbers, BoxSets sets) {
    this.numbers = numbers;
    this.sets = sets;
  }

  /** The class of each value. */
  Intervals numbers() {
    return numbers;
  }

  /** Which boxes hold the values of each class. */
  BoxSets sets() {
    return sets;
  }

  /** The class of the lowest value that a box holds. */
  int corner(Boxes boxes, int box) {
    Column column = boxes.column(numbers.dimension());
    long lowest = column.constrains(box) ? column.low(column.firstSpan(box)) : 0;
    return numbers.result(numbers.find(lowest));
  }

  /** The number of classes. */
  int count() {
    return sets.count();
  }

  /**
   * The classes of all dimensions that have more than one; none at all if those of some dimension
   * would take too much time or memory.
   */
  static List<FieldClasses> of(Boxes boxes) {
    List<FieldClasses> fields = new ArrayList<>();
    for (int dimension : boxes.constrained()) {
      Optional<FieldClasses> field = of(boxes, dimension);
      if (field.isEmpty()) {
        return List.of();
      }
      if (field.get().count() > 1) {
        fields.add(field.get());
      }
    }
    return List.copyOf(fields);
  }

  /**
   * Why structures for several dimensions cannot hold boxes.
   *
   * @param fields the classes of the boxes
   */
  static Optional<String> objection(Boxes boxes, List<FieldClasses> fields) {
    if (fields.isEmpty() && boxes.constrained().length > 1) {
      return Optional.of("too many classes");
    }
    return fields.size() < 2 ? Optional.of("fewer than two dimensions") : Optional.empty();
  }

  /** The classes of a dimension; empty if they would take too much time or memory. */
  static Optional<FieldClasses> of(Boxes boxes, int dimension) {
    Column column = boxes.column(dimension);
    long[] starts = IntervalSweep.cuts(column);
    if ((long) starts.length * BoxSets.words(boxes.size()) > MOST_WORK) {
      return Optional.empty();
    }
    BoxSets sets = new BoxSets(boxes.size());
    int[] numbers = new int[starts.length];
    Changes changes = new Changes(boxes, column, starts);
    long[] set = new long[sets.words()];
    long hash = 0;
    for (int box = 0; box < boxes.size(); box++) {
      if (!column.constrains(box)) {
        set[box >> 6] |= 1L << box;
      }
    }
    for (int cut = 0; cut < starts.length; cut++) {
      for (int i = changes.first[cut]; i < changes.first[cut + 1]; i++) {
        int box = changes.boxes[i];
        set[box >> 6] ^= 1L << box;
        // Of the boxes that are in the set, in any order, so that a change costs little.
        hash ^= BoxSets.mix(box + 1L);
      }
      numbers[cut] = sets.number(set, hash);
      if (numbers[cut] == BoxSets.FULL) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new FieldClasses(new Intervals(dimension, column.bits(), starts, numbers), sets));
  }

  /** Which boxes begin or cease to hold the value at each cut. */
  private static final class Changes {
    /** For each cut the first of its boxes; one more is the end. */
    final int[] first;

    final int[] boxes;

    Changes(Boxes all, Column column, long[] starts) {
      int[] cuts = new int[2 * column.spans()];
      first = new int[starts.length + 2];
      for (int span = 0; span < column.spans(); span++) {
        long high = column.high(span);
        cuts[2 * span] = IntervalSweep.cut(starts, column.low(span));
        cuts[2 * span + 1] =
            high == column.max() ? starts.length : IntervalSweep.cut(starts, high + 1);
      }
      for (int cut : cuts) {
        first[cut + 1]++;
      }
      for (int cut = 0; cut <= starts.length; cut++) {
        first[cut + 1] += first[cut];
      }
      int[] next = first.clone();
      boxes = new int[cuts.length];
      for (int box = 0; box < all.size(); box++) {
        for (int span = column.firstSpan(box); span < column.endOfSpans(box); span++) {
          boxes[next[cuts[2 * span]]++] = box;
          boxes[next[cuts[2 * span + 1]]++] = box;
        }
      }
    }
  }
}
