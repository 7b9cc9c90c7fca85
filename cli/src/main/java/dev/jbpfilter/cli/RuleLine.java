package dev.jbpfilter.cli;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.PayloadText;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.SetElements;
import dev.jbpfilter.ruleset.SetMatcher;
import java.util.ArrayList;
import java.util.List;

/** Rules in one line, as they are written; of long sets only how long they are. */
final class RuleLine {
  private static final int MOST_ELEMENTS = 4;
  private static final Payload NO_FLAGS = new Payload.Scalar(0);

  private final Chain chain;
  private final PayloadText payloads;

  /**
   * @param interfaces knows the names of interfaces
   */
  RuleLine(Chain chain, InterfaceResolver interfaces) {
    this.chain = chain;
    this.payloads = PayloadText.listing(interfaces);
  }

  /** How payloads are written. */
  PayloadText payloads() {
    return payloads;
  }

  /** The whole rule without its first word: matchers, options, verdict. */
  String text(Rule rule) {
    StringBuilder text = new StringBuilder();
    for (Matcher matcher : rule.matchers()) {
      text.append(matcher(matcher)).append("  ");
    }
    return text.append(action(rule)).toString();
  }

  /** What a rule does if it matches: {@code log counter DROP}. */
  static String action(Rule rule) {
    StringBuilder text = new StringBuilder();
    if (rule.log() != null) {
      text.append(rule.log().text()).append(' ');
    }
    if (rule.mark() != null) {
      text.append("mark 0x").append(Long.toHexString(rule.mark())).append(' ');
    }
    if (rule.counter()) {
      text.append("counter ");
    }
    return text.append(rule.verdict().text()).toString();
  }

  /** One condition. */
  String matcher(Matcher matcher) {
    String not = matcher.negated() ? " not " : " ";
    return switch (matcher) {
      case FieldMatcher field ->
          field.type().keyword()
              + not
              + field.operator().keyword()
              + " "
              + payloads.text(field.type().payloadKind(), field.payload());
      case SetMatcher reference -> {
        FilterSet set = chain.set(reference);
        yield set.key() + not + "in " + set.optionalName().orElseGet(() -> elements(set));
      }
    };
  }

  /** What a packet has of what a matcher looks at, as rules write it. */
  List<String> values(Matcher matcher, List<Payload> actual) {
    List<MatcherType> types = chain.types(matcher);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < actual.size(); i++) {
      // Of next headers there may be several.
      MatcherType type = types.get(Math.min(i, types.size() - 1));
      boolean noFlags = actual.get(i).equals(NO_FLAGS) && type == MatcherType.TCP_FLAGS;
      texts.add(noFlags ? "none" : payloads.text(type.payloadKind(), actual.get(i)));
    }
    return texts;
  }

  private String elements(FilterSet set) {
    SetElements elements = set.elements();
    if (elements.size() > MOST_ELEMENTS) {
      return "{ " + elements.size() + " elements }";
    }
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < elements.size(); i++) {
      text.append(i == 0 ? " " : "; ");
      for (int j = 0; j < set.key().components().size(); j++) {
        text.append(j == 0 ? "" : ", ");
        text.append(
            payloads.text(set.key().components().get(j).payloadKind(), elements.payload(i, j)));
      }
    }
    return text.append(" }").toString();
  }
}
