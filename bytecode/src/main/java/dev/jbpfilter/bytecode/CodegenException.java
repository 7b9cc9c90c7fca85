package dev.jbpfilter.bytecode;

import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Code cannot be generated. The message names the reason and, if known, the note of the place. */
public final class CodegenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why code cannot be generated. */
  public sealed interface Reason {
    /** What is wrong, for people. */
    String text();

    /**
     * Variables and spilled values need more than the stack frame holds.
     *
     * @param bytes needed, at least
     * @param variableBytes how many of them the code's own variables take
     * @param values registers that are all live at the place and do not fit into machine registers;
     *     none if the variables alone are too large
     */
    record StackExhausted(int bytes, int variableBytes, List<Virt> values) implements Reason {
      private static final int SHOWN = 8;

      /** Copies the list. */
      public StackExhausted {
        values = List.copyOf(values);
      }

      @Override
      public String text() {
        StringJoiner names = new StringJoiner(", ", " (", ")");
        for (Virt value : values.subList(0, Math.min(SHOWN, values.size()))) {
          names.add(value.toString());
        }
        if (values.size() > SHOWN) {
          names.add("…");
        }
        return "needs "
            + bytes
            + " bytes of stack, "
            + Code.MAX_FRAME_BYTES
            + " are available: "
            + variableBytes
            + " for variables, 8 for each of "
            + values.size()
            + " values that no register holds"
            + names;
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

    /**
     * The compiler has no code for something yet, or the target cannot do it.
     *
     * @param since the first kernel that can; null if it is not the kernel that is in the way
     */
    record Unsupported(String what, @Nullable KernelVersion since) implements Reason {
      /** What no kernel would help. */
      public Unsupported(String what) {
        this(what, null);
      }

      @Override
      public String text() {
        return since == null ? what + " is not supported" : what + " needs Linux " + since;
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
