package dev.jbpfilter.cli;

import dev.jbpfilter.loader.Observation;
import java.io.IOException;
import java.util.List;

/** {@code metrics}: the state of all chains for Prometheus. */
final class Metrics extends Command {
  Metrics() {
    super(
        "metrics",
        "Prints counters and sizes of all chains, for Prometheus.",
        List.of(),
        List.of(Option.OUTPUT));
  }

  @Override
  List<String> details() {
    return List.of(
        "The text has the format that Prometheus scrapes. With --output, it goes to a file, which is"
            + " replaced as a whole: for the textfile collector of node_exporter, in a directory"
            + " that it reads, with a name that ends in .prom. doc/observe.md shows a timer for"
            + " systemd.",
        "There is a series for each rule with counter. Rules are named by their index; a change of"
            + " the rules starts the counters anew.",
        "Run times are there once the kernel measures them, which sysctl kernel.bpf_stats_enabled=1"
            + " makes it do.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example("Print metrics", "bfcli metrics"),
        new Example(
            "Hand them to node_exporter",
            "bfcli metrics --output /var/lib/prometheus/node-exporter/bfcli.prom"));
  }

  @Override
  String help(Option option) {
    return option == Option.OUTPUT
        ? "file that is replaced by the metrics; default: standard output"
        : super.help(option);
  }

  @Override
  void run(Arguments arguments, Session session) {
    KernelAccess.run(
        session,
        "failed to read metrics",
        bpfilter -> {
          Observation observation = bpfilter.observer().observe();
          for (String chain : observation.unreadable()) {
            session.console().warning("chain '" + chain + "' cannot be read");
          }
          write(observation, arguments, session.console());
        });
  }

  private static void write(Observation observation, Arguments arguments, Console console) {
    String file = arguments.value(Option.OUTPUT).orElse(null);
    if (file != null) {
      SafeFile.writeForAll(file, out -> MetricsText.write(observation, Main.VERSION, out));
      return;
    }
    try {
      MetricsText.write(observation, Main.VERSION, console.out());
    } catch (IOException e) {
      // A print stream keeps its failures.
      throw new IllegalStateException(e);
    }
  }
}
