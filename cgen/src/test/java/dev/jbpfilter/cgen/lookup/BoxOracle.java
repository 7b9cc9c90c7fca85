package dev.jbpfilter.cgen.lookup;

/** What lookups have to find, by trying one box after another. */
final class BoxOracle {
  private BoxOracle() {}

  /** The outcome of the first box that holds values, one for each dimension. */
  static int first(Boxes boxes, long... values) {
    for (int box = 0; box < boxes.size(); box++) {
      if (contains(boxes, box, values)) {
        return boxes.outcome(box);
      }
    }
    return boxes.none();
  }

  private static boolean contains(Boxes boxes, int box, long... values) {
    for (int dimension = 0; dimension < values.length; dimension++) {
      if (!boxes.column(dimension).contains(box, values[dimension])) {
        return false;
      }
    }
    return true;
  }
}
