package dev.jbpfilter.loader;

/**
 * What a caller should know of an operation that does not fail.
 *
 * @param text one line, without its level
 */
public record Event(Level level, String text) {

  /** How much it matters. */
  public enum Level {
    /** A step that was taken as asked. */
    INFO,
    /** Something that was probably not meant, or not found as expected. */
    WARNING
  }

  static Event info(String text) {
    return new Event(Level.INFO, text);
  }

  static Event warning(String text) {
    return new Event(Level.WARNING, text);
  }
}
