package dev.jbpfilter.cgen.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.ruleset.Diagnostic;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationsTest {
  private static final String PACKET = "tcp 192.0.2.7:40000 > 198.51.100.1:22";
  private static final InterfaceResolver INTERFACES =
      name -> name.equals("eth0") ? OptionalLong.of(7) : OptionalLong.empty();

  private static Expectations read(String text) {
    return Expectations.parse(new Source("test", text), INTERFACES);
  }

  private static CompiledChain chain(String text) {
    return Compiler.compile(
        RulesetParser.parse(new Source("rules", text), InterfaceResolver.none())
            .ruleset()
            .orElseThrow()
            .chains()
            .getFirst());
  }

  private static Expectation only(String line) {
    Expectations read = read(line);
    assertThat(read.problems()).isEmpty();
    assertThat(read.expectations()).hasSize(1);
    return read.expectations().getFirst();
  }

  @Test
  void readsWhatIsExpected() {
    Expectations read =
        read(
            """
            # a comment
            rules web.rules   # another

            packet udp 192.0.2.7:1 > 192.0.2.1:2 expect NEXT
            chain web
            packet tcp 192.0.2.7:1 > 192.0.2.1:2 expect DROP by rule 3 mark 0x10 counted 1,3 logged none
            \tpacket arp 192.0.2.7 > 192.0.2.1\texpect REDIRECT eth0 out by policy  # here
            packet connect tcp 192.0.2.1:5432 expect ACCEPT by error\
            """);
    assertThat(read.problems()).isEmpty();
    assertThat(read.rules()).isEqualTo("web.rules");
    assertThat(read.expectations())
        .extracting(e -> e.chain() + ": " + e.packet() + ": " + e.text())
        .containsExactly(
            "null: udp 192.0.2.7:1 > 192.0.2.1:2: NEXT",
            "web: tcp 192.0.2.7:1 > 192.0.2.1:2 syn:"
                + " DROP by rule 3 mark 0x10 counted 1,3 logged none",
            "web: arp 192.0.2.7 > 192.0.2.1: REDIRECT 7 out by policy",
            "web: connect tcp 192.0.2.1:5432: ACCEPT by error");
  }

  /** What is refused, where, and what is said. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                         | 0-0   | nothing is expected",
        "packets                                    | 0-7   | 'packets' begins no line",
        "rules                                      | 5-5   | the file of the rules is missing",
        "rules a b                                  | 8-9   | 'b' means nothing here",
        "chain                                      | 5-5   | the name of the chain is missing",
        "packet arp 192.0.2.7 > 192.0.2.1           | 32-32 | 'expect' and what is expected",
        "packet arp 192.0.2.7 expect DROP           | 21-21 | expected '>'",
        "packet arp 192.0.2.7 > 192.0.2.1 expect    | 39-39 | an expectation is a verdict",
        "packet frame 0x88cc expect drop            | 27-31 | 'drop' is no verdict",
        "packet frame 0x88cc expect CONTINUE        | 27-35 | 'CONTINUE' is no verdict",
        "packet frame 0x88cc expect REDIRECT        | 35-35 | the interface is missing",
        "packet frame 0x88cc expect REDIRECT eth9   | 36-40 | 'eth9' is no interface",
        "packet frame 0x88cc expect REDIRECT 3      | 37-37 | 'in' or 'out' is missing",
        "packet frame 0x88cc expect DROP for rule 3 | 32-35 | 'for' means nothing here",
        "packet frame 0x88cc expect DROP by rule    | 39-39 | the number of the rule is missing",
        "packet frame 0x88cc expect DROP by rule x  | 40-41 | 'x' is no number of a rule",
        "packet frame 0x88cc expect DROP by rule -1 | 40-42 | '-1' is no number of a rule",
        "packet frame 0x88cc expect DROP by chance  | 35-41 | what decides is 'rule N', 'policy'",
        "packet frame 0x88cc expect DROP mark x     | 37-38 | a mark is a number",
        "packet frame 0x88cc expect DROP counted    | 39-39 | the numbers of rules are missing",
        "packet frame 0x88cc expect DROP counted 1, | 40-42 | '' is no number of a rule",
      })
  void refuses(String line, String place, String message) {
    Expectations read = read(line);
    assertThat(read.expectations()).isEmpty();
    assertThat(read.problems()).hasSize(1);
    Diagnostic problem = read.problems().getFirst();
    assertThat(problem.message()).contains(message);
    assertThat(problem.span().start() + "-" + problem.span().end()).isEqualTo(place);
  }

  @Test
  void refusesEachLineByItself() {
    assertThat(read("chain a\npacket x\nrule 3\npacket frame 0x88cc expect DROP").problems())
        .hasSize(2);
  }

  /** What holds of a packet to port 22, and what is true of what does not. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DROP                                            | ''",
        "DROP by rule 2 mark 0x5 counted 0,2 logged 0    | ''",
        "ACCEPT                                          | DROP by rule 2",
        "DROP by rule 1                                  | DROP by rule 2",
        "DROP by policy                                  | DROP by rule 2",
        "DROP by error                                   | DROP by rule 2",
        "DROP mark 0                                     | mark 0x5",
        "DROP counted none                               | counted 0,2",
        "DROP counted 2                                  | counted 0,2",
        "DROP logged none                                | logged 0",
        "NEXT by rule 2 mark 7 counted 1 logged 0        | DROP by rule 2, mark 0x5, counted 0,2",
      })
  void findsOutWhetherItHolds(String expected, String actual) {
    CompiledChain chain =
        chain(
            """
            chain c BF_HOOK_TC_INGRESS ACCEPT
              rule ip4.snet 192.0.2.0/24 log counter mark 5 CONTINUE
              rule tcp.dport 23 counter DROP
              rule tcp.dport 22 counter DROP
            """);
    Expectation expectation = only("packet " + PACKET + " expect " + expected);
    Expectation.Result result = expectation.check(chain);
    assertThat(String.join(", ", result.actual())).isEqualTo(actual);
    assertThat(result.holds()).isEqualTo(actual.isEmpty());
    assertThat(result.explanation().disagreement()).isEmpty();
  }

  @Test
  void eachPacketComesToAFreshChain() {
    CompiledChain chain =
        chain("chain c BF_HOOK_XDP ACCEPT rule ip4.proto tcp log every 10s counter DROP");
    Expectation expectation =
        only("packet " + PACKET + " expect DROP by rule 0 counted 0 logged 0");
    for (int i = 0; i < 2; i++) {
      assertThat(expectation.check(chain).actual()).isEmpty();
    }
  }

  @Test
  void chanceIsHalfUnlessThePacketSaysOtherwise() {
    CompiledChain chain =
        chain("chain c BF_HOOK_XDP ACCEPT rule meta.probability 49% counter DROP");
    for (String line :
        List.of(
            "packet " + PACKET + " expect ACCEPT by policy",
            "packet " + PACKET + " random 0 expect DROP by rule 0",
            "packet " + PACKET + " random 0xffffffff expect ACCEPT by policy")) {
      assertThat(only(line).check(chain).actual()).as(line).isEmpty();
    }
  }

  @Test
  void callsAreExpectedToo() {
    CompiledChain chain =
        chain("chain c BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4 ACCEPT rule tcp.dport 22 counter DROP");
    assertThat(
            only("packet connect tcp 192.0.2.1:22 expect DROP by rule 0 counted 0")
                .check(chain)
                .actual())
        .isEmpty();
    assertThatThrownBy(() -> only("packet frame 0x88cc expect DROP").check(chain))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4");
  }
}
