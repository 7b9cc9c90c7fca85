package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Builds a chain as its text is written: name, hook, hook options, policy, then sets and rules.
 *
 * <pre>{@code
 * Chain ssh =
 *     Chain.named("ssh")
 *         .hook(Hook.XDP)
 *         .ifindex(2)
 *         .policy(Policy.ACCEPT)
 *         .set("admins", IP4_SADDR, "192.0.2.1", "192.0.2.7")
 *         .rule(match(TCP_DPORT.eq(22), IP4_SADDR.not().inSet("admins")).counter().drop())
 *         .build();
 * }</pre>
 *
 * <p>Every method refuses what the parser refuses, with an IllegalArgumentException that says what
 * the parser says, and leaves the builder as it was. Builders are not safe for use by several
 * threads.
 */
public final class ChainBuilder {
  private final String name;
  private final Hook hook;
  private final HookOptions options;
  private final Policy policy;
  private final ChainSets sets = new ChainSets(new Reporter());
  private final List<Rule> rules = new ArrayList<>();
  private final ChainChecks checks;

  private ChainBuilder(String name, Hook hook, HookOptions options, Policy policy) {
    this.name = name;
    this.hook = hook;
    this.options = options;
    this.policy = policy;
    this.checks = new ChainChecks(hook, options, sets.all());
  }

  /** A builder with the header and the named sets of {@code chain}, and no rules. */
  static ChainBuilder withoutRules(Chain chain) {
    ChainBuilder builder =
        new ChainBuilder(chain.name(), chain.hook(), chain.options(), chain.policy());
    for (FilterSet set : chain.sets()) {
      set.optionalName().ifPresent(name -> builder.set(name, set.elements()));
    }
    return builder;
  }

  /** A chain that has a name only. */
  public static final class Named {
    private final String name;

    Named(String name) {
      Words.checkChainName(name);
      this.name = name;
    }

    /** Where the chain runs. */
    public Hooked hook(Hook hook) {
      return new Hooked(name, hook, HookOptions.NONE);
    }
  }

  /**
   * A chain with name and hook. It is attached if an option says where to, and loaded only
   * otherwise. Each method refuses options that are not for chains of the hook.
   */
  public static final class Hooked {
    private final String name;
    private final Hook hook;
    private final HookOptions options;

    private Hooked(String name, Hook hook, HookOptions options) {
      this.name = name;
      this.hook = hook;
      this.options = options;
    }

    /**
     * {@code ifindex=N}: the interface of an XDP or TC chain.
     *
     * @param index up to 2^31-1
     */
    public Hooked ifindex(long index) {
      return option("ifindex=" + index);
    }

    /** {@code cgpath=PATH}: the directory of a cgroup v2, for a chain of a cgroup hook. */
    public Hooked cgpath(String path) {
      return option("cgpath=" + path);
    }

    /**
     * {@code priorities=A-B}: the priorities of a Netfilter chain.
     *
     * @param active the first in use, 1 to 2^31-1
     * @param spare what atomic replacement takes instead
     */
    public Hooked priorities(int active, int spare) {
      return option("priorities=" + active + "-" + spare);
    }

    /** All hook options at once; those given before are forgotten. */
    public Hooked options(HookOptions others) {
      if (!others.isEmpty()) {
        others
            .incompatibility(hook)
            .ifPresent(why -> {
              throw Check.refusal(HookOptionsBuilder.diagnostic(why, Span.NONE));
            });
      }
      return new Hooked(name, hook, others);
    }

    /** What happens to packets that no rule decides. */
    public ChainBuilder policy(Policy policy) {
      return new ChainBuilder(name, hook, options, policy);
    }

    private Hooked option(String text) {
      HookOptionsBuilder builder = new HookOptionsBuilder();
      builder
          .add(text)
          .ifPresent(error -> {
            throw Check.refusal(error);
          });
      return options(builder.build());
    }
  }

  /**
   * {@code set NAME (key) in {…}}: a set for any rule of the chain. If there is one of that name
   * already, rules refer to the first.
   *
   * @param key what is looked up in the set
   * @param elements as in a set's body: components joined by {@code ,}
   */
  public ChainBuilder set(String setName, Lookup key, String... elements) {
    return set(setName, key.elements(elements));
  }

  /** The same with elements made before, for instance of numbers that are in an array. */
  public ChainBuilder set(String setName, SetElements elements) {
    sets.add(setName, elements, Span.NONE);
    return this;
  }

  /** {@code rule …}: appends a rule. The sets that it names must be there. */
  public ChainBuilder rule(RuleDraft draft) {
    int before = sets.all().size();
    try {
      List<Matcher> matchers = new ArrayList<>(draft.criteria().size());
      for (Criterion criterion : draft.criteria()) {
        matchers.add(matcher(criterion));
      }
      Rule rule =
          new Rule(
              rules.size(),
              matchers,
              draft.log(),
              draft.counter(),
              draft.mark(),
              draft.verdict(),
              Span.NONE);
      List<Diagnostic> errors = new ArrayList<>();
      checks.checkRule(rule, errors);
      if (!errors.isEmpty()) {
        throw Check.refusal(errors.getFirst());
      }
      rules.add(rule);
    } catch (IllegalArgumentException e) {
      sets.forgetAnonymousFrom(before);
      throw e;
    }
    return this;
  }

  /** Appends rules in order. */
  public ChainBuilder rules(Iterable<RuleDraft> drafts) {
    for (RuleDraft draft : drafts) {
      rule(draft);
    }
    return this;
  }

  private Matcher matcher(Criterion criterion) {
    return switch (criterion) {
      case FieldMatcher field -> field.withoutSpans();
      case Criterion.InSet(SetKey key, boolean negated, String setName) -> {
        OptionalInt set = sets.find(setName, key);
        if (set.isEmpty()) {
          throw Check.refusal(sets.refusal(setName, Span.NONE));
        }
        yield new SetMatcher(set.getAsInt(), negated);
      }
      case Criterion.InElements(SetElements elements, boolean negated) ->
          new SetMatcher(sets.addAnonymous(elements, Span.NONE), negated);
    };
  }

  /** The chain. The builder can go on to build a longer one. */
  public Chain build() {
    List<FilterSet> ordered = new ArrayList<>();
    int[] positions = positions(ordered);
    List<Rule> renumbered = new ArrayList<>(rules.size());
    for (Rule rule : rules) {
      renumbered.add(rule.withSets(positions));
    }
    return new Chain(name, hook, options, policy, ordered, renumbered, Span.NONE);
  }

  /** Fills {@code ordered}, named sets first; returns where each set went. */
  private int[] positions(List<FilterSet> ordered) {
    List<FilterSet> all = sets.all();
    int[] positions = new int[all.size()];
    for (boolean anonymous : new boolean[] {false, true}) {
      for (int i = 0; i < positions.length; i++) {
        if (all.get(i).isAnonymous() == anonymous) {
          positions[i] = ordered.size();
          ordered.add(all.get(i));
        }
      }
    }
    return positions;
  }
}
