package dev.jbpfilter.cli;

import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.ruleset.Chain;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A command about the whole ruleset and the file that has it, or is to have it. */
abstract class RulesFileCommand extends Command {
  RulesFileCommand(String name, String purpose) {
    super(name, purpose, List.of(), List.of(Option.IFACE_MAP));
  }

  @Override
  Operand operand() {
    return new Operand(Value.FILE, "rules, of all chains; - is standard input");
  }

  /**
   * The chains of the file, of which no two may have one name.
   *
   * @param failure begins the last line when it can't be read or parsed
   * @throws CommandException if it can't be read or parsed, or two chains have one name
   */
  static List<Chain> chains(Arguments arguments, Session session, String failure) {
    List<Chain> chains = new RuleSource(arguments, session, failure).allOrNone();
    Set<String> names = new HashSet<>();
    for (Chain chain : chains) {
      if (!names.add(chain.name())) {
        throw CommandException.of(Errno.EEXIST, "chain '" + chain.name() + "' is defined twice");
      }
    }
    return chains;
  }
}
