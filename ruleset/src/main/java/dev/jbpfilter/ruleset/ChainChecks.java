package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The checks that are made when a chain is complete. */
final class ChainChecks {
  private static final String NOT_SUPPORTED = ": Operation not supported";
  private static final String INVALID = ": Invalid argument";

  private final Hook hook;
  private final HookOptions options;
  private final List<FilterSet> sets;

  ChainChecks(Hook hook, HookOptions options, List<FilterSet> sets) {
    this.hook = hook;
    this.options = options;
    this.sets = sets;
  }

  /**
   * Refuses what no text can say: bad names and numbering, and sets that would come back in another
   * order or shared differently.
   */
  static void checkStructure(String name, List<FilterSet> sets, List<Rule> rules) {
    Words.checkChainName(name);
    int named = checkNamedFirst(sets);
    Set<String> names = new HashSet<>();
    boolean[] first = new boolean[named];
    for (int i = 0; i < named; i++) {
      first[i] = names.add(String.valueOf(sets.get(i).name()));
    }
    int nextAnonymous = named;
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      if (rule.index() != i) {
        throw new IllegalArgumentException("rule " + i + " has index " + rule.index());
      }
      for (Matcher matcher : rule.matchers()) {
        if (!(matcher instanceof SetMatcher reference)) {
          continue;
        }
        int set = reference.set();
        if (set >= sets.size() || (set < named && !first[set])) {
          throw new IllegalArgumentException("rule " + i + " can't refer to set " + set);
        }
        if (set >= named && set != nextAnonymous++) {
          throw new IllegalArgumentException(
              "anonymous set " + set + " is not used once and in order");
        }
      }
    }
    if (nextAnonymous != sets.size()) {
      throw new IllegalArgumentException("anonymous set " + nextAnonymous + " is not used");
    }
  }

  /** Returns the number of named sets. */
  private static int checkNamedFirst(List<FilterSet> sets) {
    int named = 0;
    for (int i = 0; i < sets.size(); i++) {
      if (!sets.get(i).isAnonymous()) {
        if (named != i) {
          throw new IllegalArgumentException(
              "set '" + sets.get(i).name() + "' follows an anonymous set");
        }
        named++;
      }
    }
    return named;
  }

  /** Appends to {@code errors} why the chain is refused, in the order of the checks. */
  void check(List<Rule> rules, Span chainSpan, List<Diagnostic> errors) {
    for (Rule rule : rules) {
      checkRule(rule, errors);
    }
    if (!options.isEmpty()) {
      options
          .incompatibility(hook)
          .ifPresent(why -> errors.add(HookOptionsBuilder.diagnostic(why, chainSpan)));
    }
  }

  /** Appends to {@code errors} why the chain would be refused because of {@code rule}. */
  void checkRule(Rule rule, List<Diagnostic> errors) {
    Log log = rule.log();
    if (log != null) {
      checkLog(log, rule.span()).ifPresent(errors::add);
    }
    if (rule.mark() != null) {
      checkMark(rule.span()).ifPresent(errors::add);
    }
    for (Matcher matcher : rule.matchers()) {
      for (MatcherType type : types(matcher, sets)) {
        checkMatcher(type, matcher instanceof SetMatcher, matcher.span()).ifPresent(errors::add);
      }
    }
    checkVerdict(rule.verdict(), rule.span()).ifPresent(errors::add);
  }

  /** The error if the hook does not support {@code log}. */
  Optional<Diagnostic> checkLog(Log log, Span span) {
    return errorUnless(
        log.headers() == Log.ALL_HEADERS || hook.flavor().seesPackets(),
        span,
        "per-field log options are not supported by "
            + hook.keyword()
            + ", only a bare 'log' is"
            + NOT_SUPPORTED);
  }

  /** The error if the hook does not support marks. */
  Optional<Diagnostic> checkMark(Span span) {
    return errorUnless(
        hook.flavor().canSetMark(),
        span,
        hook.keyword() + " chains can't set packet mark" + INVALID);
  }

  /**
   * The error if the hook does not support {@code type}.
   *
   * @param component whether it is a component of a set key
   */
  Optional<Diagnostic> checkMatcher(MatcherType type, boolean component, Span span) {
    if (type.isCompatibleWith(hook)) {
      return Optional.empty();
    }
    String message =
        (component ? "set component '" : "matcher ")
            + type.keyword()
            + (component ? "' not" : " is not")
            + " compatible with "
            + hook.keyword()
            + NOT_SUPPORTED;
    return Optional.of(Diagnostic.error(span, message, HookAdvice.hooksOf(type)));
  }

  /** The error if the hook does not support {@code verdict}. */
  Optional<Diagnostic> checkVerdict(Verdict verdict, Span span) {
    if (!(verdict instanceof Verdict.Redirect redirect)) {
      return Optional.empty();
    }
    return switch (hook.flavor()) {
      case TC -> Optional.empty();
      case XDP ->
          errorUnless(
              redirect.direction() == Direction.OUT,
              span,
              "XDP redirect only supports 'out' direction" + NOT_SUPPORTED);
      case NETFILTER, CGROUP_SKB, CGROUP_SOCK_ADDR ->
          errorUnless(
              false,
              span,
              "redirect is not supported by " + hook.keyword() + " hook" + NOT_SUPPORTED);
    };
  }

  private static Optional<Diagnostic> errorUnless(boolean supported, Span span, String message) {
    return supported ? Optional.empty() : Optional.of(Diagnostic.error(span, message));
  }

  static List<Diagnostic> warnings(List<Rule> rules, List<FilterSet> sets) {
    List<Diagnostic> warnings = new ArrayList<>();
    for (Rule rule : rules) {
      String subject = "rule " + rule.index() + " ";
      for (Matcher matcher : rule.matchers()) {
        if (matcher instanceof SetMatcher reference
            && reference.negated()
            && sets.get(reference.set()).isEmpty()) {
          warnings.add(
              Diagnostic.warning(
                  matcher.span(),
                  subject + "references empty set, negated reference always matches"));
        }
      }
      disabledReason(rule, sets)
          .ifPresent(reason ->
              warnings.add(
                  Diagnostic.warning(
                      rule.span(), subject + reason.text() + ", rule will be disabled")));
    }
    return warnings;
  }

  static List<MatcherType> types(Matcher matcher, List<FilterSet> sets) {
    return switch (matcher) {
      case FieldMatcher field -> List.of(field.type());
      case SetMatcher reference -> sets.get(reference.set()).key().components();
    };
  }

  static Optional<DisabledReason> disabledReason(Rule rule, List<FilterSet> sets) {
    Protocol internet = null;
    Protocol transport = null;
    boolean conflict = false;
    for (Matcher matcher : rule.matchers()) {
      if (matcher instanceof SetMatcher reference
          && !reference.negated()
          && sets.get(reference.set()).isEmpty()) {
        return Optional.of(DisabledReason.EMPTY_SET);
      }
      for (MatcherType type : types(matcher, sets)) {
        Protocol protocol = type.protocol().orElse(null);
        if (protocol == null) {
          continue;
        }
        if (protocol.layer() == Layer.INTERNET) {
          conflict |= internet != null && internet != protocol;
          internet = protocol;
        } else {
          conflict |= transport != null && transport != protocol;
          transport = protocol;
        }
      }
    }
    return conflict ? Optional.of(DisabledReason.INCOMPATIBLE_LAYERS) : Optional.empty();
  }
}
