package dev.jbpfilter.bytecode.elf;

import java.util.HashSet;
import java.util.Set;

/** Names that C and the kernel take, each handed out once. */
final class Identifiers {
  private final Set<String> used = new HashSet<>();

  /** An identifier as close to a text as can be. */
  String unique(String text) {
    String base = identifier(text);
    String candidate = base;
    for (int i = 2; !used.add(candidate); i++) {
      candidate = base + "_" + i;
    }
    return candidate;
  }

  static String identifier(String text) {
    StringBuilder identifier = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      boolean digit = c >= '0' && c <= '9';
      if (i == 0 && digit) {
        identifier.append('_');
      }
      identifier.append(letter || digit ? c : '_');
    }
    return identifier.isEmpty() ? "_" : identifier.toString();
  }
}
