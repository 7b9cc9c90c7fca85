package dev.jbpfilter.ruleset;

import java.nio.file.Path;

/** Finds the texts that {@code include "path"} names. */
@FunctionalInterface
public interface IncludeResolver {

  /**
   * The text that {@code path} names.
   *
   * @param including the identity of the text that includes, as this resolver gave it; empty for
   *     the text that is parsed
   * @param path as written: relative, not empty, and without a {@code ..} that leaves the directory
   *     of the including text
   * @throws IncludeException saying why there is no such text
   */
  Included resolve(String including, String path) throws IncludeException;

  /**
   * A text to include.
   *
   * @param identity the same for the same text, by whatever path; empty for the text that is parsed
   * @param source the text, with the name that messages use
   */
  record Included(String identity, Source source) {}

  /**
   * Files below the directory of {@code file}, from which the text that is parsed comes. An
   * included file must be in the directory of the including one or below it, also after symbolic
   * links are followed, and must be a regular file.
   */
  static IncludeResolver files(Path file) {
    return new IncludedFiles(file);
  }

  /** Refuses every path for {@code reason}. */
  static IncludeResolver none(String reason) {
    return (including, path) -> {
      throw new IncludeException(reason);
    };
  }
}
