package dev.jbpfilter.cli;

import dev.jbpfilter.loader.Counter;
import dev.jbpfilter.loader.LoadedChain;
import dev.jbpfilter.loader.Observation;
import dev.jbpfilter.loader.ObservedChain;
import dev.jbpfilter.loader.kernel.ProgramInfo;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a chain did between two looks at it.
 *
 * @param observed the later look
 * @param rules those that count, in the order of the chain
 * @param policy what no rule decided
 * @param errors what could not be parsed
 * @param packets how many packets the chain counted between the looks: those that a rule with
 *     counter ended, those of the policy, and errors
 * @param runs how often the program ran, if the kernel measured that
 * @param runNanos how long these runs took
 */
record TopChain(
    ObservedChain observed,
    List<TopRow> rules,
    TopRow policy,
    TopRow errors,
    long packets,
    long runs,
    long runNanos) {
  private static final Counter ZERO = new Counter(0, 0);

  TopChain {
    rules = List.copyOf(rules);
  }

  Chain chain() {
    return observed.loaded().chain();
  }

  /**
   * All chains, by name.
   *
   * @param before the look before; null if this is the first one, in which nothing has grown
   */
  static List<TopChain> of(@Nullable Observation before, Observation now) {
    Map<String, ObservedChain> earlier = new HashMap<>();
    for (ObservedChain chain : (before == null ? now : before).chains()) {
      earlier.put(chain.name(), chain);
    }
    List<TopChain> chains = new ArrayList<>();
    for (ObservedChain chain : now.chains()) {
      chains.add(of(earlier.get(chain.name()), chain));
    }
    chains.sort(Comparator.comparing(chain -> chain.observed.name()));
    return chains;
  }

  /** A chain that was not there before, or began to count anew, has counted from zero. */
  private static TopChain of(@Nullable ObservedChain before, ObservedChain now) {
    LoadedChain old =
        before == null || before.counters() != now.counters() ? null : before.loaded();
    LoadedChain loaded = now.loaded();
    List<TopRow> rules = new ArrayList<>();
    long packets = 0;
    long most = 0;
    for (Rule rule : loaded.chain().rules()) {
      if (rule.counter()) {
        int index = rule.index();
        Counter total = loaded.rules().get(index);
        TopRow row =
            new TopRow(index, total, minus(total, old == null ? ZERO : old.rules().get(index)));
        rules.add(row);
        most = Math.max(most, row.growth().packets());
        if (rule.verdict() != Verdict.Basic.CONTINUE) {
          packets += row.growth().packets();
        }
      }
    }
    int count = loaded.rules().size();
    TopRow policy =
        new TopRow(
            count, loaded.policy(), minus(loaded.policy(), old == null ? ZERO : old.policy()));
    TopRow errors =
        new TopRow(
            count + 1, loaded.errors(), minus(loaded.errors(), old == null ? ZERO : old.errors()));
    packets += policy.growth().packets() + errors.growth().packets();
    ProgramInfo program = now.program();
    ProgramInfo earlier =
        before == null || before.program().id() != program.id() ? null : before.program();
    return new TopChain(
        now,
        rules,
        policy,
        errors,
        Math.max(most, packets),
        program.runCount() - (earlier == null ? 0 : earlier.runCount()),
        program.runTimeNanos() - (earlier == null ? 0 : earlier.runTimeNanos()));
  }

  private static Counter minus(Counter now, Counter before) {
    return new Counter(now.packets() - before.packets(), now.bytes() - before.bytes());
  }

  /** The part of the chain's packets that a row has, 0 to 1; NaN if there were none. */
  double share(TopRow row) {
    return packets == 0 ? Double.NaN : (double) row.growth().packets() / packets;
  }
}
