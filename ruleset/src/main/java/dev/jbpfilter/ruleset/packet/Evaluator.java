package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.Log;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.SetMatcher;
import dev.jbpfilter.ruleset.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The meaning of a chain, executed directly: rules one after another, each by itself, nothing
 * reordered. Compiled programs must agree with it on every packet, counter, mark and log entry.
 *
 * <pre>{@code
 * Evaluation result = Evaluator.of(chain).evaluate(PacketInput.ofFrame(frame));
 * }</pre>
 *
 * <p>An evaluator remembers when rate-limited rules last logged, as a loaded chain does; it is not
 * safe for use by several threads at once.
 */
public final class Evaluator {
  private final Chain chain;
  private final Environment environment;
  private final Needs needs;
  private final List<SetMembers> sets = new ArrayList<>();
  private final List<EnabledRule> rules = new ArrayList<>();
  private final long[] lastLogged;

  private Evaluator(Chain chain, Environment environment) {
    this.chain = chain;
    this.environment = environment;
    this.needs = Needs.of(chain);
    this.lastLogged = new long[chain.rules().size()];
    for (FilterSet set : chain.sets()) {
      sets.add(new SetMembers(set));
    }
    for (Rule rule : chain.rules()) {
      if (chain.isEnabled(rule)) {
        rules.add(new EnabledRule(rule, chain.protocols(rule)));
      }
    }
  }

  /** A rule that can match, and the protocols that a packet must carry for that. */
  private record EnabledRule(Rule rule, Set<Protocol> protocols) {}

  /**
   * An evaluator of {@code chain} with real randomness and time.
   *
   * @throws UnsupportedOperationException if the chain's hook sees socket calls, not packets
   */
  public static Evaluator of(Chain chain) {
    return of(chain, Environment.system());
  }

  /**
   * An evaluator of {@code chain}.
   *
   * @throws UnsupportedOperationException if the chain's hook sees socket calls, not packets
   */
  public static Evaluator of(Chain chain, Environment environment) {
    if (!chain.hook().flavor().seesPackets()) {
      throw new UnsupportedOperationException(
          chain.hook().keyword() + " chains see no packets and can't be evaluated");
    }
    return new Evaluator(chain, environment);
  }

  /**
   * What the chain does with {@code packet}.
   *
   * @throws IllegalArgumentException if the packet has a link header and the chain's hook sees
   *     none, or the other way round
   */
  public Evaluation evaluate(PacketInput packet) {
    if (packet.hasLinkHeader() != chain.hook().flavor().hasLinkHeader()) {
      throw new IllegalArgumentException(
          chain.hook().keyword()
              + " chains see packets "
              + (packet.hasLinkHeader() ? "without" : "with")
              + " link header");
    }
    // Sizes are comparable between hooks: those that see no Ethernet header count it all the same.
    long size = (long) packet.length() + (packet.hasLinkHeader() ? 0 : Headers.ETHERNET_SIZE);
    Optional<Headers> headers = Headers.parse(packet, needs);
    Verdict policy = chain.policy().verdict();
    if (headers.isEmpty()) {
      return new Evaluation(
          policy, List.of(), List.of(), false, true, size, packet.mark(), List.of());
    }
    Conditions conditions = new Conditions(packet, headers.get(), environment);
    List<Integer> matched = new ArrayList<>();
    List<Integer> counted = new ArrayList<>();
    List<LogEntry> log = new ArrayList<>();
    Verdict verdict = Verdict.Basic.CONTINUE;
    for (EnabledRule enabled : rules) {
      if (!matches(enabled, headers.get(), conditions)) {
        continue;
      }
      Rule rule = enabled.rule();
      matched.add(rule.index());
      Long mark = rule.mark();
      if (mark != null) {
        conditions.mark(mark);
      }
      log(rule, log);
      if (rule.counter()) {
        counted.add(rule.index());
      }
      verdict = rule.verdict();
      if (verdict.isTerminal()) {
        break;
      }
    }
    boolean undecided = !verdict.isTerminal();
    return new Evaluation(
        undecided ? policy : verdict,
        matched,
        counted,
        undecided,
        false,
        size,
        conditions.mark(),
        log);
  }

  private boolean matches(EnabledRule enabled, Headers headers, Conditions conditions) {
    for (Protocol protocol : enabled.protocols()) {
      if (!headers.has(protocol)) {
        return false;
      }
    }
    for (Matcher matcher : enabled.rule().matchers()) {
      boolean holds =
          switch (matcher) {
            case FieldMatcher field -> conditions.holds(field);
            case SetMatcher reference ->
                reference.negated()
                    != sets.get(reference.set())
                        .contains(conditions.lookup(chain.set(reference).key()));
          };
      if (!holds) {
        return false;
      }
    }
    return true;
  }

  private void log(Rule rule, List<LogEntry> entries) {
    Log log = rule.log();
    if (log == null) {
      return;
    }
    if (log.intervalNanos() != 0) {
      long now = environment.nanoTime();
      long elapsed = now - lastLogged[rule.index()];
      if (Long.compareUnsigned(elapsed, log.intervalNanos()) < 0) {
        return;
      }
      lastLogged[rule.index()] = now;
    }
    entries.add(new LogEntry(rule.index(), rule.verdict()));
  }
}
