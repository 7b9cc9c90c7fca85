package dev.jbpfilter.cli;

import java.util.List;

/** {@code chain flush}. */
final class ChainFlush extends Command {
  ChainFlush() {
    super("chain flush", "Detaches and removes a chain.", List.of(List.of(Option.NAME)), List.of());
  }

  @Override
  List<String> details() {
    return List.of("Its hook is open at once, and its counters are gone.");
  }

  @Override
  List<Example> examples() {
    return List.of(new Example("Remove a chain", "bfcli chain flush --name web"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    String name = arguments.value(Option.NAME).orElseThrow();
    KernelAccess.run(
        session, "failed to flush chain '" + name + "'", bpfilter -> bpfilter.flushChain(name));
  }
}
