package dev.jbpfilter.cli;

import dev.jbpfilter.loader.RunningRuleset;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.InterfaceNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** {@code ruleset save}. */
final class RulesetSave extends Command {
  private static final String STANDARD_OUTPUT = "-";

  RulesetSave() {
    super("ruleset save", "Writes the rules of all chains to a file.", List.of(), List.of());
  }

  @Override
  Operand operand() {
    return new Operand(Value.FILE, "where to write; - is standard output");
  }

  @Override
  List<String> details() {
    return List.of(
        "ruleset restore makes the same chains of the file, in the same order; counters are not"
            + " saved. Interfaces are written by name, because their indexes change when the"
            + " machine starts again; with --strict by index, as bpfilter needs it.",
        "The file is replaced as a whole or not at all, and keeps its mode; a new one is for its"
            + " owner alone. Nothing is written if there is a chain that can't be saved: one that"
            + " is damaged or made by another tool, that is attached to an interface that is gone,"
            + " in another network namespace, or to a cgroup whose path rules have no way to say. A"
            + " file that lacks a chain"
            + " would leave its hook open when it is restored.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example("Save all chains", "bfcli ruleset save saved.rules"),
        new Example("Look at what would be saved", "bfcli ruleset save -"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    RunningRuleset running = KernelAccess.ruleset(session, "failed to save ruleset");
    checkComplete(running);
    boolean strict = session.settings().strict();
    InterfaceNames names =
        strict ? InterfaceNames.none() : new InterfaceNames(new KernelInterfaces());
    List<Chain> chains = running.chains();
    if (strict) {
      SavedRules.checkWritable(chains);
    } else {
      SavedRules.check(chains, names, session.console());
    }
    String file = arguments.operand().orElseThrow();
    if (!file.equals(STANDARD_OUTPUT)) {
      SafeFile.write(file, out -> SavedRules.print(chains, names, out));
      return;
    }
    try {
      SavedRules.print(chains, names, session.console().out());
    } catch (IOException e) {
      // Print streams keep their failures to themselves until the end.
      throw new UncheckedIOException(e);
    }
  }

  private static void checkComplete(RunningRuleset running) {
    if (!running.unreadable().isEmpty()) {
      throw refusal(
          Errno.EIO,
          "chains can't be read: " + String.join(", ", running.unreadable()),
          "remove them with 'bfcli chain flush --name NAME'");
    }
    if (!running.elsewhere().isEmpty()) {
      throw refusal(
          Errno.ENOLINK,
          "chains are attached in another network namespace: "
              + String.join(", ", running.elsewhere()),
          "save them there, and give each namespace a BPF file system of its own");
    }
  }

  private static CommandException refusal(int errno, String cause, String hint) {
    String message = CommandException.withError("nothing saved, because " + cause, errno);
    return new CommandException(errno, List.of(message + CommandException.HINT + hint));
  }
}
