package dev.jbpfilter.loader;

import org.jspecify.annotations.Nullable;

/**
 * What a caller should know of an operation that does not fail.
 *
 * @param text one line, without its level
 * @param chain the name of the chain that a warning is about; null if the text names what it is
 *     about
 */
public record Event(Level level, String text, @Nullable String chain) {

  /** How much it matters. */
  public enum Level {
    /** A step that was taken as asked. */
    INFO,
    /** Something that was probably not meant, or not found as expected. */
    WARNING
  }

  static Event info(String text) {
    return new Event(Level.INFO, text, null);
  }

  static Event warning(String text) {
    return new Event(Level.WARNING, text, null);
  }

  static Event warning(String text, String chain) {
    return new Event(Level.WARNING, text, chain);
  }
}
