package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.Log;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.Payload;
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
  /** What a record says of a bare {@code log}. */
  private static final int ALL_HEADERS = 0xf;

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

  /** An evaluator of {@code chain} with real randomness and time. */
  public static Evaluator of(Chain chain) {
    return of(chain, Environment.system());
  }

  /** An evaluator of {@code chain}. */
  public static Evaluator of(Chain chain, Environment environment) {
    return new Evaluator(chain, environment);
  }

  /**
   * What the chain does with {@code packet}.
   *
   * @throws IllegalArgumentException if the packet has a link header and the chain's hook sees
   *     none, or the other way round, or the hook sees socket calls
   */
  public Evaluation evaluate(PacketInput packet) {
    Flavor flavor = chain.hook().flavor();
    if (!flavor.seesPackets() || packet.hasLinkHeader() != flavor.hasLinkHeader()) {
      throw new IllegalArgumentException(
          chain.hook().keyword()
              + (flavor.seesPackets()
                  ? " chains see packets "
                      + (packet.hasLinkHeader() ? "without" : "with")
                      + " link header"
                  : " chains see socket calls, not packets"));
    }
    // Sizes are comparable between hooks: those that see no Ethernet header count it all the same.
    long size = (long) packet.length() + (packet.hasLinkHeader() ? 0 : Headers.ETHERNET_SIZE);
    Optional<Headers> headers = Headers.parse(packet, needs);
    if (headers.isEmpty()) {
      return new Evaluation(
          chain.policy().verdict(),
          List.of(),
          List.of(),
          false,
          true,
          size,
          packet.mark(),
          List.of());
    }
    return evaluate(new PacketSubject(packet, headers.get(), size));
  }

  /**
   * What the chain does with {@code call}.
   *
   * @throws IllegalArgumentException if the chain's hook sees packets, or calls of another family,
   *     or calls with a source address where there is none, or the other way round
   */
  public Evaluation evaluate(SocketCall call) {
    Hook hook = chain.hook();
    boolean version4 = SocketSubject.family(call) == Protocol.IPV4;
    boolean fits =
        switch (hook) {
          case CGROUP_SOCK_ADDR_CONNECT4 -> version4 && call.source().isEmpty();
          case CGROUP_SOCK_ADDR_CONNECT6 -> !version4 && call.source().isEmpty();
          case CGROUP_SOCK_ADDR_SENDMSG4 ->
              version4 && call.source().orElse(null) instanceof Payload.Ipv4Address;
          case CGROUP_SOCK_ADDR_SENDMSG6 ->
              !version4 && call.source().orElse(null) instanceof Payload.Ipv6Address;
          default -> false;
        };
    if (!fits) {
      throw new IllegalArgumentException(hook.keyword() + " chains see no call " + call);
    }
    return evaluate(new SocketSubject(call));
  }

  private Evaluation evaluate(Subject subject) {
    Conditions conditions = new Conditions(subject, environment);
    List<Integer> matched = new ArrayList<>();
    List<Integer> counted = new ArrayList<>();
    List<LogEntry> log = new ArrayList<>();
    Verdict verdict = Verdict.Basic.CONTINUE;
    for (EnabledRule enabled : rules) {
      if (!matches(enabled, subject, conditions)) {
        continue;
      }
      Rule rule = enabled.rule();
      matched.add(rule.index());
      Long mark = rule.mark();
      if (mark != null) {
        conditions.mark(mark);
      }
      log(rule, subject, log);
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
        undecided ? chain.policy().verdict() : verdict,
        matched,
        counted,
        undecided,
        false,
        subject.size(),
        conditions.mark(),
        log);
  }

  private boolean matches(EnabledRule enabled, Subject subject, Conditions conditions) {
    for (Protocol protocol : enabled.protocols()) {
      if (!subject.has(protocol)) {
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

  private void log(Rule rule, Subject subject, List<LogEntry> entries) {
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
    WireBytes record = subject.logRecord(rule, log.headers() & ALL_HEADERS);
    entries.add(new LogEntry(rule.index(), rule.verdict(), record));
  }
}
