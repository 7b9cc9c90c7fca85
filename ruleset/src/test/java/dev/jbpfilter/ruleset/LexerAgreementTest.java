package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Lexer}, which is written to be fast, cuts random texts as the table of tokens says. */
class LexerAgreementTest {
  private static final int TEXTS = 20_000;

  /** What tokens are made of; with and without blanks between, these meet and part in every way. */
  private static final List<String> PIECES =
      List.of(
          "chain",
          "rule",
          "set",
          "not",
          "counter",
          "ACCEPT",
          "DROP",
          "CONTINUE",
          "NEXT",
          "REDIRECT",
          "mark",
          "log",
          "every",
          "in",
          "out",
          "eq",
          "range",
          "any",
          "all",
          "BF_HOOK_",
          "BF_HOOK_XDP",
          "BF_HOOK_A1_",
          "ifindex=2",
          "cgpath=/a@b",
          "=",
          "{",
          "}",
          "{a;b}",
          "{#}\n}",
          "{# }",
          "(",
          ")",
          "(a.b)",
          "( ip4.saddr ,\ntcp.dport )",
          "(a.b,",
          "meta.",
          "ip4",
          ".",
          "syn,ack",
          "syn,,",
          ",",
          "1",
          "0x1f",
          "-",
          "-5",
          "1-2",
          "1.5",
          "1s",
          "10ms",
          "50%",
          "%",
          "1.2.3.4",
          "1.2.3.4/8",
          "::1",
          "fe80::/10",
          "/",
          ":",
          "eth0.1",
          "_",
          "x_1",
          "aZ9",
          "#",
          "#c\n",
          "\n",
          "\t",
          "\r",
          " ",
          "é",
          "\ud83d\ude00",
          "\ud800",
          "\0");

  @ParameterizedTest(name = "strict: {0}")
  @ValueSource(booleans = {false, true})
  void cutsAsTheTableSays(boolean strict) {
    Random random = new Random(3);
    Set<TokenKind> seen = EnumSet.noneOf(TokenKind.class);
    for (int i = 0; i < TEXTS; i++) {
      String text = text(random);
      Lexer lexer = new Lexer(text, 0, strict);
      ReferenceLexer reference = new ReferenceLexer(text, strict);
      Token expected = reference.next();
      while (expected.kind() != TokenKind.END) {
        assertThat(lexer.next()).as(text).isEqualTo(expected);
        seen.add(expected.kind());
        expected = reference.next();
      }
      assertThat(lexer.next()).as(text).isEqualTo(expected);
    }
    assertThat(seen).containsAll(EnumSet.complementOf(EnumSet.of(TokenKind.END)));
  }

  private static String text(Random random) {
    List<MatcherType> types = MatcherTypes.ALL;
    boolean dense = random.nextBoolean();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(
          random.nextInt(4) == 0
              ? types.get(random.nextInt(types.size())).keyword()
              : PIECES.get(random.nextInt(PIECES.size())));
      text.append(dense && random.nextBoolean() ? "" : " ");
    }
    return text.toString();
  }
}
