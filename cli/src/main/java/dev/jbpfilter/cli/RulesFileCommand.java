package dev.jbpfilter.cli;

import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.ruleset.Chain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A command about the whole ruleset and the file that has it, or is to have it. */
abstract class RulesFileCommand extends Command {
  RulesFileCommand(String name, String purpose) {
    this(name, purpose, List.of());
  }

  /**
   * @param own the options that only this command has
   */
  RulesFileCommand(String name, String purpose, List<Option> own) {
    super(name, purpose, List.of(), withInterfaceMap(own));
  }

  private static List<Option> withInterfaceMap(List<Option> own) {
    List<Option> all = new ArrayList<>(own);
    all.add(Option.IFACE_MAP);
    return all;
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
