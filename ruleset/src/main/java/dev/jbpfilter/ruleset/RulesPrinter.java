package dev.jbpfilter.ruleset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes chains as rules text that parses back to equal chains (but for the spans). Interfaces are
 * written by index, unless {@link InterfaceNames} are given; networks and set elements as they were
 * spelled and ordered.
 */
public final class RulesPrinter {
  private static final String INDENT = "    ";
  private static final String RULE_INDENT = "        ";
  private static final String ELEMENT_INDENT = "            ";
  private static final int CHUNK = 1 << 13;

  private final boolean withOptions;
  private final boolean exact;
  private final InterfaceNames names;
  private final PayloadText payloads;
  private final StringBuilder out = new StringBuilder();

  /** Where the text goes; null if it is kept. */
  private @Nullable Appendable target;

  private RulesPrinter(boolean withOptions, boolean exact) {
    this(withOptions, exact, InterfaceNames.none());
  }

  private RulesPrinter(boolean withOptions, boolean exact, InterfaceNames names) {
    this.withOptions = withOptions;
    this.exact = exact;
    this.names = names;
    this.payloads = names.payloads();
  }

  /**
   * All chains with their hook options.
   *
   * @throws IllegalArgumentException as {@link #refusal} says, if a cgroup path can't be written
   */
  public static String print(Ruleset ruleset) {
    RulesPrinter printer = new RulesPrinter(true, true);
    for (Chain chain : ruleset.chains()) {
      printer.chain(chain);
    }
    return printer.out.toString();
  }

  /**
   * One chain with its hook options.
   *
   * @throws IllegalArgumentException as {@link #refusal} says, if its cgroup path can't be written
   */
  public static String print(Chain chain) {
    RulesPrinter printer = new RulesPrinter(true, true);
    printer.chain(chain);
    return printer.out.toString();
  }

  /**
   * Writes one chain with its hook options to {@code target}, in pieces, so that long sets take no
   * more memory than short ones. If the target fails, {@link UncheckedIOException} carries its
   * exception.
   *
   * @throws IllegalArgumentException as {@link #refusal} says, if its cgroup path can't be written
   */
  public static void print(Chain chain, Appendable target) {
    print(chain, InterfaceNames.none(), target);
  }

  /**
   * The same, with interfaces by name where they have one, so that the text means the same when
   * their indexes have changed.
   */
  public static void print(Chain chain, InterfaceNames names, Appendable target) {
    RulesPrinter printer = new RulesPrinter(true, true, names);
    printer.target = target;
    printer.chain(chain);
    printer.pass();
  }

  /** Why {@code chain} can't be written with its hook options; empty if it can. */
  public static Optional<String> refusal(Chain chain) {
    String cgpath = chain.options().cgpath();
    if (cgpath == null
        || (Shapes.isWritableValue(cgpath)
            && StandardCharsets.UTF_8.newEncoder().canEncode(cgpath))) {
      return Optional.empty();
    }
    return Optional.of(
        "chain '"
            + chain.name()
            + "' can't be written as rules, which have no way to say cgpath='"
            + cgpath
            + "'");
  }

  /** One chain as if it were not attached; can write every chain. */
  public static String printWithoutOptions(Chain chain) {
    RulesPrinter printer = new RulesPrinter(false, true);
    printer.chain(chain);
    return printer.out.toString();
  }

  /** Chains for people: also with hook options that can't be written. */
  static String describe(List<Chain> chains) {
    RulesPrinter printer = new RulesPrinter(true, false);
    chains.forEach(printer::chain);
    return printer.out.toString();
  }

  private void chain(Chain chain) {
    if (withOptions && exact) {
      refusal(chain)
          .ifPresent(refusal -> {
            throw new IllegalArgumentException(refusal);
          });
    }
    out.append("chain ").append(chain.name()).append(' ').append(chain.hook().keyword());
    if (withOptions) {
      options(chain.options());
    }
    out.append(' ').append(chain.policy().name()).append('\n');
    for (FilterSet set : chain.sets()) {
      set.optionalName()
          .ifPresent(name -> {
            out.append(INDENT).append("set ").append(name).append(' ').append(set.key());
            elements(set.elements(), INDENT, RULE_INDENT);
          });
    }
    for (Rule rule : chain.rules()) {
      rule(chain, rule);
    }
  }

  private void options(HookOptions options) {
    if (options.isEmpty()) {
      return;
    }
    char separator = '{';
    Integer ifindex = options.ifindex();
    if (ifindex != null) {
      String index = ifindex.toString();
      out.append(separator).append("ifindex=").append(names.inOption(ifindex).orElse(index));
      separator = ',';
    }
    if (options.cgpath() != null) {
      out.append(separator).append("cgpath=").append(options.cgpath());
      separator = ',';
    }
    HookOptions.Priorities priorities = options.priorities();
    if (priorities != null) {
      out.append(separator).append("priorities=");
      out.append(priorities.active()).append('-').append(priorities.spare());
    }
    out.append('}');
  }

  private void elements(SetElements elements, String indent, String elementIndent) {
    out.append(" in {\n");
    List<MatcherType> components = elements.key().components();
    for (int i = 0; i < elements.size(); i++) {
      out.append(elementIndent);
      for (int j = 0; j < components.size(); j++) {
        if (j > 0) {
          out.append(", ");
        }
        out.append(payloads.text(components.get(j).payloadKind(), elements.payload(i, j)));
      }
      out.append('\n');
      if (out.length() >= CHUNK) {
        pass();
      }
    }
    out.append(indent).append("}\n");
  }

  private void pass() {
    if (target == null) {
      return;
    }
    try {
      target.append(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.setLength(0);
  }

  private void rule(Chain chain, Rule rule) {
    out.append(INDENT).append("rule\n");
    for (Matcher matcher : rule.matchers()) {
      out.append(RULE_INDENT);
      switch (matcher) {
        case FieldMatcher field -> fieldMatcher(field);
        case SetMatcher reference -> setMatcher(chain.set(reference), reference.negated());
      }
    }
    Log log = rule.log();
    if (log != null) {
      out.append(RULE_INDENT).append(log.text()).append('\n');
    }
    if (rule.mark() != null) {
      out.append(RULE_INDENT).append("mark 0x").append(Long.toHexString(rule.mark())).append('\n');
    }
    if (rule.counter()) {
      out.append(RULE_INDENT).append("counter\n");
    }
    out.append(RULE_INDENT).append(verdict(rule.verdict())).append('\n');
  }

  private String verdict(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Basic basic -> basic.text();
      case Verdict.Redirect redirect ->
          names.inRule(redirect.ifindex()).map(redirect::text).orElseGet(redirect::text);
    };
  }

  private void fieldMatcher(FieldMatcher matcher) {
    out.append(matcher.type().keyword())
        .append(matcher.negated() ? " not " : " ")
        .append(matcher.operator().keyword())
        .append(' ')
        .append(payloads.text(matcher.type().payloadKind(), matcher.payload()))
        .append('\n');
  }

  private void setMatcher(FilterSet set, boolean negated) {
    out.append(set.key()).append(negated ? " not" : "");
    if (set.isAnonymous()) {
      elements(set.elements(), RULE_INDENT, ELEMENT_INDENT);
    } else {
      out.append(" in ").append(set.name()).append('\n');
    }
  }
}
