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
        List.of(List.of(Option.NAME)),
        List.of(Option.OPTION));
  }

  @Override
  List<String> details() {
    return List.of(
        "Which option a chain needs depends on its hook: ifindex (an interface) for BF_HOOK_XDP and"
            + " BF_HOOK_TC_*, priorities (two numbers, A-B) for BF_HOOK_NF_*, cgpath (a cgroup v2"
            + " directory) for BF_HOOK_CGROUP_*.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example(
            "Attach a chain to the interface with the index 2",
            "bfcli chain attach --name web --option ifindex=2"),
        new Example(
            "Attach a chain to a cgroup",
            "bfcli chain attach -n outgoing -o cgpath=/sys/fs/cgroup/system.slice"));
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
