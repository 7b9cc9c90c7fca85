package dev.jbpfilter.loader.kernel;

import java.util.List;

/** Reading what the kernel's verifier wrote. */
final class VerifierLog {
  /** How the lines of statistics start that the verifier ends every log with. */
  private static final List<String> STATISTICS =
      List.of("processed ", "verification time ", "stack depth ", "peak_states ");

  private VerifierLog() {}

  /** The last line that says what is wrong; empty if there is none. */
  static String lastUsefulLine(String log) {
    String last = "";
    for (String line : log.lines().toList()) {
      String text = line.strip();
      if (!text.isEmpty() && !isStatistics(text)) {
        last = text;
      }
    }
    return last;
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
