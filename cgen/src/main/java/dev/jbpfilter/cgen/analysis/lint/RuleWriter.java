package dev.jbpfilter.cgen.analysis.lint;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.Log;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Operator;
import dev.jbpfilter.ruleset.PayloadText;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.SetElements;
import dev.jbpfilter.ruleset.SetMatcher;
import java.util.List;

/** Rules in one line each, as they can be written in a file. */
final class RuleWriter {
  private static final PayloadText PAYLOADS = PayloadText.rules();

  private RuleWriter() {}

  /** A matcher of a rule of a chain. */
  static String of(Chain chain, Matcher matcher) {
    return switch (matcher) {
      case FieldMatcher field ->
          field.type().keyword()
              + (field.negated() ? " not" : "")
              + (field.operator() == Operator.EQ ? "" : " " + field.operator().keyword())
              + " "
              + PAYLOADS.text(field.type().payloadKind(), field.payload());
      case SetMatcher reference -> {
        FilterSet set = chain.set(reference);
        yield set.key()
            + (reference.negated() ? " not in " : " in ")
            + set.optionalName().orElseGet(() -> elements(set.elements()));
      }
    };
  }

  /** What stands behind the matchers of a rule, with a blank before each word. */
  static String options(Rule rule) {
    StringBuilder out = new StringBuilder();
    Log log = rule.log();
    if (log != null) {
      out.append(' ').append(log.text());
    }
    if (rule.mark() != null) {
      out.append(" mark 0x").append(Long.toHexString(rule.mark()));
    }
    if (rule.counter()) {
      out.append(" counter");
    }
    return out.append(' ').append(rule.verdict().text()).toString();
  }

  /** The body of a set: {@code {80; 443}}. */
  static String elements(SetElements elements) {
    StringBuilder out = new StringBuilder("{");
    for (int i = 0; i < elements.size(); i++) {
      out.append(i == 0 ? "" : "; ").append(element(elements, i));
    }
    return out.append('}').toString();
  }

  /** An element of a set. */
  static String element(SetElements elements, int element) {
    StringBuilder out = new StringBuilder();
    List<MatcherType> types = elements.key().components();
    for (int i = 0; i < types.size(); i++) {
      out.append(i == 0 ? "" : ", ");
      out.append(PAYLOADS.text(types.get(i).payloadKind(), elements.payload(element, i)));
    }
    return out.toString();
  }
}
