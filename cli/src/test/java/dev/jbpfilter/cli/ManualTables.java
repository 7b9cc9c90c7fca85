package dev.jbpfilter.cli;

import dev.jbpfilter.cli.Section.Block.Lines;
import dev.jbpfilter.cli.Section.Block.Terms;
import dev.jbpfilter.cli.Section.Term;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.MatcherType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** The tables of doc/language.md, made from those of the parser. */
final class ManualTables {
  private ManualTables() {}

  /** All tables by the names that the page gives them. */
  static Map<String, String> all() {
    Map<String, String> tables = new LinkedHashMap<>();
    tables.put("hooks", table(RulesTables.hooks(), "Hook", "Which packets or calls"));
    tables.put("operators", table(RulesTables.operators(), "Operator", "Holds if"));
    tables.put("matchers and hooks", matchersAndHooks());
    tables.put("names", names());
    return tables;
  }

  private static String table(Terms terms, String words, String meaning) {
    MarkdownText text = new MarkdownText();
    text.table(terms.terms(), words, meaning);
    return text.text();
  }

  private static String names() {
    List<Term> terms = new ArrayList<>();
    for (Term term : RulesTables.names().terms()) {
      // The number stands behind each name.
      terms.add(new Term(term.word().replace(", ", "`, `"), term.meaning().replace(".", "")));
    }
    return table(new Terms(terms), "Matchers", "Names and numbers");
  }

  /** The lines of the grammar. */
  static String grammar() {
    for (Section section : RulesManual.sections()) {
      if (section.title().equals(RulesManual.GRAMMAR)
          && section.blocks().getFirst() instanceof Lines(List<String> lines)) {
        return String.join("\n", lines) + "\n";
      }
    }
    throw new AssertionError("no grammar");
  }

  /** What is said of a matcher: meaning, operators, values and hooks. */
  static String paragraph(MatcherType type) {
    for (Term term : RulesTables.matchers().terms()) {
      if (term.word().equals(type.keyword())) {
        return paragraph(term.meaning());
      }
    }
    throw new AssertionError(type);
  }

  private static String paragraph(String meaning) {
    int operators = meaning.indexOf(" Operators: ");
    int values = meaning.indexOf(" Value: ");
    int hooks = meaning.indexOf(" Hooks: ");
    MarkdownText text = new MarkdownText();
    text.fill(
        meaning.substring(0, operators)
            + " Operators: "
            + code(meaning.substring(operators + " Operators: ".length(), values))
            + meaning.substring(values, hooks)
            + " Hooks: "
            + code(meaning.substring(hooks + " Hooks: ".length())));
    return text.text();
  }

  /** A list of words, which ends with a full stop. */
  private static String code(String words) {
    String list = words.substring(0, words.length() - 1);
    return list.equals("all") ? words : "`" + list.replace(", ", "`, `") + "`.";
  }

  /** The columns: hooks that allow the same, in order. */
  private static Map<List<Boolean>, List<Hook>> columns() {
    Map<List<Boolean>, List<Hook>> columns = new LinkedHashMap<>();
    for (Hook hook : Hook.values()) {
      List<Boolean> allowed = new ArrayList<>();
      for (MatcherType type : MatcherType.values()) {
        allowed.add(type.isCompatibleWith(hook));
      }
      columns.computeIfAbsent(allowed, key -> new ArrayList<>()).add(hook);
    }
    return columns;
  }

  private static String matchersAndHooks() {
    Map<List<Boolean>, List<Hook>> columns = columns();
    StringBuilder out = new StringBuilder("\n| Matcher |");
    for (List<Hook> hooks : columns.values()) {
      StringJoiner names = new StringJoiner("`, `", " `", "` |");
      hooks.stream().map(ManualTables::heading).distinct().forEach(names::add);
      out.append(names);
    }
    out.append("\n|---|").append(":-:|".repeat(columns.size())).append('\n');
    for (MatcherType type : MatcherType.values()) {
      String anchor = type.keyword().replace(".", "");
      out.append("| [`").append(type.keyword()).append("`](#").append(anchor).append(") |");
      for (List<Hook> hooks : columns.values()) {
        out.append(type.isCompatibleWith(hooks.getFirst()) ? " • |" : "  |");
      }
      out.append('\n');
    }
    return out.toString();
  }

  /** Flavors of which all hooks allow the same have one name. */
  private static String heading(Hook hook) {
    return switch (hook.flavor()) {
      case XDP -> "XDP";
      case TC -> "TC_*";
      case NETFILTER -> "NF_*";
      case CGROUP_SKB -> "CGROUP_SKB_*";
      case CGROUP_SOCK_ADDR -> hook.name().replace("CGROUP_SOCK_ADDR_", "");
    };
  }
}
