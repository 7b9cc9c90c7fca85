package dev.jbpfilter.ruleset;

/**
 * Finds a character in a part of a text again and again, going over the part once if the places
 * asked for ascend.
 */
final class Finder {
  private final String text;
  private final char sought;
  private final int end;

  /** What was found is the next one for all places from here on. */
  private int from;

  private int found = -1;

  /**
   * @param end where the part ends
   */
  Finder(String text, char sought, int end) {
    this.text = text;
    this.end = end;
    this.sought = sought;
  }

  /** Where the character is next, at {@code start} or behind; the end of the part if nowhere. */
  int next(int start) {
    if (start < from || start > found) {
      from = start;
      found = text.indexOf(sought, start, end);
      if (found < 0) {
        found = end;
      }
    }
    return found;
  }
}
