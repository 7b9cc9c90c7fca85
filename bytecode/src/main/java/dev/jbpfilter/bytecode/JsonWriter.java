package dev.jbpfilter.bytecode;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes one JSON document (RFC 8259) as its parts come, so that a document of any length needs
 * little memory. Each element and member stands on a line of its own, indented by two spaces a
 * level, but for what is inside a container that was opened {@linkplain #flatObject flat}.
 *
 * <pre>{@code
 * JsonWriter json = new JsonWriter(System.out);
 * json.object().member("name", "web").name("ports").flatArray().value(80).value(443).end().end();
 * json.finish();
 * }</pre>
 *
 * <p>What would not be JSON throws {@link IllegalStateException}: a member without a name, a second
 * value at the top, an end too many or too few. If the target fails, {@link UncheckedIOException}
 * carries its exception.
 */
public final class JsonWriter {
  private static final int CHUNK = 1 << 13;
  private static final char OBJECT = '}';
  private static final char ARRAY = ']';
  private static final int NOT_FLAT = Integer.MAX_VALUE;

  private final Appendable target;
  private final StringBuilder text = new StringBuilder(CHUNK + 1024);

  /** How each open container ends, innermost last. */
  private final StringBuilder ends = new StringBuilder();

  /** From how many open containers on all is on one line. */
  private int flatFrom = NOT_FLAT;

  private boolean isFirst = true;
  private boolean isNamed;
  private boolean isDone;

  /**
   * @param target gets the document, in pieces
   */
  public JsonWriter(Appendable target) {
    this.target = target;
  }

  /** Opens an object. */
  public JsonWriter object() {
    return open('{', OBJECT);
  }

  /** Opens an array. */
  public JsonWriter array() {
    return open('[', ARRAY);
  }

  /** Opens an object that stands on one line with all that is in it. */
  public JsonWriter flatObject() {
    return flat().open('{', OBJECT);
  }

  /** Opens an array that stands on one line with all that is in it. */
  public JsonWriter flatArray() {
    return flat().open('[', ARRAY);
  }

  /** Ends the innermost open object or array. */
  public JsonWriter end() {
    int depth = ends.length() - 1;
    check(depth >= 0 && !isNamed, "nothing to end here");
    char end = ends.charAt(depth);
    ends.setLength(depth);
    if (!isFirst && depth + 1 < flatFrom) {
      line();
    }
    if (depth + 1 == flatFrom) {
      flatFrom = NOT_FLAT;
    }
    text.append(end);
    isFirst = false;
    return ended();
  }

  /** Names the member of an object that comes next. */
  public JsonWriter name(String name) {
    check(isIn(OBJECT) && !isNamed, "a name is not expected here");
    separate();
    quote(name);
    text.append(": ");
    isNamed = true;
    return this;
  }

  /** A member of an object. */
  public JsonWriter member(String name, String value) {
    return name(name).value(value);
  }

  /** A member of an object. */
  public JsonWriter member(String name, long value) {
    return name(name).value(value);
  }

  /** A member of an object. */
  public JsonWriter member(String name, boolean value) {
    return name(name).value(value);
  }

  /** A string. Half a surrogate pair, which has no UTF-8, is escaped. */
  public JsonWriter value(String value) {
    begin();
    quote(value);
    return ended();
  }

  /** A number. */
  public JsonWriter value(long value) {
    begin();
    text.append(value);
    return ended();
  }

  /** A number of 64 bits without sign. */
  public JsonWriter unsigned(long value) {
    begin();
    text.append(Long.toUnsignedString(value));
    return ended();
  }

  /**
   * The shortest number that is nearer to {@code value} than to any other number of its kind.
   *
   * @throws IllegalArgumentException if it is infinite or not a number
   */
  public JsonWriter value(float value) {
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException(value + " is not a JSON number");
    }
    begin();
    if (value == (int) value) {
      text.append((int) value);
    } else {
      text.append(value);
    }
    return ended();
  }

  /** True or false. */
  public JsonWriter value(boolean value) {
    begin();
    text.append(value);
    return ended();
  }

  /** Ends the document with a line feed and passes on what was kept back. */
  public void finish() {
    check(isDone, "the document is not complete");
    text.append('\n');
    pass();
  }

  private JsonWriter flat() {
    flatFrom = Math.min(flatFrom, ends.length() + 1);
    return this;
  }

  private JsonWriter open(char bracket, char end) {
    begin();
    text.append(bracket);
    ends.append(end);
    isFirst = true;
    return this;
  }

  /** Puts what stands before a value: nothing behind a name, a separator in an array. */
  private void begin() {
    check(!isDone && (isNamed || !isIn(OBJECT)), "a value is not expected here");
    if (isIn(ARRAY)) {
      separate();
    }
    isNamed = false;
  }

  private JsonWriter ended() {
    isDone = ends.isEmpty();
    if (text.length() >= CHUNK) {
      pass();
    }
    return this;
  }

  private boolean isIn(char end) {
    return !ends.isEmpty() && ends.charAt(ends.length() - 1) == end;
  }

  private void separate() {
    boolean flat = ends.length() >= flatFrom;
    if (!isFirst) {
      text.append(flat ? ", " : ",");
    }
    if (!flat) {
      line();
    }
    isFirst = false;
  }

  private void line() {
    text.append('\n').repeat(' ', 2 * ends.length());
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        case '\t' -> text.append("\\t");
        default -> {
          // Control characters of both ranges: some terminals obey the second one, too.
          if (Character.isISOControl(c) || isLoneSurrogate(value, i)) {
            escape(c);
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  private static boolean isLoneSurrogate(String value, int i) {
    char c = value.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
  }

  private void escape(char c) {
    text.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      text.append(Character.forDigit((c >> shift) & 0xf, 16));
    }
  }

  private void pass() {
    try {
      target.append(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    text.setLength(0);
  }

  private static void check(boolean allowed, String text) {
    if (!allowed) {
      throw new IllegalStateException(text);
    }
  }
}
