package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running {@code chain logs} and what it has printed so far. */
final class LogFollowing implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern SEQUENCE = Pattern.compile(" seq=(\\d+)]");

  private final Process process;
  private final Path out;
  private final Path err;

  private LogFollowing(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts to follow a chain. The process is the command itself, without a shell around it.
   *
   * @param options further ones of the command
   */
  static LogFollowing start(Sandbox sandbox, String chain, Path directory, String... options)
      throws IOException {
    Path out = Files.createTempFile(directory, "log", ".out");
    Path err = Files.createTempFile(directory, "log", ".err");
    List<String> command = new ArrayList<>(List.of(sandbox.wire().near()));
    command.addAll(
        List.of(
            Checkout.LAUNCHER.toString(),
            "--bpffs-path",
            sandbox.bpffs().toString(),
            "chain",
            "logs",
            "--name",
            chain));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new LogFollowing(process, out, err);
  }

  /** All that was printed. */
  String text() throws IOException {
    return Files.readString(out);
  }

  /** The sequence numbers of the echo requests and replies that were printed, in order. */
  List<Integer> sequences() throws IOException {
    List<Integer> sequences = new ArrayList<>();
    Matcher matcher = SEQUENCE.matcher(text());
    while (matcher.find()) {
      sequences.add(Integer.valueOf(matcher.group(1)));
    }
    return sequences;
  }

  /** Waits until what was printed is as expected. */
  String await(Predicate<String> expected) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!expected.test(text())) {
      assertThat(process.isAlive()).as(Files.readString(err)).isTrue();
      assertThat(System.nanoTime()).as(text()).isLessThan(deadline);
      Thread.sleep(10);
    }
    return text();
  }

  /** Sends a signal; returns the exit status. What went to standard error is nothing. */
  int end(String signal) throws IOException, InterruptedException {
    int status = endWarning(signal);
    assertThat(err).isEmptyFile();
    return status;
  }

  /** Sends a signal; returns the exit status. */
  int endWarning(String signal) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor())
        .isZero();
    return awaitEnd();
  }

  /** Waits for the end; returns the exit status. */
  int awaitEnd() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /** All that went to standard error. */
  String warnings() throws IOException {
    return Files.readString(err);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
