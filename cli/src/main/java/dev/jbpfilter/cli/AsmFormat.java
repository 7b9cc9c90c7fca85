package dev.jbpfilter.cli;

import org.jspecify.annotations.Nullable;

/** What {@code asm} writes. */
enum AsmFormat {
  /** Encoded instructions as hexadecimal words. */
  HEX("hex"),
  /** Encoded instructions, and nothing else. */
  BYTES("bytes"),
  /** Encoded instructions as a C array. */
  C("c"),
  /** Programs and maps as data. */
  JSON("json"),
  /** An object file, as libbpf and bpftool load it. */
  ELF("elf");

  /** All words, for messages. */
  static final String WORDS = "hex, bytes, c, json or elf";

  private final String word;

  AsmFormat(String word) {
    this.word = word;
  }

  /** The format called {@code word}; null if there is none. */
  static @Nullable AsmFormat of(String word) {
    for (AsmFormat format : values()) {
      if (format.word.equals(word)) {
        return format;
      }
    }
    return null;
  }
}
