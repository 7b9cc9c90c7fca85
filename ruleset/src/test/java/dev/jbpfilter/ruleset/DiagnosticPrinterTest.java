package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosticPrinterTest {

  private static String print(String text) {
    Source source = new Source("rules.bf", text);
    ParseResult result = RulesetParser.parse(source, Texts.INTERFACES);
    DiagnosticPrinter printer = new DiagnosticPrinter(source);
    StringBuilder out = new StringBuilder();
    for (Diagnostic diagnostic : result.diagnostics()) {
      out.append(printer.print(diagnostic));
    }
    return out.toString();
  }

  @Test
  void pointsAtTheWord() {
    assertThat(print("chain a BF_HOOK_XPD ACCEPT"))
        .isEqualTo(
            """
            unknown hook 'BF_HOOK_XPD'
              --> rules.bf:1:9
               |
             1 | chain a BF_HOOK_XPD ACCEPT
               |         ^^^^^^^^^^^
               = did you mean 'BF_HOOK_XDP'?
            """);
  }

  @Test
  void keepsTabsAndCountsLines() {
    assertThat(
            print(
                """
                chain a BF_HOOK_XDP ACCEPT
                # comment








                \trule\tip4.sadr 1.1.1.1 DROP
                """))
        .isEqualTo(
            """
            syntax error, unexpected STRING, expecting SET_TYPE or MATCHER_TYPE: 'ip4.sadr' is not a matcher
               --> rules.bf:11:7
                |
             11 | \trule\tip4.sadr 1.1.1.1 DROP
                | \t    \t^^^^^^^^
                = did you mean 'ip4.saddr'?
            """);
  }

  @Test
  void pointsBehindTheEnd() {
    assertThat(print("chain a"))
        .isEqualTo(
            """
            syntax error, unexpected end of file, expecting HOOK: the hook of the chain is missing
              --> rules.bf:1:8
               |
             1 | chain a
               |        ^
               = hooks are BF_HOOK_XDP, BF_HOOK_TC_INGRESS, BF_HOOK_TC_EGRESS, BF_HOOK_NF_…, BF_HOOK_CGROUP_SKB_… and BF_HOOK_CGROUP_SOCK_ADDR_…
            """);
    assertThat(print(""))
        .isEqualTo(
            """
            syntax error, unexpected end of file, expecting CHAIN: there is no chain
              --> rules.bf:1:1
               |
             1 |\s
               | ^
               = a chain begins like 'chain web BF_HOOK_XDP ACCEPT': name, hook, policy
            """);
  }

  @Test
  void showsOnlyPartOfLongLines() {
    String text =
        "chain a BF_HOOK_XDP ACCEPT " + "rule tcp.dport 1 DROP ".repeat(20) + "rule DROP ";
    String shown = print(text + "rule tcp.dport 1 DROP ".repeat(20));
    assertThat(shown.lines().skip(3).findFirst().orElseThrow())
        .startsWith(" 1 | …")
        .endsWith("…")
        .hasSizeLessThan(110);
    String line = shown.lines().skip(3).findFirst().orElseThrow();
    String carets = shown.lines().skip(4).findFirst().orElseThrow();
    int column = carets.indexOf('^');
    assertThat(line.substring(column, column + carets.lastIndexOf('^') - column + 1))
        .isEqualTo("DROP");
  }

  @Test
  void keepsControlCharactersFromTheTerminal() {
    assertThat(print("chain a BF_HOOK_XDP \u001b[31mACCEPT")).doesNotContain("\u001b");
  }

  @Test
  void coversOneLineOnly() {
    assertThat(
            print(
                """
                chain a BF_HOOK_XDP ACCEPT
                set s (
                  meta.dport,
                  ip4.saddr, ip4.snet) in {}
                set t (ip4.saddr,
                  ip4.snet) in {}
                """))
        .contains(
            """
             5 | set t (ip4.saddr,
               |       ^^^^^^^^^^^
            """);
  }

  @Test
  void marksTheCarets() {
    Source source = new Source("r", "chain a BF_HOOK_XPD DROP");
    Diagnostic error = RulesetParser.parse(source, Texts.INTERFACES).errors().getFirst();
    String plain = new DiagnosticPrinter(source).print(error);
    assertThat(new DiagnosticPrinter(source).print(error, carets -> "<" + carets + ">"))
        .isEqualTo(plain.replace("^^^^^^^^^^^", "<^^^^^^^^^^^>"))
        .contains("<");
  }

  /** Wide characters fill two columns, marks none, what can't be seen one. */
  @ParameterizedTest(name = "{index}")
  @CsvSource({"ab, 2", "墙, 2", "e\u0301, 1", "\u202e, 1", "👍, 2", "ｘ, 2", "é, 1", "'\u0007', 1"})
  void keepsTheCaretInItsColumn(String before, int columns) {
    String shown = print("chain a BF_HOOK_XDP ACCEPT rule (ip4.saddr) in {" + before + ";?} DROP");
    String last = shown.lines().filter(line -> line.contains("^")).toList().getLast();
    assertThat(last.indexOf('^')).isEqualTo(" 1 | ".length() + 48 + columns + 1);
  }

  @Test
  void cutsBetweenCharacters() {
    String text = "chain a BF_HOOK_XDP ACCEPT rule (ip4.saddr) in {" + "👍".repeat(90);
    for (String pad : new String[] {"", "x"}) {
      String shown = print(text + pad + ";?;" + pad + "👍".repeat(90) + "} DROP");
      assertThat(shown.codePoints().noneMatch(c -> c < 0x10000 && Character.isSurrogate((char) c)))
          .isTrue();
    }
  }
}
