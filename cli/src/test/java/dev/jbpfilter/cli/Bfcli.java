package dev.jbpfilter.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a run of the program in this process came to. */
record Bfcli(int status, String out, String err) {

  /** Runs without environment and with an empty standard input. */
  static Bfcli run(String... args) {
    return run(Map.of(), "", args);
  }

  static Bfcli run(Map<String, String> environment, String in, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Main.run(
            args,
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            environment);
    return new Bfcli(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The completion script for {@code shell}. */
  static String completion(String shell) {
    Bfcli run = run("completion", shell);
    if (run.status != 0) {
      throw new AssertionError(run);
    }
    return run.out;
  }
}
