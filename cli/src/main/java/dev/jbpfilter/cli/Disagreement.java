package dev.jbpfilter.cli;

import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.RulesPrinter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The program of a chain does not what its rules mean: a defect of ours. */
final class Disagreement {
  private Disagreement() {}

  /** How a command ends that found one; leaves behind a file to see it again. */
  static CommandException of(Chain chain, String packet, String what) {
    String found =
        "the program of chain '" + chain.name() + "' is wrong for " + packet + "\n" + what;
    String report = "please report this defect, do not load the chain";
    try {
      Path file = Files.createTempFile("bfcli-", ".rules");
      StringBuilder text = new StringBuilder();
      for (String line : (found + "\nbfcli " + Main.VERSION).split("\n", -1)) {
        text.append("# ").append(line).append('\n');
      }
      RulesPrinter.print(chain, text);
      Files.writeString(file, text);
      return new CommandException(
          Errno.EIO, List.of(found, report + "; what is needed for that is in " + file));
    } catch (IOException e) {
      return new CommandException(Errno.EIO, List.of(found, report));
    }
  }
}
