package dev.jbpfilter.fuzz;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parser's time is linear in the text, however it is made. */
class HostileTextTest {
  /** A quadratic step takes minutes for so many characters, a linear one fractions of a second. */
  private static final int CHARACTERS = 1 << 20;

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static final String CHAIN = "chain a BF_HOOK_TC_INGRESS ACCEPT ";

  record Text(String start, String repeated, String end) {
    String text() {
      return start + repeated.repeat(CHARACTERS / repeated.length()) + end;
    }
  }

  static Stream<Text> texts() {
    return Stream.concat(
        Stream.of("a", "{", "}", "(", " ", "\n", "#", "\"", "$", "$A ", "é", "chain ", "rule ")
            .flatMap(piece ->
                Stream.of(
                    new Text("", piece, ""),
                    new Text(CHAIN, piece, ""),
                    new Text(CHAIN + "rule ip4.saddr ", piece, " DROP"),
                    new Text(CHAIN + "rule (ip4.saddr) in {", piece, "} DROP"))),
        List.of(
            new Text("chain ", "ab_", " BF_HOOK_XDP ACCEPT"),
            new Text("chain a BF_HOOK_", "XDP_", " ACCEPT"),
            new Text("chain a BF_HOOK_XDP{", ",ifindex=2", "} ACCEPT"),
            new Text("chain a BF_HOOK_XDP{ifindex=", "1", "} ACCEPT"),
            new Text("chain a BF_HOOK_CGROUP_SKB_INGRESS{cgpath=", "/a", "} ACCEPT"),
            new Text(CHAIN, "set s (ip4.saddr) in {} ", "rule (ip4.saddr) in s DROP"),
            new Text(CHAIN, "rule ip4.saddr x DROP\n", ""),
            new Text(CHAIN, "rule (ip4.saddr) in {1.1.1.1} DROP\n", ""),
            new Text(CHAIN, "rule (ip4.saddr) in nope DROP\n", ""),
            new Text(CHAIN + "rule", " ip4.saddr 1.1.1.1", " DROP"),
            new Text(CHAIN + "rule", " ip4.saddr 1.1.1.1 tcp.dport 1", ""),
            new Text(CHAIN + "rule ip4.proto tcp", " counter", " DROP"),
            new Text(CHAIN + "rule ip4.proto tcp log ", "link,", " DROP"),
            new Text(CHAIN + "rule ip4.proto tcp log every ", "1", "s DROP"),
            new Text(CHAIN + "rule ip4.proto tcp mark 0x", "f", " DROP"),
            new Text(CHAIN + "rule tcp.flags ", "syn,", " DROP"),
            new Text(CHAIN + "rule tcp.dport range ", "1-", "2 DROP"),
            new Text(CHAIN + "rule meta.probability ", "1", "% DROP"),
            new Text(CHAIN + "rule meta.probability 1.", "1", "% DROP"),
            new Text(CHAIN + "rule ip6.saddr ", ":1", " DROP"),
            new Text(CHAIN + "rule (", "ip4.saddr,", "tcp.dport) in {} DROP"),
            new Text(CHAIN + "rule (tcp.dport) in {", "1,", "} DROP"),
            new Text(CHAIN + "rule (tcp.dport) in {", "80;", "} DROP"),
            new Text(CHAIN + "rule (tcp.dport) in {", "# }\n", "} DROP"),
            new Text(CHAIN + "rule (ip4.saddr) in {", "x\n", "} DROP"),
            new Text("", "chain a BF_HOOK_XDP ACCEPT\n", ""),
            new Text("", "define A = 1\n", CHAIN),
            new Text("define A = ", "$A", "\n" + CHAIN),
            new Text("define A = ", "a", "\n" + CHAIN + "rule ip4.saddr $A$A$A DROP"),
            new Text("", "include \"a\"\n", CHAIN))
            .stream());
  }

  @ParameterizedTest
  @MethodSource("texts")
  void takesLinearTime(Text text) {
    String whole = text.text();
    assertTimeoutPreemptively(LIMIT, () -> RulesFuzzer.check(whole));
  }
}
