package dev.jbpfilter.bytecode;

/**
 * Writes one JSON document (RFC 8259), indented by two spaces. The caller opens and closes objects
 * and arrays in pairs and gives members of objects a name.
 */
final class JsonWriter {
  private final StringBuilder out = new StringBuilder();
  private int depth;
  private boolean first = true;

  JsonWriter open(char bracket) {
    out.append(bracket);
    depth++;
    first = true;
    return this;
  }

  JsonWriter close(char bracket) {
    depth--;
    if (!first) {
      line();
    }
    out.append(bracket);
    first = false;
    return this;
  }

  /** Begins an element of an array. */
  JsonWriter item() {
    if (!first) {
      out.append(',');
    }
    first = false;
    line();
    return this;
  }

  /** Begins a member of an object. */
  JsonWriter member(String name) {
    item();
    quote(name);
    out.append(": ");
    return this;
  }

  JsonWriter member(String name, String value) {
    member(name).quote(value);
    return this;
  }

  JsonWriter member(String name, long value) {
    member(name);
    out.append(value);
    return this;
  }

  /** Writes a string. */
  void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        default -> {
          // Surrogates too: half a pair has no UTF-8.
          if (c < 0x20 || c == 0x7f || Character.isSurrogate(c)) {
            escape(c);
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private void escape(char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(Character.forDigit((c >> shift) & 0xf, 16));
    }
  }

  /** The document, with a line feed at its end. */
  String finish() {
    return out.append('\n').toString();
  }

  private void line() {
    out.append('\n').append("  ".repeat(depth));
  }
}
