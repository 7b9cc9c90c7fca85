package dev.jbpfilter.cli;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.PayloadText;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.SetElements;
import dev.jbpfilter.ruleset.SetMatcher;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** Prints parts of chains as listings show them, in lines. */
final class ChainText {
  static final String STEP = "    ";

  private static final int CHUNK = 1 << 13;

  private final PrintStream out;
  private final PayloadText payloads;
  private final boolean setContent;
  private String mark = "";

  /** What was not printed yet: many small writes to a stream take longer than all else. */
  private final StringBuilder text = new StringBuilder();

  /**
   * @param payloads how to print what matchers compare with
   * @param setContent whether to print the elements of sets or only their number
   */
  ChainText(PrintStream out, PayloadText payloads, boolean setContent) {
    this.out = out;
    this.payloads = payloads;
    this.setContent = setContent;
  }

  /** The first line of {@code chain}, with the names of interfaces that are known. */
  static String head(Chain chain, InterfaceResolver interfaces) {
    return "chain "
        + chain.name()
        + " "
        + chain.hook().keyword()
        + options(chain.options(), interfaces)
        + " "
        + chain.policy().name();
  }

  /** Where a chain is attached; nothing if it is only loaded. */
  static String options(HookOptions options, InterfaceResolver interfaces) {
    StringBuilder text = new StringBuilder();
    Integer ifindex = options.ifindex();
    if (ifindex != null) {
      Optional<String> name = interfaces.name(ifindex);
      text.append(",ifindex=").append(name.orElseGet(ifindex::toString));
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

  /** Begins all lines from now on with {@code mark}. */
  void mark(String mark) {
    this.mark = mark;
  }

  /** The named sets of {@code chain}. */
  void namedSets(Chain chain) {
    for (FilterSet set : chain.sets()) {
      if (!set.isAnonymous()) {
        set(STEP, head(set), set.elements());
      }
    }
  }

  /** How the definition of a named set begins. */
  static String head(FilterSet set) {
    return "set " + set.name() + " " + set.key() + " in";
  }

  /**
   * What a rule consists of.
   *
   * @param counters the line for the counters of a rule that has them
   */
  void rule(Chain chain, Rule rule, String counters) {
    String indent = STEP + STEP;
    for (Matcher matcher : rule.matchers()) {
      matcher(indent, chain, matcher);
    }
    if (rule.log() != null) {
      line(indent, rule.log().text());
    }
    if (rule.mark() != null) {
      line(indent, "mark 0x", Long.toHexString(rule.mark()));
    }
    if (rule.counter()) {
      line(indent, counters);
    }
    line(indent, rule.verdict().text());
  }

  private void matcher(String indent, Chain chain, Matcher matcher) {
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
          set(indent, head, set.elements());
        } else {
          line(indent, head, " ", name);
        }
      }
    }
  }

  private void set(String indent, String head, SetElements elements) {
    if (!setContent) {
      String size = Integer.toString(elements.size());
      line(indent, head, " { /* ", size, " elements, content elided */ }");
      return;
    }
    line(indent, head, " {");
    elements(indent + STEP, elements);
    line(indent, "}");
  }

  /** The elements of a set. */
  void elements(String indent, SetElements elements) {
    List<MatcherType> types = elements.key().components();
    for (int i = 0; i < elements.size(); i++) {
      text.append(mark).append(indent);
      for (int j = 0; j < types.size(); j++) {
        text.append(j == 0 ? "" : ", ");
        text.append(payloads.text(types.get(j).payloadKind(), elements.payload(i, j)));
      }
      endLine();
    }
  }

  void line(String... parts) {
    text.append(mark);
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

  /** Passes to the stream what was not yet. */
  void pass() {
    out.append(text);
    text.setLength(0);
  }
}
