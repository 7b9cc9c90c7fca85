package dev.jbpfilter.loader.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Reading what the kernel's verifier wrote. */
final class VerifierLog {
  /** How the lines of statistics start that the verifier ends every log with. */
  private static final List<String> STATISTICS =
      List.of("processed ", "verification time ", "stack depth ", "peak_states ");

  private static final String INSTRUCTION = "insn ";

  private VerifierLog() {}

  /**
   * The slot of the instruction that was refused: the last one that was looked at, or the one that
   * the last useful line names if the verifier did not come so far. Empty if neither is there.
   */
  static OptionalInt rejectedSlot(String log) {
    OptionalInt slot = OptionalInt.empty();
    for (String line : log.lines().toList()) {
      int digits = digits(line, 0);
      // Not "57: R1=ctx()", the state at the start of a path.
      if (digits > 0 && line.startsWith(": (", digits)) {
        slot = number(line, 0, digits);
      }
    }
    if (slot.isPresent()) {
      return slot;
    }
    String last = lastUsefulLine(log);
    int start = last.indexOf(INSTRUCTION) + INSTRUCTION.length();
    int digits = last.contains(INSTRUCTION) ? digits(last, start) : 0;
    return digits == 0 ? slot : number(last, start, start + digits);
  }

  private static int digits(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end - start;
  }

  /** A program has a million instructions at most; what is longer is no number of one. */
  private static OptionalInt number(String text, int start, int end) {
    return end - start > 9
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(text, start, end, 10));
  }

  /** The last lines that are no statistics, at most so many. */
  static List<String> lastUsefulLines(String log, int count) {
    List<String> useful = new ArrayList<>();
    for (String line : log.lines().toList()) {
      if (!line.isBlank() && !isStatistics(line.strip())) {
        useful.add(line.stripTrailing());
      }
    }
    return List.copyOf(useful.subList(Math.max(0, useful.size() - count), useful.size()));
  }

  /** The last line that says what is wrong; empty if there is none. */
  static String lastUsefulLine(String log) {
    List<String> last = lastUsefulLines(log, 1);
    return last.isEmpty() ? "" : last.getFirst().strip();
  }

  private static boolean isStatistics(String line) {
    for (String start : STATISTICS) {
      if (line.startsWith(start)) {
        return true;
      }
    }
    return false;
  }
}
