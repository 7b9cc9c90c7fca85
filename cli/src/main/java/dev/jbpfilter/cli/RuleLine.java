package dev.jbpfilter.cli;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.Log;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.Operator;
import dev.jbpfilter.ruleset.PayloadText;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.SetMatcher;

/** Rules in one line each, much as they are written. */
final class RuleLine {
  private final PayloadText payloads;

  /**
   * @param payloads how to print what matchers compare with
   */
  RuleLine(PayloadText payloads) {
    this.payloads = payloads;
  }

  /** A rule of a chain, with the number of elements of its own sets in their place. */
  String text(Chain chain, Rule rule) {
    StringBuilder text = new StringBuilder();
    for (Matcher matcher : rule.matchers()) {
      String not = matcher.negated() ? " not" : "";
      switch (matcher) {
        case FieldMatcher field -> {
          text.append(field.type().keyword()).append(not);
          if (field.operator() != Operator.EQ) {
            text.append(' ').append(field.operator().keyword());
          }
          text.append(' ').append(payloads.text(field.type().payloadKind(), field.payload()));
        }
        case SetMatcher reference -> {
          FilterSet set = chain.set(reference);
          text.append(set.key()).append(not).append(" in ");
          if (set.name() == null) {
            text.append("{").append(set.elements().size()).append(" elements}");
          } else {
            text.append(set.name());
          }
        }
      }
      text.append(' ');
    }
    Log log = rule.log();
    if (log != null) {
      text.append(log.text()).append(' ');
    }
    if (rule.mark() != null) {
      text.append("mark 0x").append(Long.toHexString(rule.mark())).append(' ');
    }
    return text.append(rule.verdict().text()).toString();
  }
}
