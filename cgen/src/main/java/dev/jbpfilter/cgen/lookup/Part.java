package dev.jbpfilter.cgen.lookup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A structure that holds some of the boxes.
 *
 * @param least the least outcome of these
 */
record Part(int least, Structure structure) {
  /** In the order of their least outcomes. */
  static final Comparator<Part> ORDER =
      (one, other) -> Integer.compareUnsigned(one.least, other.least);

  /**
   * What lookups in all parts take.
   *
   * @param each what is added for each of them
   */
  static double nanos(List<Part> parts, double each) {
    double nanos = 0;
    for (Part part : parts) {
      nanos += part.structure.nanos() + each;
    }
    return nanos;
  }

  static long bytes(List<Part> parts) {
    long bytes = 0;
    for (Part part : parts) {
      bytes += part.structure.bytes();
    }
    return bytes;
  }

  static List<StoredStructure> store(List<Part> parts, Tables tables) {
    List<StoredStructure> stored = new ArrayList<>();
    for (Part part : parts) {
      stored.add(part.structure.store(tables));
    }
    return stored;
  }
}
