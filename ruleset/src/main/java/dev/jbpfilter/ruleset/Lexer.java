package dev.jbpfilter.ruleset;

/**
 * Cuts a text into tokens. At each position the longest shape that the current mode allows wins;
 * among equally long ones, the first in the order in which they are offered here.
 */
final class Lexer {
  private static final String DASHES = "-";
  private static final String INTERFACE_NAME = "-_.@:";
  private static final String STRICT_TARGET = "-_";
  private static final String COLONS = ":";
  private static final String COLONS_AND_SLASHES = ":/";

  private final String text;
  private final int base;
  private final boolean strict;
  private final Shapes shapes;
  private LexMode mode = LexMode.INITIAL;
  private boolean inBraces;
  private int position;

  private int bestLength;
  private TokenKind bestKind = TokenKind.INVALID;
  private LexMode bestMode = LexMode.INITIAL;

  /**
   * @param base what to add to positions in {@code text}
   * @param strict whether to read what the reference tool reads, without extensions
   */
  Lexer(String text, int base, boolean strict) {
    this.text = text;
    this.base = base;
    this.strict = strict;
    this.shapes = new Shapes(text, strict);
  }

  /** Forgets what the text before was in the middle of. */
  void reset() {
    mode = LexMode.INITIAL;
  }

  /** Goes on at {@code position}, and returns the token there. */
  Token restart(int position, LexMode mode) {
    this.position = position;
    this.mode = mode;
    return next();
  }

  Token next() {
    skipIgnored();
    int start = position;
    if (start == text.length()) {
      return new Token(TokenKind.END, base + start, base + start);
    }
    bestLength = 0;
    int wordLength = shapes.word(start);
    String word = text.substring(start, start + wordLength);
    offerKeyword(word);
    offerOptionOrTarget();
    if (word.equals("mark")) {
      offer(TokenKind.MARK, wordLength, LexMode.MARK);
    }
    offerMarkOrRate();
    offerLateKeyword(word);
    offerSet();
    offerMatcher();
    offer(TokenKind.STRING, wordLength, mode);
    if (bestLength == 0) {
      boolean comma = text.charAt(start) == ',';
      offer(comma ? TokenKind.COMMA : TokenKind.INVALID, characterLength(), mode);
    }
    position += bestLength;
    mode = bestMode;
    if (bestKind == TokenKind.HOOK) {
      inBraces = false;
    }
    return new Token(bestKind, base + start, base + position);
  }

  private int characterLength() {
    return Character.charCount(text.codePointAt(position));
  }

