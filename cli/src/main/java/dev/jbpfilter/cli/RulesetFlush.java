package dev.jbpfilter.cli;

import dev.jbpfilter.loader.Bpfilter;
import java.util.List;

/** {@code ruleset flush}. */
final class RulesetFlush extends Command {
  RulesetFlush() {
    super("ruleset flush", "Detaches and removes all chains.", List.of(), List.of());
  }

  @Override
  List<String> details() {
    return List.of("Nothing is filtered afterwards. That there is no chain is no error.");
  }

  @Override
  List<Example> examples() {
    return List.of(new Example("Stop filtering", "bfcli ruleset flush"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    KernelAccess.run(session, "failed to flush ruleset", Bpfilter::flush);
  }
}
