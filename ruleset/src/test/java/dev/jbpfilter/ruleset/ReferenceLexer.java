package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The table of tokens as a table: at each position the longest match among the rows that are active
 * wins, of equally long ones the first. Slow and plain; what {@link Lexer} must agree with.
 */
final class ReferenceLexer {
  private static final Set<LexMode> ANY = EnumSet.allOf(LexMode.class);
  private static final Set<LexMode> PAYLOADS = EnumSet.range(LexMode.INTERFACE, LexMode.FLAGS);
  private static final String INT = "(-|0x)?[A-Za-z0-9]+";
  private static final String BLANKS = "[ \\t-\\r]*";
  private static final Pattern IGNORED = Pattern.compile("[ \\t-\\r]|#[^\\n]*");
  private static final Pattern STRICTLY_IGNORED = Pattern.compile("[ \\t\\n]|#[^\\n]*");
  private static final Pattern OPTION = Pattern.compile("\\w+=[A-Za-z0-9_./-]+");
  private static final Pattern OPTION_IN_BRACES = Pattern.compile("\\w+=[^\\x00- ,{}#\\x7f]+");
  private static final List<Row> ROWS = rows(false);
  private static final List<Row> STRICT_ROWS = rows(true);

  private final String text;
  private final Pattern ignored;
  private final List<Row> rows;
  private LexMode mode = LexMode.INITIAL;
  private boolean inBraces;
  private int position;

  /** A row of the table; {@code next} is null if the mode stays. */
  private record Row(Set<LexMode> modes, Pattern shape, TokenKind kind, @Nullable LexMode next) {}

  ReferenceLexer(String text, boolean strict) {
    this.text = text;
    this.ignored = strict ? STRICTLY_IGNORED : IGNORED;
    this.rows = strict ? STRICT_ROWS : ROWS;
  }

  private static List<Row> rows(boolean strict) {
    List<Row> rows = new ArrayList<>();
    add(rows, ANY, "chain", TokenKind.CHAIN, null);
    add(rows, ANY, "rule", TokenKind.RULE, null);
    add(rows, ANY, "set", TokenKind.SET, null);
    add(rows, ANY, "not", TokenKind.NEGATE, null);
    add(rows, ANY, "counter", TokenKind.COUNTER, null);
    add(rows, ANY, "BF_HOOK_[A-Z0-9_]+", TokenKind.HOOK, LexMode.HOOK_OPTIONS);
    add(rows, ANY, "ACCEPT|DROP|CONTINUE|NEXT", TokenKind.VERDICT, null);
    add(rows, ANY, "REDIRECT", TokenKind.REDIRECT_TOKEN, LexMode.REDIRECT_IFACE);
    add(
        rows,
        EnumSet.of(LexMode.REDIRECT_IFACE),
        strict ? "[A-Za-z0-9_-]+" : "[A-Za-z0-9_.@:-]+",
        TokenKind.REDIRECT_IFACE,
        LexMode.REDIRECT_DIR);
    add(rows, EnumSet.of(LexMode.REDIRECT_DIR), "in|out", TokenKind.REDIRECT_DIR, LexMode.INITIAL);
    add(rows, ANY, "mark", TokenKind.MARK, LexMode.MARK);
    add(rows, EnumSet.of(LexMode.MARK), INT, TokenKind.STRING, LexMode.INITIAL);
    add(rows, ANY, "log", TokenKind.LOG, null);
    add(rows, ANY, "every", TokenKind.EVERY, LexMode.RATE);
    add(rows, EnumSet.of(LexMode.RATE), "\\d+(\\.\\d+)?[a-z]+", TokenKind.STRING, LexMode.INITIAL);
    String component = BLANKS + "\\w+\\.\\w+" + BLANKS;
    add(rows, ANY, "\\(" + component + "(," + component + ")*\\)", TokenKind.SET_TYPE, LexMode.SET);
    add(rows, EnumSet.of(LexMode.SET), "in", TokenKind.MATCHER_OP, null);
    add(
        rows,
        EnumSet.of(LexMode.SET),
        strict ? "\\{[^}]*\\}" : "\\{([^}#]|#[^\\n]*\\n)*+\\}",
        TokenKind.SET_RAW_PAYLOAD,
        LexMode.INITIAL);
    for (MatcherType type : MatcherType.values()) {
      add(
          rows,
          ANY,
          Pattern.quote(type.keyword()),
          TokenKind.MATCHER_TYPE,
          LexMode.of(type.payloadKind()));
    }
    add(rows, PAYLOADS, "eq", TokenKind.MATCHER_OP, null);
    add(rows, EnumSet.of(LexMode.INT_RANGE), "range", TokenKind.MATCHER_OP, null);
    add(rows, EnumSet.of(LexMode.FLAGS), "any|all", TokenKind.MATCHER_OP, null);
    payload(rows, LexMode.INTERFACE, strict ? "[A-Za-z0-9-]+" : "[A-Za-z0-9_.@:-]+");
    payload(rows, LexMode.NAME, "[A-Za-z0-9-]+");
    payload(rows, LexMode.PERCENT, "\\d+(\\.\\d+)?%");
    payload(rows, LexMode.INT, INT);
    payload(rows, LexMode.INT_RANGE, INT + "(-" + INT + ")?");
    String address = INT + "(\\." + INT + "){3}";
    payload(rows, LexMode.ADDRESS4, address);
    payload(rows, LexMode.NETWORK4, address + "/" + INT);
    payload(rows, LexMode.ADDRESS6, "[A-Za-z0-9:]+");
    payload(rows, LexMode.NETWORK6, "[A-Za-z0-9:/]+");
    payload(rows, LexMode.FLAGS, "([A-Za-z]+,?)+");
    add(rows, ANY, "\\w+", TokenKind.STRING, null);
    add(rows, ANY, ",", TokenKind.COMMA, null);
    add(rows, ANY, "(?s).", TokenKind.INVALID, null);
    return rows;
  }

