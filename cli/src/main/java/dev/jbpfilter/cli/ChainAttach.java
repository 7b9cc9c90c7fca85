package dev.jbpfilter.cli;

import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.HookOptionsBuilder;
import java.util.List;

/** {@code chain attach}. */
final class ChainAttach extends Command {
  ChainAttach() {
    super(
        "chain attach",
        "Attaches a loaded chain.",
        List.of(Option.NAME),
        List.of(Option.OPTION),
        List.of("bfcli chain attach --name web --option ifindex=2"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    String name = arguments.value(Option.NAME).orElseThrow();
    HookOptions options = hookOptions(arguments, session.settings().strict()).build();
    KernelAccess.run(
        session,
        "failed to attach chain '" + name + "'",
        bpfilter -> bpfilter.attachChain(name, options));
  }

  /** The hook options given so far; each was checked. */
  static HookOptionsBuilder hookOptions(Arguments arguments, boolean strict) {
    HookOptionsBuilder options = new HookOptionsBuilder(new KernelInterfaces(), strict);
    for (String item : arguments.all(Option.OPTION)) {
      options.add(item);
    }
    return options;
  }
}
