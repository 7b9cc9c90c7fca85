package dev.jbpfilter.cli;

import java.util.List;

/** {@code chain get}. */
final class ChainGet extends ListCommand {
  ChainGet() {
    super("chain get", "Lists a chain with its counters.", List.of(List.of(Option.NAME)));
  }

  @Override
  List<String> details() {
    return List.of(
        "The hook options in the first line tell where the chain is attached; without them it is"
            + " not.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example("List a chain", "bfcli chain get --name web"),
        new Example("Watch its counters", "watch -n 1 bfcli chain get --name web --no-set-content"),
        new Example(
            "Keep its rules, as they are now", "bfcli chain get --name web --format rules > kept"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    String name = arguments.value(Option.NAME).orElseThrow();
    ChainOutput.print(
        arguments,
        session,
        "failed to get chain '" + name + "'",
        bpfilter -> List.of(bpfilter.chain(name)));
  }
}
