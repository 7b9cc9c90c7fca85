package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code explain} and {@code test}, on rules that are not loaded. */
class ExplainTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("jbpfilter.root"), "doc", "examples");

  private static final List<String> PACKETS =
      List.of(
          "tcp 192.0.2.7:40000 > 198.51.100.1:22",
          "tcp [2001:db8::7]:40000 > [2001:db8::1]:443",
          "udp 203.0.113.9:5060 > 10.20.0.1:5061",
          "icmp 203.0.113.9 > 10.20.0.1 redirect code 1",
          "arp 192.0.2.7 > 198.51.100.1",
          "tcp 203.0.113.9:40000 > 198.51.100.1:80 cut");

  @TempDir private Path directory;

  static Stream<String> examples() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".rules"))
          .map(name -> name.replace(".rules", ""))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static String explain(String example, String... format) throws IOException {
    StringBuilder out = new StringBuilder();
    String text = Files.readString(EXAMPLES.resolve(example + ".rules"));
    for (String packet : PACKETS) {
      List<String> words =
          Stream.concat(
                  Stream.of("explain", "--from-file", "-", "--packet", packet), Stream.of(format))
              .toList();
      Bfcli run = Bfcli.run(Map.of(), text, words.toArray(String[]::new));
      assertThat(run.err()).isEmpty();
      assertThat(run.status()).isZero();
      out.append(run.out()).append('\n');
    }
    return out.toString();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void explainsPacketsToEachExample(String example) throws IOException {
    Golden.check("explain/" + example + ".txt", explain(example));
    Golden.check("explain/" + example + ".json", explain(example, "--format", "json"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void expectationsOfEachExampleHold(String example) {
    Path file = EXAMPLES.resolve(example + ".test");
    Bfcli run = Bfcli.run("test", file.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith(file + ": all ").endsWith(" expectations hold\n");
    assertThat(run.status()).isZero();
  }

  @Test
  void optionsDescribeTheSamePacketAsWords() {
    String rules =
        "chain a BF_HOOK_TC_INGRESS{ifindex=99999} ACCEPT"
            + " rule tcp.dport 443 tcp.flags eq syn,ack meta.mark 7 meta.iface 99999 counter DROP";
    Bfcli options =
        Bfcli.run(
            "explain",
            "-s",
            rules,
            "--src",
            "10.0.0.1",
            "--dst",
            "10.0.0.2",
            "--tcp",
            "--sport",
            "40000",
            "--dport",
            "443",
            "--flags",
            "syn,ack",
            "--mark",
            "7");
    String words = "tcp 10.0.0.1:40000 > 10.0.0.2:443 syn,ack mark 0x7";
    assertThat(options).isEqualTo(Bfcli.run("explain", "-s", rules, "--packet", words));
    assertThat(options.out())
        .isEqualTo(
            """
            packet: tcp 10.0.0.1:40000 > 10.0.0.2:443 syn,ack mark 0x7

            chain a BF_HOOK_TC_INGRESS{ifindex=99999} ACCEPT
              rule 0  from-str:1  match  counter DROP
              verdict: DROP, by rule 0 (from-str:1)
              counted: by rule 0
              mark: 0x7
            """);
  }

  @Test
  void everyKindOfStepIsTold() {
    String rules =
        """
        chain a BF_HOOK_TC_INGRESS ACCEPT
          set none (ip4.saddr) in {}
          rule (ip4.saddr) in none DROP
          rule tcp.dport 1 udp.dport 1 DROP
          rule meta.probability 10% counter DROP
          rule meta.flow_hash 3 DROP
          rule meta.sport 1 DROP
          rule ip6.nexthdr udp DROP
          rule (ip4.saddr, icmp.type) in { 192.0.2.1, 0 } DROP
          rule icmp.type echo-request log every 1s mark 9 CONTINUE
          rule meta.mark 8 DROP
        chain b BF_HOOK_NF_LOCAL_IN DROP
        chain c BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4 DROP
          rule meta.dport 9 ACCEPT
        """;
    Bfcli run = Bfcli.run("explain", "-s", rules, "--icmp");
    assertThat(run.out())
        .isEqualTo(
            """
            packet: icmp 192.0.2.1 > 198.51.100.1 echo-request

            chain a BF_HOOK_TC_INGRESS ACCEPT
              rule 0  from-str:3   disabled  references empty set
              rule 1  from-str:4   disabled  has incompatible matchers on the same layer
              rule 2  from-str:5   no match  meta.probability eq 10%: the packet has 50%
              rule 3  from-str:6   no match  meta.flow_hash eq 0x3: the packet has 0x1
              rule 4  from-str:7   no match  meta.sport eq 1: the packet has none
              rule 5  from-str:8   no match  ip6.nexthdr eq udp: the packet has no IPv6 header
              rule 6  from-str:9   no match  (ip4.saddr, icmp.type) in { 192.0.2.1, echo-reply }: the packet has 192.0.2.1, echo-request
              rule 7  from-str:10  match     log every 1s mark 0x9 CONTINUE
              rule 8  from-str:11  no match  meta.mark eq 0x8: the packet has 0x9
              verdict: ACCEPT, by the policy: no rule decides
              logged: by rule 7
              mark: 0x9
              note: the number drawn is taken to be 50 %; --random says another
              note: the kernel's hash of the flow is taken to be 0x1; --flow-hash says another

            chain b BF_HOOK_NF_LOCAL_IN DROP
              verdict: DROP, by the policy: no rule decides

            chain c BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4 DROP
              rule 0  from-str:14  no match  meta.dport eq 9: the packet has 0
              verdict: DROP, by the policy: no rule decides
            """);
    assertThat(Bfcli.run("explain", "-s", rules, "-n", "b", "--packet", "frame 0x88cc").out())
        .isEqualTo(
            """
            packet: frame 0x88cc

            chain b BF_HOOK_NF_LOCAL_IN DROP
              not asked: BF_HOOK_NF_LOCAL_IN chains see only IPv4 and IPv6 packets
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "explain                     | missing required option(s): --packet, --hex, --pcap, or --tcp",
        "explain --packet x --tcp    | option --packet is incompatible with --tcp",
        "explain -s x -f y --tcp     | option --from-str is incompatible with --from-file",
        "explain --tcp --format rules| explain knows no --format rules, only text and json",
        "test                        | missing FILE",
        "test a --format rules       | test knows no --format rules, only text and json",
      })
  void refusesWords(String words, String message) {
    Bfcli run = Bfcli.run(words.split(" ", -1));
    assertThat(run.status()).isEqualTo(64);
    assertThat(run.err()).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--tcp --sport x          | error  : --sport expects a decimal port from 0 to 65535, not 'x'",
        "--tcp --udp              | error  : --protocol is said twice",
        "--src 10.0.0.1           | error  : the protocol is missing: tcp, udp, icmp, icmpv6 or other",
        "--tcp --src 10.0.0.1 --dst ::1 | error  : --src and --dst are addresses of different families",
        "--udp --iface nothing    | error  : --iface expects an interface name",
        "--hex 00                 | error  : --hex has 1 bytes, not 14 to 65535",
        "--packet tpc             | error  : 'tpc' is no protocol",
      })
  void refusesPackets(String words, String message) {
    List<String> all =
        Stream.concat(
                Stream.of("explain", "-s", "chain a BF_HOOK_XDP DROP"),
                Stream.of(words.split(" ", -1)))
            .toList();
    Bfcli run = Bfcli.run(all.toArray(String[]::new));
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith(message)
        .endsWith("error  : failed to describe the packet: Invalid argument\n");
    assertThat(run.status()).isEqualTo(234);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  @Test
  void whatDoesNotHoldIsShown() throws IOException {
    file("a.rules", "chain a BF_HOOK_XDP DROP\n  rule tcp.dport 22 counter ACCEPT\n");
    String test =
        file(
            "a.test",
            """
            packet tcp 192.0.2.7:1 > 192.0.2.1:22 expect ACCEPT
            packet tcp 192.0.2.7:1 > 192.0.2.1:23 expect ACCEPT by rule 0
            packet tcp 192.0.2.7:1 > 192.0.2.1:22 expect DROP by policy
            """);
    Bfcli run = Bfcli.run("test", test);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEqualTo(test + ": 2 of 3 expectations fail\n");
    assertThat(run.err().replace(directory + "/", ""))
        .isEqualTo(
            """
            error  : chain 'a': DROP by policy, not ACCEPT by rule 0
              --> a.test:2:46
               |
             2 | packet tcp 192.0.2.7:1 > 192.0.2.1:23 expect ACCEPT by rule 0
               |                                              ^^^^^^^^^^^^^^^^
               = rule 0 does not match: tcp.dport eq 22: the packet has 23
            error  : chain 'a': ACCEPT by rule 0, not DROP by policy
              --> a.test:3:46
               |
             3 | packet tcp 192.0.2.7:1 > 192.0.2.1:22 expect DROP by policy
               |                                              ^^^^^^^^^^^^^^
               = rule 0 at a.rules:2 is 'tcp.dport eq 22  counter ACCEPT'
            """);
    Golden.check(
        "explain/failures.json",
        Bfcli.run("test", test, "--format", "json").out().replace(directory + "/", ""));
  }

  @Test
  void rulesAreWhereTheTestSays() throws IOException {
    Files.createDirectory(directory.resolve("below"));
    file("below/b.rules", "chain a BF_HOOK_XDP DROP chain b BF_HOOK_XDP ACCEPT");
    String line = "packet frame 0x88cc expect ACCEPT by policy\n";
    assertThat(Bfcli.run("test", file("a.test", "rules below/b.rules\nchain b\n" + line)).status())
        .isZero();
    Bfcli several = Bfcli.run("test", file("a.test", "rules below/b.rules\n" + line));
    assertThat(several.err()).contains("there are several chains, but no line 'chain NAME' above");
    Bfcli unknown = Bfcli.run("test", file("a.test", "rules below/b.rules\nchain c\n" + line));
    assertThat(unknown.err()).contains("chain 'c' not found");
    Bfcli outside = Bfcli.run("test", file("below/a.test", "rules ../b.rules\n" + line));
    assertThat(outside.err()).contains("can't read rules from ../b.rules");
    assertThat(outside.status()).isEqualTo(243);
    Bfcli missing = Bfcli.run("test", file("c.test", line));
    assertThat(missing.err()).contains("failed to stat file " + directory.resolve("c.rules"));
  }
}
