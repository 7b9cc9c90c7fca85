package dev.jbpfilter.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * bfcli as long as it does not touch the machine: rules are tried in a dry run, and of what else
 * uses the kernel only the words are checked. To lists of rules it has one to give.
 */
final class Rehearsal {
  private Rehearsal() {}

  /** Runs the command line and exits with its status. */
  public static void main(String[] args) {
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    Console console = new Console(System.in, System.out, err, false);
    List<String> words = new ArrayList<>(List.of(args));
    try {
      if (new CommandParser(console).parse(words) instanceof Invocation.Run run
          && run.command().usesSettings(run.arguments())) {
        if (!(run.command() instanceof RuleCommand)) {
          if (run.arguments().value(Option.FORMAT).orElse("").equals("rules")) {
            System.out.println("chain web BF_HOOK_XDP ACCEPT");
          }
          return;
        }
        int confirm = words.indexOf(Option.CONFIRM.text());
        if (confirm >= 0) {
          // A dry run has nothing to confirm.
          words.subList(confirm, confirm + 2).clear();
        }
        words.add(Option.DRY_RUN.text());
      }
    } catch (UsageException e) {
      // The run will say it.
    }
    System.exit(Main.run(words, console, Map.of()));
  }
}
