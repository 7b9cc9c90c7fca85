package dev.jbpfilter.cli;

import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.InterfaceNames;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.RulesPrinter;
import dev.jbpfilter.ruleset.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The text of all chains that {@code ruleset save} writes: rules that make the same chains on this
 * machine, also after it was started again.
 */
final class SavedRules {
  /** A line that says that there shall be no chain; without it, no chain is a mistake. */
  private static final String NO_CHAINS = "# no chains";

  private SavedRules() {}

  /** Whether {@code text} consists of comments and blank lines, among them {@link #NO_CHAINS}. */
  static boolean saysNoChains(String text) {
    boolean said = false;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      String content = line.strip();
      if (!content.isEmpty() && content.charAt(0) != '#') {
        return false;
      }
      said |= content.equals(NO_CHAINS);
    }
    return said;
  }

  /**
   * Refuses chains that can't be written. Warns of rules about interfaces that are not there, which
   * are written by index.
   *
   * @param names of interfaces; indexes are temporary
   * @throws CommandException if one can't be written
   */
  static void check(List<Chain> chains, InterfaceNames names, Console console) {
    checkWritable(chains);
    for (Chain chain : chains) {
      Integer ifindex = chain.options().ifindex();
      if (ifindex != null && names.inOption(ifindex).isEmpty()) {
        throw CommandException.of(
            Errno.ENOLINK,
            "chain '"
                + chain.name()
                + "' can't be saved: it is attached to interface "
                + ifindex
                + ", which has no name here that rules can say");
      }
    }
    for (Chain chain : chains) {
      for (long index : interfaces(chain)) {
        if (names.inRule(index).isEmpty()) {
          console.warning(
              "chain '"
                  + chain.name()
                  + "' tests or redirects to interface "
                  + index
                  + ", which has no name here that rules can say: the number is saved, and may be"
                  + " that of another interface after a restart");
        }
      }
    }
  }

  /**
   * Refuses chains that rules have no way to say.
   *
   * @throws CommandException if there is one
   */
  static void checkWritable(List<Chain> chains) {
    for (Chain chain : chains) {
      String refusal = RulesPrinter.refusal(chain).orElse(null);
      if (refusal != null) {
        throw CommandException.of(Errno.EINVAL, refusal);
      }
    }
  }

  /** The interfaces that the rules of {@code chain} are about. */
  private static Set<Long> interfaces(Chain chain) {
    Set<Long> indexes = new TreeSet<>();
    for (Rule rule : chain.rules()) {
      for (Matcher matcher : rule.matchers()) {
        if (matcher instanceof FieldMatcher field
            && field.type() == MatcherType.META_IFACE
            && field.payload() instanceof Payload.Scalar(long index)) {
          indexes.add(index);
        }
      }
      if (rule.verdict() instanceof Verdict.Redirect redirect) {
        indexes.add(redirect.ifindex());
      }
    }
    return indexes;
  }

  /** Writes {@code chains}, which were checked. */
  static void print(List<Chain> chains, InterfaceNames names, Appendable out) throws IOException {
    if (chains.isEmpty()) {
      out.append(NO_CHAINS + "\n");
    }
    for (Chain chain : chains) {
      RulesPrinter.print(chain, names, out);
    }
  }
}
