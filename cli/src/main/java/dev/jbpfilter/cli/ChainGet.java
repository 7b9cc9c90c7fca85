package dev.jbpfilter.cli;

import java.util.List;

/** {@code chain get}. */
final class ChainGet extends Command {
  ChainGet() {
    super(
        "chain get",
        "Lists a chain with its counters.",
        List.of(Option.NAME),
        List.of(Option.NO_SET_CONTENT),
        List.of("bfcli chain get --name web"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    String name = arguments.value(Option.NAME).orElseThrow();
    boolean setContent = !arguments.has(Option.NO_SET_CONTENT);
    KernelAccess.run(
        session,
        "failed to get chain '" + name + "'",
        bpfilter ->
            KernelAccess.list(session.console(), List.of(bpfilter.chain(name)), setContent));
  }
}
