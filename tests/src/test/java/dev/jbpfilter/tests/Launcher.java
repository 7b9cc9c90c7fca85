package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How {@code ./bfcli} is run, each time in a process of its own.
 *
 * @param program the launcher, or a link to it
 * @param prefix a command that runs the rest of its words
 * @param environment variables on top of those of the tests, less those that bfcli reads
 * @param directory where it runs
 * @param input its standard input, a pipe
 */
record Launcher(
    Path program,
    List<String> prefix,
    Map<String, String> environment,
    Path directory,
    String input) {
  static final List<String> OWN_VARIABLES =
      List.of("BF_BPFFS_PATH", "BF_WITH_BPF_TOKEN", "BF_VERBOSE", "NO_COLOR");
  private static final int SECONDS = 60;

  Launcher {
    prefix = List.copyOf(prefix);
    environment = Map.copyOf(environment);
  }

  /** What a run came to. */
  record Run(List<String> command, int status, String out, String err) {
    /** Asserts how it ended. */
    Run ended(int expected) {
      assertThat(status).as(toString()).isEqualTo(expected);
      return this;
    }

    /** Asserts that it ended so, printed no result, and said exactly these lines. */
    Run said(int expected, String... lines) {
      ended(expected);
      assertThat(out).as(toString()).isEmpty();
      assertThat(err.lines()).as(toString()).containsExactly(lines);
      return this;
    }
  }

  /** In the root of the repository, with nothing special. */
  static Launcher bfcli() {
    return new Launcher(Checkout.LAUNCHER, List.of(), Map.of(), Checkout.ROOT, "");
  }

  Launcher as(Path other) {
    return new Launcher(other, prefix, environment, directory, input);
  }

  Launcher under(String... words) {
    return new Launcher(program, List.of(words), environment, directory, input);
  }

  /** By a shell that runs {@code "$@"} in the way that {@code script} says. */
  Launcher underShell(String script) {
    return under("sh", "-c", script, "sh");
  }

  Launcher with(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return new Launcher(program, prefix, more, directory, input);
  }

  Launcher in(Path other) {
    return new Launcher(program, prefix, environment, other, input);
  }

  Launcher reading(String text) {
    return new Launcher(program, prefix, environment, directory, text);
  }

  /** Runs it to its end. Whatever it is told, it may not show a stack trace. */
  Run run(String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(program.toString());
    command.addAll(List.of(arguments));
    Run run = run(command);
    assertThat(run.err).as(run.toString()).doesNotContain("\tat ", "Exception");
    return run;
  }

  private Run run(List<String> command) {
    try {
      Path out = Files.createTempFile("bfcli", ".out");
      Path err = Files.createTempFile("bfcli", ".err");
      try {
        int status = start(command, out, err);
        return new Run(command, status, Files.readString(out), Files.readString(err));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private int start(List<String> command, Path out, Path err)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    OWN_VARIABLES.forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended, or closed its input, without reading all: what it printed tells why.
    }
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      throw new AssertionError(
          command + " did not end in " + SECONDS + " s: " + Files.readString(err));
    }
    return process.exitValue();
  }
}
