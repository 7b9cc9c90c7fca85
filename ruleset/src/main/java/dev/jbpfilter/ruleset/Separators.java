package dev.jbpfilter.ruleset;

/** Finds what separates the elements of sets. */
final class Separators {
  private final Finder semicolons;
  private final Finder lineEnds;
  private final Finder braces;
  private final Finder comments;
  private final boolean strict;

  /**
   * @param end where the body ends
   * @param strict whether comments are elements like any text
   */
  Separators(String text, int end, boolean strict) {
    this.semicolons = new Finder(text, ';', end);
    this.lineEnds = new Finder(text, '\n', end);
    this.braces = new Finder(text, '{', end);
    this.comments = new Finder(text, '#', end);
    this.strict = strict;
  }

  /** Where the next separator is, or the end of the body. */
  int next(int start) {
    int next = Math.min(lineEnds.next(start), semicolons.next(start));
    next = Math.min(next, braces.next(start));
    return strict ? next : Math.min(next, comments.next(start));
  }
}
