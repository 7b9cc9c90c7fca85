package dev.jbpfilter.cli;

import dev.jbpfilter.loader.kernel.Errno;
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
        "Not in this version yet; the command fails.");
  }

  @Override
  List<Example> examples() {
    return List.of(new Example("Follow a chain", "bfcli chain logs --name web"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    throw CommandException.of(Errno.EOPNOTSUPP, "this version can't read logs yet");
  }
}
