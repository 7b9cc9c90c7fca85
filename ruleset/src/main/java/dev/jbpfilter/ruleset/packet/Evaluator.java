package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.Log;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.SetMatcher;
import dev.jbpfilter.ruleset.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  private static final int NONE = -1;

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
        List<Set<Protocol>> protocols = new ArrayList<>();
        for (Matcher matcher : rule.matchers()) {
          protocols.add(protocols(matcher));
        }
        rules.add(new EnabledRule(rule, protocols));
      }
    }
  }

  /** The protocols that a packet must carry for a matcher to hold, negated or not. */
  private Set<Protocol> protocols(Matcher matcher) {
    Set<Protocol> protocols = EnumSet.noneOf(Protocol.class);
    for (MatcherType type : chain.types(matcher)) {
      type.protocol().ifPresent(protocols::add);
    }
    return protocols;
  }

  /** A rule that can match, and what each of its matchers needs. */
  private record EnabledRule(Rule rule, List<Set<Protocol>> protocols) {}

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
    return evaluate(packet, null);
  }

  /**
   * What the chain does with {@code packet}, and why: an {@link #evaluate(PacketInput) evaluation}
   * that tells of each rule.
   */
  public Trace trace(PacketInput packet) {
    List<Trace.Step> steps = new ArrayList<>();
    return new Trace(evaluate(packet, steps), steps);
  }

  private Evaluation evaluate(PacketInput packet, @Nullable List<Trace.Step> steps) {
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
    return evaluate(new PacketSubject(packet, headers.get(), size), steps);
  }

  /**
   * What the chain does with {@code call}.
   *
   * @throws IllegalArgumentException if the chain's hook sees packets, or calls of another family,
   *     or calls with a source address where there is none, or the other way round
   */
  public Evaluation evaluate(SocketCall call) {
    return evaluate(call, null);
  }

  /**
   * What the chain does with {@code call}, and why: an {@link #evaluate(SocketCall) evaluation}
   * that tells of each rule.
   */
  public Trace trace(SocketCall call) {
    List<Trace.Step> steps = new ArrayList<>();
    return new Trace(evaluate(call, steps), steps);
  }

  private Evaluation evaluate(SocketCall call, @Nullable List<Trace.Step> steps) {
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
    return evaluate(new SocketSubject(call), steps);
  }

  private Evaluation evaluate(Subject subject, @Nullable List<Trace.Step> steps) {
    Conditions conditions = new Conditions(subject, environment);
    List<Integer> matched = new ArrayList<>();
    List<Integer> counted = new ArrayList<>();
    List<LogEntry> log = new ArrayList<>();
    Verdict verdict = Verdict.Basic.CONTINUE;
    for (EnabledRule enabled : rules) {
      Rule rule = enabled.rule();
      int missed = firstMissed(enabled, subject, conditions);
      if (missed != NONE) {
        if (steps != null) {
          addDisabled(rule.index(), steps);
          steps.add(missed(enabled, missed, subject, conditions));
        }
        continue;
      }
      matched.add(rule.index());
      Long mark = rule.mark();
      if (mark != null) {
        conditions.mark(mark);
      }
      boolean logged = log(rule, subject, log);
      if (steps != null) {
        addDisabled(rule.index(), steps);
        steps.add(new Trace.Matched(rule.index(), logged));
      }
      if (rule.counter()) {
        counted.add(rule.index());
      }
      verdict = rule.verdict();
      if (verdict.isTerminal()) {
        break;
      }
    }
    boolean undecided = !verdict.isTerminal();
    if (steps != null && undecided) {
      addDisabled(chain.rules().size(), steps);
    }
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

  /** The position of the first matcher that does not hold; {@link #NONE} if all do. */
  private int firstMissed(EnabledRule enabled, Subject subject, Conditions conditions) {
    List<Matcher> matchers = enabled.rule().matchers();
    for (int i = 0; i < matchers.size(); i++) {
      if (absent(enabled.protocols().get(i), subject) != null
          || !holds(matchers.get(i), conditions)) {
        return i;
      }
    }
    return NONE;
  }

  private static @Nullable Protocol absent(Set<Protocol> protocols, Subject subject) {
    for (Protocol protocol : protocols) {
      if (!subject.has(protocol)) {
        return protocol;
      }
    }
    return null;
  }

  private boolean holds(Matcher matcher, Conditions conditions) {
    return switch (matcher) {
      case FieldMatcher field -> conditions.holds(field);
      case SetMatcher reference ->
          reference.negated()
              != sets.get(reference.set()).contains(conditions.lookup(chain.set(reference).key()));
    };
  }

  private Trace.Missed missed(
      EnabledRule enabled, int position, Subject subject, Conditions conditions) {
    Matcher matcher = enabled.rule().matchers().get(position);
    Protocol absent = absent(enabled.protocols().get(position), subject);
    List<Payload> actual =
        absent != null
            ? List.of()
            : switch (matcher) {
              case FieldMatcher field -> conditions.actual(field);
              case SetMatcher reference -> conditions.lookup(chain.set(reference).key());
            };
    return new Trace.Missed(enabled.rule().index(), position, absent, actual);
  }

  /** Adds steps for the rules that can never match, from the last step on to a rule. */
  private void addDisabled(int end, List<Trace.Step> steps) {
    for (int i = steps.size(); i < end; i++) {
      Rule rule = chain.rules().get(i);
      steps.add(new Trace.Disabled(i, chain.disabledReason(rule).orElseThrow()));
    }
  }

  /** Logs, if the rule does. Returns whether it did. */
  private boolean log(Rule rule, Subject subject, List<LogEntry> entries) {
    Log log = rule.log();
    if (log == null) {
      return false;
    }
    if (log.intervalNanos() != 0) {
      long now = environment.nanoTime();
      long elapsed = now - lastLogged[rule.index()];
      if (Long.compareUnsigned(elapsed, log.intervalNanos()) < 0) {
        return false;
      }
      lastLogged[rule.index()] = now;
    }
    WireBytes record = subject.logRecord(rule, log.headers() & ALL_HEADERS);
    entries.add(new LogEntry(rule.index(), rule.verdict(), record));
    return true;
  }
}
