package dev.jbpfilter.bytecode;

import org.jspecify.annotations.Nullable;

/** Code cannot be generated. The message names the reason and, if known, the note of the place. */
public final class CodegenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why code cannot be generated. */
  public sealed interface Reason {
    /** What is wrong, for people. */
    String text();

    /** Variables and spilled values need more than the stack frame holds. */
    record StackExhausted(int bytes) implements Reason {
      @Override
      public String text() {
        return "needs " + bytes + " bytes of stack, " + Code.MAX_FRAME_BYTES + " are available";
      }
    }

    /** More values are needed at once, by one instruction, than there are registers. */
    record TooManyRegisters(int needed) implements Reason {
      @Override
      public String text() {
        return "needs " + needed + " registers at once";
      }
    }

    /** A field of an instruction does not hold a value. */
    record OutOfRange(String field, long value) implements Reason {
      @Override
      public String text() {
        return field + " " + value + " is out of range";
      }
    }

    /** The compiler has no code for something yet, or the target cannot do it. */
    record Unsupported(String what) implements Reason {
      @Override
      public String text() {
        return what + " is not supported";
      }
    }
  }

  private final transient Reason reason;
  private final @Nullable String note;

  /**
   * @param note the note of the instruction at fault, usually the rule; null if there is none
   */
  public CodegenException(Reason reason, @Nullable String note) {
    super(note == null ? reason.text() : note + ": " + reason.text());
    this.reason = reason;
    this.note = note;
  }

  /** The same failure, with the place told more widely: {@code chain 'web', rule 3}. */
  public CodegenException within(String place) {
    CodegenException wider =
        new CodegenException(reason, note == null ? place : place + ", " + note);
    wider.initCause(this);
    return wider;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** The note of the instruction at fault, usually the rule; null if there is none. */
  public @Nullable String note() {
    return note;
  }
}
