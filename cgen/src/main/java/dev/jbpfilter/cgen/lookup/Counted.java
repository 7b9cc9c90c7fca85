package dev.jbpfilter.cgen.lookup;

/** Numbers of things, in the details of structures. */
final class Counted {
  private Counted() {}

  /** As {@code 1 key} and {@code 2 keys}. */
  static String of(long count, String one) {
    return of(count, one, one + "s");
  }

  /** As {@code 1 box} and {@code 2 boxes}. */
  static String of(long count, String one, String more) {
    return count + " " + (count == 1 ? one : more);
  }
}
