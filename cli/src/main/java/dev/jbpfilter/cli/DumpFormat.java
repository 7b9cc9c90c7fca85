package dev.jbpfilter.cli;

import org.jspecify.annotations.Nullable;

/** How a compiled program is written. */
enum DumpFormat {
  /** The kernel verifier's syntax, with notes. */
  ASM("asm"),
  /** Encoded instructions as hexadecimal words. */
  HEX("hex"),
  /** Encoded instructions as a C array. */
  C("c"),
  /** Programs and maps as data. */
  JSON("json"),
  /** An object file, as libbpf and bpftool load it. */
  ELF("elf"),
  /** The filter program before code generation. */
  IR("ir"),
  /** Code over virtual registers. */
  VIRT("virt");

  /** All words, for messages. */
  static final String WORDS = "asm, hex, c, json, elf, ir or virt";

  private final String word;

  DumpFormat(String word) {
    this.word = word;
  }

  /** As written behind {@code --dump}. */
  String word() {
    return word;
  }

  /** The format called {@code word}; null if there is none. */
  static @Nullable DumpFormat of(String word) {
    for (DumpFormat format : values()) {
      if (format.word.equals(word)) {
        return format;
      }
    }
    return null;
  }
}
