package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Ordered rules for one hook, and what happens when none of them decides. A chain that the parser
 * would refuse can't be built: the constructor throws IllegalArgumentException. {@link
 * #named(String)} begins one that is built step by step; {@link #drafts()} and {@link
 * #withRules(Iterable)} make one from another.
 *
 * @param name a word of letters, digits and {@code _} that is not reserved
 * @param options where to attach; empty if the chain is loaded only
 * @param sets the named sets in written order, then the anonymous ones in order of use
 * @param rules numbered from 0
 */
public record Chain(
    String name,
    Hook hook,
    HookOptions options,
    Policy policy,
    List<FilterSet> sets,
    List<Rule> rules,
    Span span) {

  public Chain {
    sets = List.copyOf(sets);
    rules = List.copyOf(rules);
    ChainChecks.checkStructure(name, sets, rules);
    ChainChecks checks = new ChainChecks(hook, options, sets);
    List<Diagnostic> errors = new ArrayList<>();
    checks.check(rules, span, errors);
    if (!errors.isEmpty()) {
      throw Check.refusal(errors.getFirst());
    }
  }

  /** A chain without sets that is not attached. */
  public Chain(String name, Hook hook, Policy policy, List<Rule> rules) {
    this(name, hook, HookOptions.NONE, policy, List.of(), rules, Span.NONE);
  }

  /** Begins a chain; see {@link ChainBuilder}. */
  public static ChainBuilder.Named named(String name) {
    return new ChainBuilder.Named(name);
  }

  /** The set that {@code matcher}, a matcher of this chain, refers to. */
  public FilterSet set(SetMatcher matcher) {
    return sets.get(matcher.set());
  }

  /** Why {@code rule}, a rule of this chain, can never match; empty if it is enabled. */
  public Optional<DisabledReason> disabledReason(Rule rule) {
    return ChainChecks.disabledReason(rule, sets);
  }

  /** Whether {@code rule}, a rule of this chain, can match anything. */
  public boolean isEnabled(Rule rule) {
    return disabledReason(rule).isEmpty();
  }

  /**
   * The protocols that a packet must carry for {@code rule} to match, whatever its matchers'
   * negation.
   */
  public Set<Protocol> protocols(Rule rule) {
    EnumSet<Protocol> protocols = EnumSet.noneOf(Protocol.class);
    for (Matcher matcher : rule.matchers()) {
      for (MatcherType type : types(matcher)) {
        type.protocol().ifPresent(protocols::add);
      }
    }
    return Collections.unmodifiableSet(protocols);
  }

  /** The types that {@code matcher} looks at: its own, or the components of its set's key. */
  public List<MatcherType> types(Matcher matcher) {
    return ChainChecks.types(matcher, sets);
  }

  /** What probably is not meant, in the order of the rules. */
  public List<Diagnostic> warnings() {
    return ChainChecks.warnings(rules, sets);
  }

  /** The text of the chain, as {@link RulesPrinter} writes it. */
  @Override
  public String toString() {
    return RulesPrinter.describe(List.of(this));
  }

  /** The same chain, as if not read from a text: what equality of meaning compares. */
  public Chain withoutSpans() {
    List<FilterSet> plainSets = new ArrayList<>(sets.size());
    for (FilterSet set : sets) {
      plainSets.add(set.withoutSpans());
    }
    List<Rule> plainRules = new ArrayList<>(rules.size());
    for (Rule rule : rules) {
      plainRules.add(rule.withoutSpans());
    }
    return new Chain(name, hook, options, policy, plainSets, plainRules, Span.NONE);
  }

  /** The rules, in order, as they would be in any chain that has the same named sets. */
  public List<RuleDraft> drafts() {
    List<RuleDraft> drafts = new ArrayList<>(rules.size());
    for (Rule rule : rules) {
      List<Criterion> criteria = new ArrayList<>(rule.matchers().size());
      for (Matcher matcher : rule.matchers()) {
        criteria.add(criterion(matcher));
      }
      drafts.add(new RuleDraft(criteria, rule.log(), rule.counter(), rule.mark(), rule.verdict()));
    }
    return drafts;
  }

  private Criterion criterion(Matcher matcher) {
    return switch (matcher) {
      case FieldMatcher field -> field.withoutSpans();
      case SetMatcher reference -> {
        FilterSet set = set(reference);
        yield set.optionalName()
            .<Criterion>map(n -> new Criterion.InSet(set.key(), reference.negated(), n))
            .orElseGet(() -> new Criterion.InElements(set.elements(), reference.negated()));
      }
    };
  }

  /** The same chain with other rules; its named sets stay. */
  public Chain withRules(Iterable<RuleDraft> others) {
    return ChainBuilder.withoutRules(this).rules(others).build();
  }

  /** A builder of the same chain, to which sets and rules can be added. */
  public ChainBuilder toBuilder() {
    return ChainBuilder.withoutRules(this).rules(drafts());
  }

  /** The same chain under another name. */
  public Chain withName(String other) {
    return new Chain(other, hook, options, policy, sets, rules, span);
  }

  /** The same chain with another policy. */
  public Chain withPolicy(Policy other) {
    return new Chain(name, hook, options, other, sets, rules, span);
  }

  /** The same chain attached elsewhere, or not at all. */
  public Chain withOptions(HookOptions other) {
    return new Chain(name, hook, other, policy, sets, rules, span);
  }

  /**
   * The same chain with other elements in the named set that rules refer to as {@code set}: the
   * first of that name.
   *
   * @throws IllegalArgumentException if there is no such set, or its key is another one
   */
  public Chain withSet(String set, SetElements elements) {
    List<FilterSet> others = new ArrayList<>(sets);
    for (int i = 0; i < sets.size(); i++) {
      FilterSet old = sets.get(i);
      if (set.equals(old.name())) {
        if (!elements.key().equals(old.key())) {
          throw new IllegalArgumentException(
              "set '" + set + "' has the key " + old.key() + ", not " + elements.key());
        }
        others.set(i, new FilterSet(set, elements, old.span()));
        return new Chain(name, hook, options, policy, others, rules, span);
      }
    }
    throw new IllegalArgumentException("chain '" + name + "' has no set '" + set + "'");
  }
}