  private static void payload(List<Row> rows, LexMode in, String shape) {
    add(rows, EnumSet.of(in), shape, TokenKind.RAW_PAYLOAD, LexMode.INITIAL);
  }

  private static void add(
      List<Row> rows, Set<LexMode> modes, String shape, TokenKind kind, @Nullable LexMode next) {
    rows.add(new Row(modes, Pattern.compile(shape), kind, next));
  }

  Token next() {
    skip();
    int start = position;
    if (start == text.length()) {
      return new Token(TokenKind.END, start, start);
    }
    int longest = option();
    TokenKind kind = TokenKind.RAW_HOOKOPT;
    LexMode next = mode;
    for (Row row : rows) {
      Matcher matcher = row.shape().matcher(text).region(start, text.length());
      if (row.modes().contains(mode) && matcher.lookingAt() && matcher.end() - start > longest) {
        longest = matcher.end() - start;
        kind = row.kind();
        next = row.next() == null ? mode : row.next();
      }
    }
    if (kind == TokenKind.HOOK) {
      inBraces = false;
    }
    mode = next;
    position = start + longest;
    return new Token(kind, start, position);
  }

  private int option() {
    Matcher matcher = (inBraces ? OPTION_IN_BRACES : OPTION).matcher(text);
    return mode == LexMode.HOOK_OPTIONS && matcher.region(position, text.length()).lookingAt()
        ? matcher.end() - position
        : 0;
  }

  private void skip() {
    Matcher matcher = ignored.matcher(text);
    while (position < text.length()) {
      char c = text.charAt(position);
      if (matcher.region(position, text.length()).lookingAt()) {
        position = matcher.end();
      } else if (mode == LexMode.HOOK_OPTIONS && "{,}".indexOf(c) >= 0) {
        inBraces |= c == '{';
        mode = c == '}' ? LexMode.INITIAL : mode;
        position++;
      } else {
        return;
      }
    }
  }
}
