package dev.jbpfilter.cli;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.Log;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.SetElements;
import dev.jbpfilter.ruleset.SetKey;
import dev.jbpfilter.ruleset.SetMatcher;
import dev.jbpfilter.ruleset.Verdict;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rule means: equal for rules that do the same in chains with the same named sets.
 *
 * @param matchers how often the rule has each, whatever their order
 */
record RuleIdentity(
    Map<Object, Integer> matchers,
    @Nullable Log log,
    boolean counter,
    @Nullable Long mark,
    Verdict verdict) {

  RuleIdentity {
    matchers = Map.copyOf(matchers);
  }

  /** A matcher with a set that has a name. */
  private record Named(SetKey key, boolean negated, String name) {}

  /** A matcher with a set of its own. */
  private record Anonymous(SetElements elements, boolean negated) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Anonymous that
          && negated == that.negated
          && elements.matchesLike(that.elements);
    }

    @Override
    public int hashCode() {
      return 31 * elements.matchHash() + Boolean.hashCode(negated);
    }
  }

  /** What {@code rule}, a rule of {@code chain}, means. */
  static RuleIdentity of(Chain chain, Rule rule) {
    Map<Object, Integer> matchers = new HashMap<>();
    for (Matcher matcher : rule.matchers()) {
      matchers.merge(identity(chain, matcher), 1, Integer::sum);
    }
    return new RuleIdentity(matchers, rule.log(), rule.counter(), rule.mark(), rule.verdict());
  }

  private static Object identity(Chain chain, Matcher matcher) {
    return switch (matcher) {
      case FieldMatcher field ->
          new FieldMatcher(
              field.type(), field.negated(), field.operator(), masked(field.payload()));
      case SetMatcher reference -> {
        FilterSet set = chain.set(reference);
        String name = set.name();
        yield name == null
            ? new Anonymous(set.elements(), reference.negated())
            : new Named(set.key(), reference.negated(), name);
      }
    };
  }

  /** Bits behind a prefix mean nothing. */
  private static Payload masked(Payload payload) {
    return switch (payload) {
      case Payload.Ipv4Network net ->
          new Payload.Ipv4Network(net.address() & net.mask(), net.prefixLength());
      case Payload.Ipv6Network net ->
          new Payload.Ipv6Network(
              net.high() & net.highMask(), net.low() & net.lowMask(), net.prefixLength());
      case Payload.Scalar _s -> payload;
      case Payload.Range _r -> payload;
      case Payload.Ipv4Address _a -> payload;
      case Payload.Ipv6Address _a -> payload;
      case Payload.Flags _f -> payload;
      case Payload.Percentage _p -> payload;
    };
  }
}
