package dev.jbpfilter.cli;

import dev.jbpfilter.ruleset.Chain;
import java.util.List;

/** {@code ruleset check}. */
final class RulesetCheck extends RulesFileCommand {
  RulesetCheck() {
    super("ruleset check", "Checks the rules of a file, changing nothing.", Compilation.OPTIONS);
  }

  @Override
  List<String> details() {
    return List.of(
        "Compiles every chain, and lets the kernel's verifier judge the programs; nothing is"
            + " attached. Without the privilege to ask it, or without a BPF file system, a message"
            + " says that it was not asked, and why; that is no failure.",
        "What is not checked is whether the hooks are free, and whether cgroups exist.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example("Check a file before it is restored", "bfcli ruleset check saved.rules"),
        new Example(
            "Restore it only if it is right",
            "bfcli ruleset check web.rules && bfcli ruleset restore web.rules"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    List<Chain> chains = chains(arguments, session, "failed to check ruleset");
    String obstacle = KernelCheck.verify(chains, session).orElse(null);
    String count =
        chains.size() == 1 ? "1 chain is valid; " : chains.size() + " chains are valid; ";
    session
        .console()
        .info(
            count
                + (obstacle == null
                    ? "verified in the kernel"
                    : "not verified in the kernel: " + obstacle));
  }
}
