package dev.jbpfilter.ruleset;

/**
 * The lengths of the shapes that tokens are made of. Each method returns the number of characters
 * from {@code start} on that have the shape, 0 if none.
 */
final class Shapes {
  private final String text;
  private final boolean strict;
  private final Finder braces;
  private final Finder comments;

  /** From here on, no set body ends. */
  private int unclosed = Integer.MAX_VALUE;

  Shapes(String text, boolean strict) {
    this.text = text;
    this.strict = strict;
    this.braces = new Finder(text, '}', text.length());
    this.comments = new Finder(text, '#', text.length());
  }

  /** The character at {@code index}, NUL behind the end. */
  char at(int index) {
    return index < text.length() ? text.charAt(index) : '\0';
  }

  int word(int start) {
    int i = start;
    while (Words.isWordChar(at(i))) {
      i++;
    }
    return i - start;
  }

  private int alphanumerics(int start) {
    int i = start;
    while (Words.isAlphanumeric(at(i))) {
      i++;
    }
    return i - start;
  }

  /** A number with an optional sign or hexadecimal prefix; fits plain names as well. */
  int intLike(int start) {
    int sign = at(start) == '-' ? 1 : 0;
    int length = alphanumerics(start + sign);
    return length == 0 ? 0 : sign + length;
  }

  /** {@link #intLike}, or two of them joined by a dash. */
  int intRange(int start) {
    int first = intLike(start);
    if (first == 0 || at(start + first) != '-') {
      return first;
    }
    int second = intLike(start + first + 1);
    return second == 0 ? first : first + 1 + second;
  }

  /** Alphanumeric characters and those of {@code more}. */
  int charsOr(int start, String more) {
    int i = start;
    while (Words.isAlphanumeric(at(i)) || (i < text.length() && more.indexOf(at(i)) >= 0)) {
      i++;
    }
    return i - start;
  }

  private int digits(int start) {
    int i = start;
    while (Words.isDigit(at(i))) {
      i++;
    }
    return i - start;
  }

  /** Digits, then optionally a dot and digits, then {@code unit}'s shape, which is mandatory. */
  private int decimalWith(int start, Unit unit) {
    int whole = digits(start);
    if (whole == 0) {
      return 0;
    }
    if (at(start + whole) == '.') {
      int fraction = digits(start + whole + 1);
      int number = whole + 1 + fraction;
      int end = unit.length(start + number);
      return fraction == 0 || end == 0 ? 0 : number + end;
    }
    int end = unit.length(start + whole);
    return end == 0 ? 0 : whole + end;
  }

  private interface Unit {
    int length(int start);
  }

  int percentage(int start) {
    return decimalWith(start, i -> at(i) == '%' ? 1 : 0);
  }

  int rate(int start) {
    return decimalWith(start, this::lowerCase);
  }

  private int lowerCase(int start) {
    int i = start;
    while (Words.isLower(at(i))) {
      i++;
    }
    return i - start;
  }

  int address4(int start) {
    int i = start;
    for (int part = 0; part < 4; part++) {
      if (part > 0) {
        if (at(i) != '.') {
          return 0;
        }
        i++;
      }
      int length = intLike(i);
      if (length == 0) {
        return 0;
      }
      i += length;
    }
    return i - start;
  }

  int network4(int start) {
    int address = address4(start);
    if (address == 0 || at(start + address) != '/') {
      return 0;
    }
    int prefix = intLike(start + address + 1);
    return prefix == 0 ? 0 : address + 1 + prefix;
  }

  int flags(int start) {
    int i = start;
    while (isLetter(at(i))) {
      i++;
      if (at(i) == ',') {
        i++;
      }
    }
    return i - start;
  }

  private static boolean isLetter(char c) {
    return Words.isAlphanumeric(c) && !Words.isDigit(c);
  }

  /** {@code (a.b, c.d)}; blanks anywhere but inside the words. */
  int setKey(int start) {
    if (at(start) != '(') {
      return 0;
    }
    int i = start;
    do {
      i = blanks(i + 1);
      int layer = word(i);
      if (layer == 0 || at(i + layer) != '.') {
        return 0;
      }
      i += layer + 1;
      int field = word(i);
      if (field == 0) {
        return 0;
      }
      i = blanks(i + field);
    } while (at(i) == ',');
    return at(i) == ')' ? i + 1 - start : 0;
  }

  private int blanks(int start) {
    int i = start;
    while (Words.isBlank(at(i))) {
      i++;
    }
    return i;
  }

  /** From a brace to the closing one; comments, unless strict, may contain anything. */
  int setBody(int start) {
    if (at(start) != '{' || start >= unclosed) {
      return 0;
    }
    int i = start + 1;
    while (i < text.length()) {
      int brace = braces.next(i);
      int comment = strict ? text.length() : comments.next(i);
      if (brace < comment) {
        return brace + 1 - start;
      }
      i = text.indexOf('\n', comment) + 1;
      if (i == 0) {
        break;
      }
    }
    unclosed = start;
    return 0;
  }

  /**
   * {@code key=value}. Without braces, values are made of what needs no quoting anywhere; inside
   * braces they go up to a blank, a comma, a brace or a comment, for paths with other characters.
   */
  int hookOption(int start, boolean inBraces) {
    int key = word(start);
    if (key == 0 || at(start + key) != '=') {
      return 0;
    }
    int value = start + key + 1;
    int i = value;
    while (i < text.length() && isValueChar(text.charAt(i), inBraces)) {
      i++;
    }
    return i == value ? 0 : i - start;
  }

  /** Whether a hook option inside braces can have {@code value}. */
  static boolean isWritableValue(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean name = c == '$' && i + 1 < value.length() && Words.isWordChar(value.charAt(i + 1));
      if (name || !isValueChar(c, true)) {
        return false;
      }
    }
    return !value.isEmpty();
  }

  private static boolean isValueChar(char c, boolean inBraces) {
    if (inBraces) {
      return c > ' ' && c != ',' && c != '{' && c != '}' && c != '#' && c != '\u007f';
    }
    return Words.isWordChar(c) || c == '-' || c == '.' || c == '/';
  }
}
