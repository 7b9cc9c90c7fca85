package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code define} and {@code $NAME}. */
class DefineTest {
  private static final String CHAIN = "chain a BF_HOOK_TC_INGRESS ACCEPT ";

  /** The two texts mean the same. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          define P = 80; chain a BF_HOOK_XDP ACCEPT rule tcp.dport $P DROP | chain a BF_HOOK_XDP ACCEPT rule tcp.dport 80 DROP
          define P=80;chain a BF_HOOK_XDP ACCEPT rule tcp.dport range $P-9$P DROP | chain a BF_HOOK_XDP ACCEPT rule tcp.dport range 80-980 DROP
          define\tA \t=\r 10.0.0.0 \t; define B = $A/8; chain a BF_HOOK_XDP ACCEPT rule ip4.snet $B DROP | chain a BF_HOOK_XDP ACCEPT rule ip4.snet 10.0.0.0/8 DROP
          define A = 1;define B = 2;chain a BF_HOOK_XDP ACCEPT rule ip4.saddr $A.$B.$A.$B DROP | chain a BF_HOOK_XDP ACCEPT rule ip4.saddr 1.2.1.2 DROP
          define I = 2; chain a BF_HOOK_XDP{ifindex=$I} ACCEPT | chain a BF_HOOK_XDP{ifindex=2} ACCEPT
          define O = {ifindex=2}; chain a BF_HOOK_XDP$O ACCEPT | chain a BF_HOOK_XDP{ifindex=2} ACCEPT
          define N = web; define H = BF_HOOK_XDP; define V = DROP; chain $N $H $V | chain web BF_HOOK_XDP DROP
          define R = tcp.dport 80 counter; chain a BF_HOOK_XDP ACCEPT rule $R DROP rule udp.dport 1 DROP | chain a BF_HOOK_XDP ACCEPT rule tcp.dport 80 counter DROP rule udp.dport 1 DROP
          define K = ip4.saddr, tcp.dport; define E = 1.1.1.1,80; chain a BF_HOOK_XDP ACCEPT rule ($K) in {$E; 2.2.2.2,81} DROP | chain a BF_HOOK_XDP ACCEPT rule (ip4.saddr,tcp.dport) in {1.1.1.1,80;2.2.2.2,81} DROP
          define E = 80 # web | chain # no
          define chain = 80; chain a BF_HOOK_XDP ACCEPT rule tcp.dport $chain DROP | chain a BF_HOOK_XDP ACCEPT rule tcp.dport 80 DROP
          define 1 = 80; define _x = $1; chain a BF_HOOK_XDP ACCEPT rule tcp.dport $_x DROP | chain a BF_HOOK_XDP ACCEPT rule tcp.dport 80 DROP
          define A = 80; define A = 80; define B = 80; define A = $B; chain a BF_HOOK_XDP ACCEPT rule tcp.dport $A DROP | chain a BF_HOOK_XDP ACCEPT rule tcp.dport 80 DROP
          chain a BF_HOOK_XDP ACCEPT define P = 80; chain b BF_HOOK_XDP ACCEPT rule tcp.dport $P DROP | chain a BF_HOOK_XDP ACCEPT chain b BF_HOOK_XDP ACCEPT rule tcp.dport 80 DROP
          chain a BF_HOOK_XDP ACCEPT define P = 80 | chain a BF_HOOK_XDP ACCEPT
          define P = a=b"c{; chain a BF_HOOK_XDP ACCEPT | chain a BF_HOOK_XDP ACCEPT
          """)
  void meansTheSame(String defined, String plain) {
    if (plain.endsWith("# no")) {
      assertThat(Texts.refuse(defined).message())
          .isEqualTo("syntax error, unexpected end of file, expecting CHAIN: there is no chain");
    } else {
      assertThat(Texts.accept(defined).withoutSpans())
          .isEqualTo(Texts.accept(plain).withoutSpans());
    }
  }

  @Test
  void valuesEndAtTheLineAndAtComments() {
    assertThat(
            Texts.accept(
                    """
                    define PORTS = (tcp.dport) in { 80 # web ; $NOT $expanded
                    # define PORTS = 2 $NOTHING
                    chain a BF_HOOK_XDP ACCEPT
                      rule $PORTS ; 443
                        # $UNKNOWN }
                      } DROP # $UNKNOWN
                    """)
                .withoutSpans())
        .isEqualTo(
            Texts.accept("chain a BF_HOOK_XDP ACCEPT rule (tcp.dport) in {80;443} DROP")
                .withoutSpans());
  }

  /** What is valid without definitions keeps its meaning. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "chain define BF_HOOK_XDP ACCEPT",
        "chain include BF_HOOK_XDP ifindex=2 ACCEPT",
        CHAIN + "set define (ip4.saddr) in {} rule (ip4.saddr) in define ip4.proto 6 DROP",
        CHAIN + "set include (ip4.saddr) in {} rule (ip4.saddr) in include DROP",
        CHAIN + "rule meta.iface define REDIRECT include in",
        CHAIN + "rule ip4.proto 6 DROP # define X",
        "chain a BF_HOOK_CGROUP_SKB_INGRESS{cgpath=/define} ACCEPT",
        "chain a BF_HOOK_CGROUP_SKB_INGRESS{cgpath=/$/a$} ACCEPT",
        "# include \"x\"\n" + CHAIN,
      })
  void wordsStayUsable(String text) {
    InterfaceResolver any = name -> OptionalLong.of(3);
    ParseResult result = RulesetParser.parse(new Source("test", text), any);
    assertThat(result.errors()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          rule tcp.dport $P DROP | $P | '$P' is not defined |
          rule (tcp.dport) in {$P;$P} DROP | $P | '$P' is not defined |
          define A = 1; rule tcp.dport $A DROP | define A = 1; | 'define' must stand before the first chain or between chains |
          rule tcp.dport define A = 1; 80 DROP rule tcp.dport 80 DROP | define A = 1; | 'define' must stand before the first chain or between chains |
          rule tcp.dport 80 DROP define A = 1; rule tcp.dport $A DROP rule x chain b BF_HOOK_XDP DROP | define A = 1; | 'define' must stand before the first chain or between chains |
          define PORT = 1; chain b BF_HOOK_XDP ACCEPT rule tcp.dport $PROT DROP | $PROT | '$PROT' is not defined | did you mean 'PORT'?
          define A = $A; | $A | '$A' is not defined | it is defined only at test:1:42
          define A = $B; define B = $A; chain b BF_HOOK_XDP ACCEPT rule tcp.dport $A $B DROP | $B | '$B' is not defined | it is defined only at test:1:57
          define A = 1; define A = 2; | A | 'A' is defined again with another value | it is '1' since test:1:42
          define A = ; chain b BF_HOOK_XDP ACCEPT rule tcp.dport $A DROP | A | 'A' is defined without a value |
          define A 1 | define | syntax error, unexpected STRING, expecting SET or RULE or CHAIN or end of file: 'define' is not a keyword | write 'define NAME = VALUE' on one line
          include x | include | syntax error, unexpected STRING, expecting SET or RULE or CHAIN or end of file: 'include' is not a keyword | write 'include "FILE"' on one line
          rule tcp.dport $ DROP | $ | syntax error, unexpected invalid token, expecting NEGATE or MATCHER_OP or RAW_PAYLOAD: "tcp.dport eq" expects a decimal port from 0 to 65535, not '$' | a defined name is written '$NAME', without braces
          define A = 65536; chain b BF_HOOK_XDP ACCEPT rule tcp.dport $A DROP | $A | "tcp.dport eq" expects a decimal port from 0 to 65535, not '65536' |
          define A = 6; chain b BF_HOOK_XDP ACCEPT rule tcp.dport 55${A}5 DROP | 55$ | syntax error, unexpected invalid token: "tcp.dport eq" expects a decimal port from 0 to 65535, not '55$' | a defined name is written '$NAME', without braces
          define A = 6; chain b BF_HOOK_XDP ACCEPT rule tcp.dport 6$A$A$A$A DROP | 6$A$A$A$A | "tcp.dport eq" expects a decimal port from 0 to 65535, not '66666' |
          """)
  void oneError(String text, String span, String message, String hint) {
    ParseResult result = Texts.parse(CHAIN + text);
    assertThat(result.errors()).hasSize(message.startsWith("'$P'") && text.contains(";$P") ? 2 : 1);
    Diagnostic error = result.errors().getFirst();
    assertThat(error.message()).isEqualTo(message);
    assertThat(error.hint()).isEqualTo(hint);
    Location location = result.sources().locate(error.span());
    assertThat(location.source().text(location.span())).isEqualTo(span);
  }

  @Test
  void pointsAtTheUseAndNamesTheDefinition() {
    String text =
        """
        define NET = 10.0.0.0/33
        chain a BF_HOOK_XDP ACCEPT
          rule ip4.saddr 1.1.1.1 ip4.snet $NET tcp.dport 80 DROP
          rule ip4.snet $NET tcp.dprt 80 DROP
        """;
    ParseResult result = Texts.parse(text);
    DiagnosticPrinter printer = new DiagnosticPrinter(result.sources());
    StringBuilder printed = new StringBuilder();
    result.errors().forEach(error -> printed.append(printer.print(error)));
    assertThat(printed)
        .hasToString(
            """
            "ip4.snet eq" expects an IPv4 network: address, '/', prefix length from 0 to 32, not '10.0.0.0/33'
              --> test:3:35
               |
             3 |   rule ip4.saddr 1.1.1.1 ip4.snet $NET tcp.dport 80 DROP
               |                                   ^^^^
               = $NET is '10.0.0.0/33', defined at test:1:8
            "ip4.snet eq" expects an IPv4 network: address, '/', prefix length from 0 to 32, not '10.0.0.0/33'
              --> test:4:17
               |
             4 |   rule ip4.snet $NET tcp.dprt 80 DROP
               |                 ^^^^
               = $NET is '10.0.0.0/33', defined at test:1:8
            syntax error, unexpected STRING: 'tcp.dprt' is no matcher, option or verdict
              --> test:4:22
               |
             4 |   rule ip4.snet $NET tcp.dprt 80 DROP
               |                      ^^^^^^^^
               = did you mean 'tcp.dport'?
            """);
  }

  @Test
  void spansOfTheModelLeadBack() {
    String text =
        "define P = 65535; " + CHAIN + "rule tcp.dport $P counter DROP rule tcp.sport 1 $V";
    ParseResult result = Texts.parse("define V = DROP; " + text);
    List<Rule> rules = result.ruleset().orElseThrow().chains().getFirst().rules();
    assertThat(rules)
        .extracting(rule -> {
          Location location = result.sources().locate(rule.span());
          return location.source().text(location.span());
        })
        .containsExactly("rule tcp.dport $P counter DROP", "rule tcp.sport 1 $V");
  }

  @Test
  void valuesThatDoubleEachOtherAreBounded() {
    StringBuilder text = new StringBuilder("define A0 = 1111111111\n");
    for (int i = 1; i < 1000; i++) {
      text.append("define A").append(i).append(" = $A").append(i - 1).append("$A").append(i - 1);
      text.append('\n');
    }
    Diagnostic error = Texts.refuse(text + CHAIN);
    assertThat(error.message()).isEqualTo("names expand to more than 16777216 characters");
    assertThat(Texts.parse(text + CHAIN).errors()).hasSize(1);
  }

  @Test
  void hundredThousandUsesAreFast() {
    StringBuilder text = new StringBuilder("define P = 80\n" + CHAIN);
    text.append("rule tcp.dport $P DROP\n".repeat(100_000));
    assertThat(Texts.chain(text.toString()).rules()).hasSize(100_000);
    String broken = text.toString().replace("$P", "$Q");
    assertThat(Texts.parse(broken).errors()).hasSize(100);
  }
}
