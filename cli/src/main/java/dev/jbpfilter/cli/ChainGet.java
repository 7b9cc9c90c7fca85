package dev.jbpfilter.cli;

import java.util.List;

/** {@code chain get}. */
final class ChainGet extends Command {
  ChainGet() {
    super(
        "chain get",
        "Lists a chain with its counters.",
        List.of(Option.NAME),
        List.of(Option.NO_SET_CONTENT, Option.FORMAT),
        List.of("bfcli chain get --name web", "bfcli chain get --name web --format json"));
  }

  @Override
  void check(Arguments arguments) {
    super.check(arguments);
    ChainOutput.check(this, arguments);
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
