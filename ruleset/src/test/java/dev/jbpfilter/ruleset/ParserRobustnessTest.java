package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.testing.RandomChains;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the text, there are diagnostics or a ruleset, never an exception. */
class ParserRobustnessTest {
  private static final List<String> PIECES =
      List.of(
          "chain",
          "a",
          "BF_HOOK_XDP",
          "BF_HOOK_TC_INGRESS",
          "BF_HOOK_FOO",
          "{",
          "}",
          ",",
          "ifindex=1",
          "cgpath=/a",
          "priorities=-",
          "priorities=1-",
          "priorities=--1",
          "family=inet4",
          "ACCEPT",
          "DROP",
          "CONTINUE",
          "REDIRECT",
          "lo",
          "in",
          "out",
          "set",
          "s",
          "rule",
          "(ip4.saddr)",
          "(ip4.snet)",
          "(ip4.saddr,tcp.dport)",
          "(ip6.saddr)",
          "(x.y)",
          "{}",
          "{1.1.1.1}",
          "{1.1.1.1;,;x,}",
          "{::1\n::2}",
          "{1.0.0.0/8}",
          "{/}",
          "{ , }",
          "not",
          "eq",
          "range",
          "any",
          "all",
          "ip4.saddr",
          "1.1.1.1",
          "ip4.snet",
          "1.1.1.1/8",
          "ip6.snet",
          "::/0",
          "//",
          "ip6.saddr",
          ":",
          "tcp.dport",
          "80",
          "1-2",
          "-",
          "-5",
          "0x",
          "meta.flow_hash",
          "tcp.flags",
          "syn,",
          "meta.probability",
          "50%",
          "meta.iface",
          "meta.mark",
          "log",
          "link",
          "every",
          "1s",
          "0s",
          "1e9s",
          "counter",
          "mark",
          "08",
          "#",
          "\n",
          "define A = 1",
          "define B = $A rule",
          "define",
          "=",
          ";",
          "include \"x\"",
          "include",
          "\"",
          "$A",
          "$B",
          "$",
          "é",
          "\0",
          "\ud800");

  @Test
  void randomPieces() {
    Random random = new Random(99);
    int accepted = 0;
    for (int i = 0; i < 30_000; i++) {
      StringBuilder text = new StringBuilder();
      if (random.nextInt(4) != 0) {
        text.append("chain a BF_HOOK_TC_INGRESS ACCEPT ");
      }
      int length = random.nextInt(12);
      for (int j = 0; j < length; j++) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
        text.append(random.nextInt(5) == 0 ? "" : " ");
      }
      accepted += check(text.toString()) ? 1 : 0;
    }
    assertThat(accepted).isGreaterThan(500);
  }

  @Test
  void damagedTexts() {
    Random random = new Random(5);
    RandomChains chains = new RandomChains(new Random(17));
    int accepted = 0;
    for (int i = 0; i < 1_000; i++) {
      StringBuilder text = new StringBuilder(RulesPrinter.print(chains.chain()));
      int changes = 1 + random.nextInt(2);
      for (int j = 0; j < changes && text.length() > 1; j++) {
        int at = random.nextInt(text.length() - 1);
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.setCharAt(at, text.charAt(random.nextInt(text.length())));
          default -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        }
      }
      accepted += check(text.toString()) ? 1 : 0;
    }
    assertThat(accepted).isGreaterThan(50);
  }

  /** Returns whether the text is accepted. */
  private static boolean check(String text) {
    Source source = new Source("random", text);
    IncludeResolver includes =
        (including, path) ->
            new IncludeResolver.Included(
                "x", new Source("x", "define C = 80 chain c BF_HOOK_XDP ACCEPT rule $A"));
    ParseResult result =
        RulesetParser.parse(source, ParseOptions.of(Texts.INTERFACES).withIncludes(includes));
    assertThat(result.ruleset().isPresent()).isEqualTo(result.errors().isEmpty());
    DiagnosticPrinter printer = new DiagnosticPrinter(result.sources());
    for (Diagnostic diagnostic : result.diagnostics()) {
      Location location = result.sources().locate(diagnostic.span());
      assertThat(location.span().end()).isLessThanOrEqualTo(location.source().text().length());
      assertThat(printer.print(diagnostic)).contains(diagnostic.message()).contains("^");
    }
    result
        .ruleset()
        .ifPresent(ruleset ->
            assertThat(Texts.accept(RulesPrinter.print(ruleset)).withoutSpans())
                .as(text)
                .isEqualTo(ruleset.withoutSpans()));
    return result.ruleset().isPresent();
  }
}
