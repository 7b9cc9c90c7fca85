package dev.jbpfilter.ruleset;

import java.util.Optional;

/** What becomes of a packet that a rule matches. */
public sealed interface Verdict {

  /** The number in log records and saved state. */
  int code();

  /** As written in the rule language, for example {@code REDIRECT 2 out}. */
  String text();

  /** Whether the verdict ends the chain. */
  default boolean isTerminal() {
    return this != Basic.CONTINUE;
  }

  /** The word of the verdict with that {@link #code()}, without arguments; empty if none has it. */
  static Optional<String> word(int code) {
    if (code == Redirect.CODE) {
      return Optional.of(Redirect.WORD);
    }
    for (Basic basic : Basic.values()) {
      if (basic.code == code) {
        return Optional.of(basic.name());
      }
    }
    return Optional.empty();
  }

  /** The verdicts without an argument; the names are the words of the rule language. */
  enum Basic implements Verdict {
    ACCEPT(0),
    DROP(1),
    /** Go on with the next rule. */
    CONTINUE(2),
    /** Leave the decision to the next program of the hook, if it has a notion of one. */
    NEXT(4);

    private final int code;

    Basic(int code) {
      this.code = code;
    }

    @Override
    public int code() {
      return code;
    }

    @Override
    public String text() {
      return name();
    }
  }

  /**
   * Send the packet through another interface.
   *
   * @param ifindex 1 to 2^32-1
   */
  record Redirect(long ifindex, Direction direction) implements Verdict {
    private static final int CODE = 3;
    private static final String WORD = "REDIRECT";

    public Redirect {
      Check.range("interface index", ifindex, 1, 0xffff_ffffL);
    }

    @Override
    public int code() {
      return CODE;
    }

    @Override
    public String text() {
      return text(Long.toString(ifindex));
    }

    /** The same with {@code name} for the interface. */
    public String text(String name) {
      return WORD + " " + name + " " + direction.keyword();
    }
  }
}
