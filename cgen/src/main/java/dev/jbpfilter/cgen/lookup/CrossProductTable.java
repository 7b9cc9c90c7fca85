package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.Size;
import java.util.Optional;

/**
 * A table with a row for each of some sets of boxes and a column for each of others. An entry is
 * about the boxes that are in both: their outcome, or in tables that others build on, the number of
 * this set among all that the table has.
 */
final class CrossProductTable {
  private final BoxSets rows;
  private final BoxSets columns;

  /** The numbers of sets; none where entries are outcomes, which are found when they are needed. */
  private final int[] numbers;

  private final Size size;

  private CrossProductTable(BoxSets rows, BoxSets columns, int[] numbers, Size size) {
    this.rows = rows;
    this.columns = columns;
    this.numbers = numbers;
    this.size = size;
  }

  /** The number of entries of a table. */
  static long entries(BoxSets rows, BoxSets columns) {
    return (long) rows.count() * columns.count();
  }

  /** A table of outcomes. */
  static CrossProductTable ofOutcomes(BoxSets rows, BoxSets columns) {
    return new CrossProductTable(rows, columns, new int[0], Size.W);
  }

  /**
   * A table of sets.
   *
   * @param both becomes all these sets
   * @return empty if they would need too much memory
   */
  static Optional<CrossProductTable> ofSets(BoxSets rows, BoxSets columns, BoxSets both) {
    int[] numbers = new int[Math.toIntExact(entries(rows, columns))];
    long[] set = new long[rows.words()];
    int entry = 0;
    for (int row = 0; row < rows.count(); row++) {
      for (int column = 0; column < columns.count(); column++) {
        int number = both.number(set, rows.intersect(row, columns, column, set));
        if (number == BoxSets.FULL) {
          return Optional.empty();
        }
        numbers[entry++] = number;
      }
    }
    int most = both.count() - 1;
    Size size = most <= 0xff ? Size.B : most <= 0xffff ? Size.H : Size.W;
    return Optional.of(new CrossProductTable(rows, columns, numbers, size));
  }

  /** The number of the set of a row and a column, in a table of sets. */
  int number(int row, int column) {
    return numbers[row * columns.count() + column];
  }

  /** The number of entries. */
  int entries() {
    return rows.count() * columns.count();
  }

  /** The number of columns, which are next to each other. */
  int columns() {
    return columns.count();
  }

  /** The size of an entry. */
  Size size() {
    return size;
  }

  long bytes() {
    return (long) entries() * size.bytes();
  }

  /** Adds the table to others; gives its offset. */
  int write(Tables tables, Boxes boxes) {
    int start = tables.reserve(Math.toIntExact(bytes()));
    int offset = start;
    for (int number : numbers) {
      switch (size) {
        case B -> tables.putByte(offset, number);
        case H -> tables.putShort(offset, number);
        case W, DW -> tables.putInt(offset, number);
      }
      offset += size.bytes();
    }
    return numbers.length > 0 ? start : writeOutcomes(tables, boxes, start);
  }

  private int writeOutcomes(Tables tables, Boxes boxes, int start) {
    int offset = start;
    for (int row = 0; row < rows.count(); row++) {
      for (int column = 0; column < columns.count(); column++) {
        int box = rows.firstOfBoth(row, columns, column);
        tables.putInt(offset, box == BoxSets.NO_BOX ? boxes.none() : boxes.outcome(box));
        offset += Integer.BYTES;
      }
    }
    return start;
  }
}
