package dev.jbpfilter.ruleset;

/** The kinds of tokens; the names are those that messages show. */
enum TokenKind {
  CHAIN,
  RULE,
  SET,
  NEGATE,
  COUNTER,
  HOOK,
  RAW_HOOKOPT,
  VERDICT,
  REDIRECT_TOKEN,
  REDIRECT_IFACE,
  REDIRECT_DIR,
  MARK,
  LOG,
  EVERY,
  SET_TYPE,
  SET_RAW_PAYLOAD,
  MATCHER_TYPE,
  MATCHER_OP,
  RAW_PAYLOAD,
  STRING,
  COMMA("','"),
  INVALID("invalid token"),
  END("end of file");

  private final String display;

  TokenKind() {
    this.display = name();
  }

  TokenKind(String display) {
    this.display = display;
  }

  String display() {
    return display;
  }
}
