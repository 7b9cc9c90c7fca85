package dev.jbpfilter.loader;

/** A chain's saved state cannot be understood. It is refused, never guessed. */
public final class UnreadableStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why saved state is refused. */
  public sealed interface Reason {
    /** What is wrong, for people. */
    String text();

    /** There is none. */
    record Missing() implements Reason {
      @Override
      public String text() {
        return "no saved state";
      }
    }

    /** Another tool wrote it. */
    record Foreign() implements Reason {
      @Override
      public String text() {
        return "unknown state format";
      }
    }

    /** An earlier or later version of this tool wrote it. */
    record UnknownVersion(int version) implements Reason {
      @Override
      public String text() {
        return "unknown state format version " + version;
      }
    }

    /** It is not what was written. */
    record Damaged(String what) implements Reason {
      @Override
      public String text() {
        return "damaged state: " + what;
      }
    }
  }

  private final transient Reason reason;

  /** An exception whose message is the reason's text. */
  public UnreadableStateException(Reason reason) {
    super(reason.text());
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
