package dev.jbpfilter.cli;

import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Ruleset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The chains that a command is to look at: those of a text, of a file, or, if neither is named, the
 * running ones; of them all, or the one that {@code --name} names.
 */
final class ChosenChains {
  /** The options that choose; a command that has them takes one of the first two, or none. */
  static final List<Option> OPTIONS =
      List.of(Option.FROM_STR, Option.FROM_FILE, Option.NAME, Option.IFACE_MAP);

  private static final String NO_CHAINS = "there are no chains";

  private ChosenChains() {}

  /** The options that choose, and some others. */
  static List<Option> with(List<Option> others) {
    List<Option> all = new ArrayList<>(OPTIONS);
    all.addAll(others);
    return all;
  }

  /** What help says of an option here. */
  static String help(Option option) {
    return switch (option) {
      case FROM_STR -> "rules, as text; without it and --from-file, the running chains";
      case FROM_FILE ->
          "rules, from a file; - is standard input; without it and --from-str, the running chains";
      case NAME -> "only the chain of that name";
      default -> option.help();
    };
  }

  /**
   * Refuses rules from two places.
   *
   * @throws UsageException if they are
   */
  static void check(Arguments arguments, Command command) {
    if (arguments.has(Option.FROM_STR) && arguments.has(Option.FROM_FILE)) {
      throw command.error("option --from-str is incompatible with --from-file");
    }
  }

  /** Whether the chains are the running ones, so that the kernel has to be asked. */
  static boolean areRunning(Arguments arguments) {
    return !arguments.has(Option.FROM_STR) && !arguments.has(Option.FROM_FILE);
  }

  /**
   * The chains.
   *
   * @param rules where a text, file and interfaces are read
   * @param failure begins the last line when that fails
   * @throws CommandException if they can't be read or parsed, or there are none
   */
  static List<Chain> read(RuleSource rules, Session session, String failure) {
    Arguments arguments = rules.arguments();
    List<Chain> all =
        areRunning(arguments) ? KernelAccess.ruleset(session, failure).chains() : rules.all();
    Optional<String> name = arguments.value(Option.NAME);
    if (name.isPresent()) {
      return List.of(RuleSource.named(name.get(), new Ruleset(all)));
    }
    if (all.isEmpty()) {
      throw CommandException.of(Errno.ENOENT, NO_CHAINS);
    }
    return all;
  }
}
