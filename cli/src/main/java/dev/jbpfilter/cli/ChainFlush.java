package dev.jbpfilter.cli;

import java.util.List;

/** {@code chain flush}. */
final class ChainFlush extends Command {
  ChainFlush() {
    super(
        "chain flush",
        "Detaches and removes a chain.",
        List.of(Option.NAME),
        List.of(),
        List.of("bfcli chain flush --name web"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    String name = arguments.value(Option.NAME).orElseThrow();
    KernelAccess.run(
        session, "failed to flush chain '" + name + "'", bpfilter -> bpfilter.flushChain(name));
  }
}
