package dev.jbpfilter.cli;

import dev.jbpfilter.loader.Counter;
import dev.jbpfilter.loader.LoadedChain;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.PayloadText;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.SetElements;
import dev.jbpfilter.ruleset.SetMatcher;
import java.io.PrintStream;
import java.util.List;

/** Prints chains with their counters, as {@code ruleset get} and {@code chain get} do. */
final class Listing {
  private static final String STEP = "    ";
  private static final int CHUNK = 1 << 13;

  private final PrintStream out;
  private final PayloadText payloads;
  private final boolean setContent;

  /** What was not printed yet: many small writes to a stream take longer than all else. */
  private final StringBuilder text = new StringBuilder();

  /**
   * @param payloads how to print what matchers compare with
   * @param setContent whether to print the elements of sets or only their number
   */
  Listing(PrintStream out, PayloadText payloads, boolean setContent) {
    this.out = out;
    this.payloads = payloads;
    this.setContent = setContent;
  }

  void print(LoadedChain loaded) {
    Chain chain = loaded.chain();
    String head = "chain " + chain.name() + " " + chain.hook().keyword();
    line("", head, options(chain.options()), " ", chain.policy().name());
    String policy = counter(chain, loaded.policy());
    line(STEP, "counters policy ", policy, "; error ", counter(chain, loaded.errors()));
    for (FilterSet set : chain.sets()) {
      if (!set.isAnonymous()) {
        printSet(STEP, "set " + set.name() + " " + set.key() + " in", set.elements());
      }
    }
    for (Rule rule : chain.rules()) {
      printRule(chain, rule, loaded.rules().get(rule.index()));
    }
    pass();
  }

  /** Where the chain is attached; nothing if it is only loaded. */
  private static String options(HookOptions options) {
    StringBuilder text = new StringBuilder();
    if (options.ifindex() != null) {
      text.append(",ifindex=").append(options.ifindex());
    }
    if (options.cgpath() != null) {
      text.append(",cgpath=").append(options.cgpath());
    }
    if (options.priorities() != null) {
      text.append(",priorities=").append(options.priorities().active());
      text.append('-').append(options.priorities().spare());
    }
    return text.isEmpty() ? "" : "{" + text.substring(1) + "}";
  }

  private static String counter(Chain chain, Counter counter) {
    String count = Long.toUnsignedString(counter.packets());
    return chain.hook().flavor().seesPackets()
        ? count + " packets " + Long.toUnsignedString(counter.bytes()) + " bytes"
        : count + " calls";
  }

  private void printRule(Chain chain, Rule rule, Counter counter) {
    String indent = STEP + STEP;
    line(STEP, "rule");
    for (Matcher matcher : rule.matchers()) {
      printMatcher(indent, chain, matcher);
    }
    if (rule.log() != null) {
      line(indent, rule.log().text());
    }
    if (rule.mark() != null) {
      line(indent, "mark 0x", Long.toHexString(rule.mark()));
    }
    if (rule.counter()) {
      line(indent, "counters ", counter(chain, counter));
    }
    line(indent, rule.verdict().text());
  }

  private void printMatcher(String indent, Chain chain, Matcher matcher) {
    String not = matcher.negated() ? " not " : " ";
    switch (matcher) {
      case FieldMatcher field ->
          line(
              indent,
              field.type().keyword(),
              not,
              field.operator().keyword(),
              " ",
              payloads.text(field.type().payloadKind(), field.payload()));
      case SetMatcher reference -> {
        FilterSet set = chain.set(reference);
        String head = set.key() + not + "in";
        String name = set.name();
        if (name == null) {
          printSet(indent, head, set.elements());
        } else {
          line(indent, head, " ", name);
        }
      }
    }
  }

  private void printSet(String indent, String head, SetElements elements) {
    if (!setContent) {
      String size = Integer.toString(elements.size());
      line(indent, head, " { /* ", size, " elements, content elided */ }");
      return;
    }
    line(indent, head, " {");
    List<MatcherType> types = elements.key().components();
    for (int i = 0; i < elements.size(); i++) {
      text.append(indent).append(STEP);
      for (int j = 0; j < types.size(); j++) {
        text.append(j == 0 ? "" : ", ");
        text.append(payloads.text(types.get(j).payloadKind(), elements.payload(i, j)));
      }
      endLine();
    }
    line(indent, "}");
  }

  private void line(String indent, String... parts) {
    text.append(indent);
    for (String part : parts) {
      text.append(part);
    }
    endLine();
  }

  private void endLine() {
    text.append('\n');
    if (text.length() >= CHUNK) {
      pass();
    }
  }

  private void pass() {
    out.append(text);
    text.setLength(0);
  }
}
