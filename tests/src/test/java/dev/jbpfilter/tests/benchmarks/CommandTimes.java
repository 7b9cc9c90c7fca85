package dev.jbpfilter.tests.benchmarks;

import dev.jbpfilter.loader.testing.PrivateBpffs;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.tests.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Times {@code bfcli chain set} from the start of its process to its end, in a private bpffs. */
final class CommandTimes {
  private static final int TIMES = 5;
  private static final int POLL_MILLIS = 2;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double KIBIBYTES_PER_MEGABYTE = 1e6 / 1024;

  private CommandTimes() {}

  /**
   * Loads the chain of a row a few times, each time where there is none.
   *
   * @throws IOException if the command fails; the message is what it printed, or why it can't be
   *     run
   */
  static Figures.Command measure(BenchmarkCase row) throws IOException, InterruptedException {
    Optional<String> reasonToSkip = Checkout.reasonToSkip();
    if (reasonToSkip.isPresent()) {
      throw new IOException(reasonToSkip.get());
    }
    Path rules = Files.createTempFile("benchmark", ".rules");
    Path output = Files.createTempFile("benchmark", ".out");
    try {
      Files.writeString(rules, row.workload().get().text(Hook.XDP));
      double[] millis = new double[TIMES];
      double peak = 0;
      for (int i = 0; i < TIMES; i++) {
        try (PrivateBpffs bpffs = new PrivateBpffs()) {
          List<String> command = new ArrayList<>(List.of(Checkout.LAUNCHER.toString()));
          command.addAll(List.of("--bpffs-path", bpffs.path()));
          command.addAll(List.of("chain", "set", "--from-file", rules.toString()));
          long start = System.nanoTime();
          Process process =
              new ProcessBuilder(command)
                  .redirectErrorStream(true)
                  .redirectOutput(output.toFile())
                  .start();
          process.getOutputStream().close();
          peak = Math.max(peak, peakMegabytes(process));
          int status = process.waitFor();
          millis[i] = (System.nanoTime() - start) / NANOS_PER_MILLI;
          if (status != 0) {
            throw new IOException(Files.readString(output).strip());
          }
        }
      }
      return new Figures.Command(Spread.of(millis), peak);
    } finally {
      Files.delete(rules);
      Files.delete(output);
    }
  }

  /**
   * Watches the high-water mark of a process' memory until it ends. What it takes in its last two
   * milliseconds may be missing.
   */
  private static double peakMegabytes(Process process) throws InterruptedException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    double peak = 0;
    while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      try {
        for (String line : Files.readAllLines(status)) {
          if (line.startsWith("VmHWM:")) {
            String kibibytes = line.substring(6, line.length() - 3).strip();
            peak = Long.parseLong(kibibytes) / KIBIBYTES_PER_MEGABYTE;
          }
        }
      } catch (IOException e) {
        // It has just ended.
      }
    }
    return peak;
  }
}
