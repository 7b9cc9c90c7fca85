package dev.jbpfilter.cli;

import java.util.List;

/** {@code chain logs}. */
final class ChainLogs extends Command {
  ChainLogs() {
    super(
        "chain logs",
        "Prints what the log rules of a chain log, until interrupted.",
        List.of(List.of(Option.NAME)),
        List.of());
  }

  @Override
  List<String> details() {
    return List.of(
        "Entries that nobody has read yet come first. Each is printed once: two readers share"
            + " them.",
        "The log is that of the chain as it is now. After the chain was replaced or updated,"
            + " nothing new comes.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example("Follow a chain", "bfcli chain logs --name web"),
        new Example("Keep the log", "bfcli chain logs --name web >> web.log"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    String name = arguments.value(Option.NAME).orElseThrow();
    Console console = session.console();
    KernelAccess.run(
        session,
        "failed to request '" + name + "' logs buffer FD",
        bpfilter -> LogFollower.follow(bpfilter, name, console));
  }
}
