package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
            syntax error, unexpected STRING, expecting SET_TYPE or MATCHER_TYPE
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
            syntax error, unexpected end of file, expecting HOOK
              --> rules.bf:1:8
               |
             1 | chain a
               |        ^
            """);
    assertThat(print(""))
        .isEqualTo(
            """
            syntax error, unexpected end of file, expecting CHAIN
              --> rules.bf:1:1
               |
             1 |\s
               | ^
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
                set s (ip4.saddr) {
                  1.1.1.1
                }
                """))
        .isEqualTo(
            """
            only the 'in' operator is supported for sets
              --> rules.bf:2:1
               |
             2 | set s (ip4.saddr) {
               | ^^^^^^^^^^^^^^^^^^^
            """);
  }
}
