package dev.jbpfilter.cli;

import org.jspecify.annotations.Nullable;

/** What can be said in addition. */
enum Verbosity {
  /** Debug messages, whole verifier logs, traces of internal errors. */
  DEBUG("debug"),
  /** Programs report failed kernel calls to the trace pipe. */
  BPF("bpf"),
  /** Programs are printed before they are loaded. */
  BYTECODE("bytecode");

  /** All words, for messages. */
  static final String WORDS = "debug, bpf or bytecode";

  private final String word;

  Verbosity(String word) {
    this.word = word;
  }

  /** The one called {@code word}; null if there is none. */
  static @Nullable Verbosity of(String word) {
    for (Verbosity verbosity : values()) {
      if (verbosity.word.equals(word)) {
        return verbosity;
      }
    }
    return null;
  }
}
