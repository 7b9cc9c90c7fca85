package dev.jbpfilter.ruleset;

import org.jspecify.annotations.Nullable;

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
    Keyword keyword = Keyword.at(text, start, start + wordLength);
    offerEarly(keyword, wordLength);
    offerOptionOrTarget();
    if (keyword == Keyword.MARK) {
      offer(TokenKind.MARK, wordLength, LexMode.MARK);
    }
    offerMarkOrRate();
    offerLate(keyword, wordLength);
    offerSet();
    offerMatcher(wordLength);
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
  private void offerEarly(@Nullable Keyword keyword, int length) {
    switch (keyword) {
      case CHAIN -> offer(TokenKind.CHAIN, length, mode);
      case RULE -> offer(TokenKind.RULE, length, mode);
      case SET -> offer(TokenKind.SET, length, mode);
      case NOT -> offer(TokenKind.NEGATE, length, mode);
      case COUNTER -> offer(TokenKind.COUNTER, length, mode);
      case ACCEPT, DROP, CONTINUE, NEXT -> offer(TokenKind.VERDICT, length, mode);
      case REDIRECT -> offer(TokenKind.REDIRECT_TOKEN, length, LexMode.REDIRECT_IFACE);
      case null -> {
        if (Words.isHookWord(text, position, position + length)) {
          offer(TokenKind.HOOK, length, LexMode.HOOK_OPTIONS);
        }
      }
      case MARK, LOG, EVERY, IN, OUT, EQ, RANGE, ANY, ALL -> {}
    }
  }

  /**
   * Words that interface names and marks may be, unlike those before; and words with a meaning in
   * some modes only.
   */
  private void offerLate(@Nullable Keyword keyword, int length) {
    switch (keyword) {
      case LOG -> offer(TokenKind.LOG, length, mode);
      case EVERY -> offer(TokenKind.EVERY, length, LexMode.RATE);
      case IN, OUT -> {
        if (mode == LexMode.REDIRECT_DIR) {
          offer(TokenKind.REDIRECT_DIR, length, LexMode.INITIAL);
        } else if (mode == LexMode.SET && keyword == Keyword.IN) {
          offer(TokenKind.MATCHER_OP, length, mode);
        }
      }
      case EQ -> offerOperator(mode.awaitsPayload(), length);
      case RANGE -> offerOperator(mode == LexMode.INT_RANGE, length);
      case ANY, ALL -> offerOperator(mode == LexMode.FLAGS, length);
      case null -> {}
      case CHAIN, RULE, SET, NOT, COUNTER, ACCEPT, DROP, CONTINUE, NEXT, REDIRECT, MARK -> {}
    }
  }

  private void offerOperator(boolean known, int length) {
    if (known) {
      offer(TokenKind.MATCHER_OP, length, mode);
    }
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

  private void offerMatcher(int wordLength) {
    MatcherType type = matcherType(wordLength);
    if (type != null) {
      offer(TokenKind.MATCHER_TYPE, type.keyword().length(), LexMode.of(type.payloadKind()));
    }
    if (mode.awaitsPayload()) {
      offer(TokenKind.RAW_PAYLOAD, payloadLength(), LexMode.INITIAL);
    }
  }

  private @Nullable MatcherType matcherType(int wordLength) {
    int dot = position + wordLength;
    // Every type name starts with one of these letters; addresses, which have dots too, do not.
    if (shapes.at(dot) != '.' || "mitu".indexOf(text.charAt(position)) < 0) {
      return null;
    }
    int end = dot + 1 + shapes.word(dot + 1);
    MatcherType type = MatcherTypes.at(text, position, end);
    // What follows may be glued to the name.
    return type == null ? MatcherTypes.longestAt(text, position) : type;
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
