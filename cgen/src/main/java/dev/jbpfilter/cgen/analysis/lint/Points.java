package dev.jbpfilter.cgen.analysis.lint;

/** Points in boxes: corners, and such as few rules are about. */
final class Points {
  private final Space space;
  private final BoxIndex index;

  Points(Space space, BoxIndex index) {
    this.space = space;
    this.index = index;
  }

  /**
   * A point.
   *
   * @param choice another one for each number from 0
   */
  long[] in(Box box, int choice) {
    long[] point = new long[space.size()];
    for (int dimension = 0; dimension < point.length; dimension++) {
      long[] spans = box.in(dimension);
      if (spans == null) {
        point[dimension] = index.rare(dimension, null, choice);
      } else {
        point[dimension] =
            switch (choice % 3) {
              case 0 -> index.rare(dimension, spans, 0);
              case 1 -> spans[0];
              default -> spans[spans.length - 1];
            };
      }
    }
    return point;
  }
}