  private void skipIgnored() {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c == '#') {
        int end = text.indexOf('\n', position);
        position = end < 0 ? text.length() : end;
      } else if (strict ? Words.isStrictBlank(c) : Words.isBlank(c)) {
        position++;
      } else if (mode == LexMode.HOOK_OPTIONS && (c == '{' || c == ',')) {
        inBraces |= c == '{';
        position++;
      } else if (mode == LexMode.HOOK_OPTIONS && c == '}') {
        mode = LexMode.INITIAL;
        position++;
      } else {
        return;
      }
    }
  }

  private void offer(TokenKind kind, int length, LexMode nextMode) {
    if (length > bestLength) {
      bestLength = length;
      bestKind = kind;
      bestMode = nextMode;
    }
  }

  /** Words with a meaning in every mode, which no payload can be. */
  private void offerKeyword(String word) {
    int length = word.length();
    switch (word) {
      case "chain" -> offer(TokenKind.CHAIN, length, mode);
      case "rule" -> offer(TokenKind.RULE, length, mode);
      case "set" -> offer(TokenKind.SET, length, mode);
      case "not" -> offer(TokenKind.NEGATE, length, mode);
      case "counter" -> offer(TokenKind.COUNTER, length, mode);
      case "ACCEPT", "DROP", "CONTINUE", "NEXT" -> offer(TokenKind.VERDICT, length, mode);
      case "REDIRECT" -> offer(TokenKind.REDIRECT_TOKEN, length, LexMode.REDIRECT_IFACE);
      default -> {
        if (Words.isHookWord(word)) {
          offer(TokenKind.HOOK, length, LexMode.HOOK_OPTIONS);
        }
      }
    }
  }

  /** Words that interface names and marks may be, unlike those before. */
  private void offerLateKeyword(String word) {
    int length = word.length();
    switch (word) {
      case "log" -> offer(TokenKind.LOG, length, mode);
      case "every" -> offer(TokenKind.EVERY, length, LexMode.RATE);
      default -> offerModalKeyword(word);
    }
  }

  /** Words with a meaning in the current mode only. */
  private void offerModalKeyword(String word) {
    boolean in = word.equals("in");
    if (mode == LexMode.REDIRECT_DIR && (in || word.equals("out"))) {
      offer(TokenKind.REDIRECT_DIR, word.length(), LexMode.INITIAL);
    } else if (mode == LexMode.SET && in) {
      offer(TokenKind.MATCHER_OP, word.length(), mode);
    } else if (mode.awaitsPayload() && !in && isOperator(word)) {
      offer(TokenKind.MATCHER_OP, word.length(), mode);
    }
  }

  private boolean isOperator(String word) {
    return switch (word) {
      case "eq" -> true;
      case "range" -> mode == LexMode.INT_RANGE;
      case "any", "all" -> mode == LexMode.FLAGS;
      default -> false;
    };
  }

  private void offerOptionOrTarget() {
    if (mode == LexMode.HOOK_OPTIONS) {
      offer(TokenKind.RAW_HOOKOPT, shapes.hookOption(position, inBraces), mode);
    } else if (mode == LexMode.REDIRECT_IFACE) {
      offer(
          TokenKind.REDIRECT_IFACE,
          shapes.charsOr(position, strict ? STRICT_TARGET : INTERFACE_NAME),
          LexMode.REDIRECT_DIR);
    }
  }

  private void offerMarkOrRate() {
    if (mode == LexMode.MARK) {
      offer(TokenKind.STRING, shapes.intLike(position), LexMode.INITIAL);
    } else if (mode == LexMode.RATE) {
      offer(TokenKind.STRING, shapes.rate(position), LexMode.INITIAL);
    }
  }

  private void offerSet() {
    offer(TokenKind.SET_TYPE, shapes.setKey(position), LexMode.SET);
    if (mode == LexMode.SET) {
      offer(TokenKind.SET_RAW_PAYLOAD, shapes.setBody(position), LexMode.INITIAL);
    }
  }

  private void offerMatcher() {
    // Every type name starts with one of these letters; most words do not.
    if ("mitu".indexOf(text.charAt(position)) >= 0) {
      for (MatcherType type : MatcherTypes.ALL) {
        if (text.startsWith(type.keyword(), position)) {
          offer(TokenKind.MATCHER_TYPE, type.keyword().length(), LexMode.of(type.payloadKind()));
        }
      }
    }
    if (mode.awaitsPayload()) {
      offer(TokenKind.RAW_PAYLOAD, payloadLength(), LexMode.INITIAL);
    }
  }

  private int payloadLength() {
    return switch (mode) {
      case INTERFACE -> shapes.charsOr(position, strict ? DASHES : INTERFACE_NAME);
      case NAME -> shapes.charsOr(position, DASHES);
      case PERCENT -> shapes.percentage(position);
      case INT -> shapes.intLike(position);
      case INT_RANGE -> shapes.intRange(position);
      case ADDRESS4 -> shapes.address4(position);
      case NETWORK4 -> shapes.network4(position);
      case ADDRESS6 -> shapes.charsOr(position, COLONS);
      case NETWORK6 -> shapes.charsOr(position, COLONS_AND_SLASHES);
      case FLAGS -> shapes.flags(position);
      case INITIAL, HOOK_OPTIONS, REDIRECT_IFACE, REDIRECT_DIR, MARK, RATE, SET -> 0;
    };
  }
}
