package dev.jbpfilter.cgen.analysis.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Ruleset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Small chains, and what there is to say of them. */
class LinterTest {

  private static Arguments xdp(String name, String rules, String... findings) {
    return Arguments.of(name, "chain c BF_HOOK_XDP ACCEPT " + rules, List.of(findings));
  }

  private static Arguments tc(String name, String rules, String... findings) {
    return Arguments.of(name, "chain c BF_HOOK_TC_INGRESS ACCEPT " + rules, List.of(findings));
  }

  static Stream<Arguments> chains() {
    return Stream.of(
            neverMatching(), shadowed(), elements(), redundant(), sets(), effects(), others())
        .flatMap(List::stream);
  }

  private static List<Arguments> neverMatching() {
    return List.of(
        xdp("nothing", "rule tcp.dport 22 DROP"),
        xdp(
            "two values of one field",
            "rule ip4.saddr 192.0.2.1 ip4.saddr 192.0.2.2 counter DROP",
            "dead contradiction 0: 'ip4.saddr 192.0.2.1' and 'ip4.saddr 192.0.2.2' contradict"
                + " each other"),
        xdp(
            "a value outside of a range",
            "rule tcp.dport 22 ip4.dscp 0 tcp.dport range 80-90 DROP",
            "dead contradiction 0: 'tcp.dport 22' and 'tcp.dport range 80-90' contradict"),
        xdp(
            "a value and its negation",
            "rule ip6.saddr 2001:db8::1 ip6.saddr not 2001:db8::1 DROP",
            "dead contradiction 0"),
        xdp(
            "a network and an address outside",
            "rule ip4.snet 192.0.2.0/24 ip4.saddr 192.0.3.1 DROP",
            "dead contradiction 0"),
        xdp(
            "protocols of a matcher",
            "rule meta.l4_proto udp tcp.dport 22 DROP",
            "dead contradiction 0: 'meta.l4_proto udp' and 'tcp.dport 22'"),
        xdp(
            "no IP, but a transport protocol",
            "rule meta.l3_proto 0x0806 meta.l4_proto tcp DROP",
            "dead contradiction 0"),
        xdp(
            "chance that never is",
            "rule meta.probability not 100% DROP",
            "dead contradiction 0: 'meta.probability not 100%' holds for no packet"),
        xdp(
            "three that contradict together",
            "rule tcp.dport range 1-10 tcp.dport range 5-20 tcp.dport not range 4-11 DROP",
            "dead contradiction 0: 'tcp.dport range 1-10', 'tcp.dport range 5-20' and"
                + " 'tcp.dport not range 4-11' contradict"),
        Arguments.of(
            "the other family of socket calls",
            "chain c BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4 ACCEPT rule meta.l3_proto ipv6 DROP",
            List.of("dead contradiction 0: 'meta.l3_proto ipv6' holds for no packet here")),
        xdp(
            "an empty set",
            "rule (ip4.saddr) in {} DROP",
            "dead disabled-rule 0: it needs membership in an empty set"),
        xdp(
            "two protocols",
            "rule tcp.dport 22 udp.dport 22 DROP",
            "dead disabled-rule 0: it needs two protocols"));
  }

  private static List<Arguments> shadowed() {
    return List.of(
        xdp(
            "by a larger network",
            "rule ip4.snet 10.0.0.0/8 DROP rule ip4.snet 10.1.0.0/16 tcp.dport 22 counter ACCEPT",
            "dead shadowed-rule 1 by 0: rule 0 decides every packet that it could match: DROP; it"
                + " counts nothing"),
        xdp(
            "by the same rule",
            "rule tcp.dport 22 counter DROP rule tcp.dport 22 counter DROP",
            "dead duplicate-rule 1 by 0"),
        xdp(
            "by two ranges together",
            "rule tcp.dport range 0-1000 counter DROP rule tcp.dport range 1001-2000 counter DROP"
                + " rule tcp.dport range 500-1500 counter ACCEPT",
            "dead shadowed-rule 2 by 0,1: rules 0 and 1 together decide every packet"),
        xdp(
            "by a rule and its complement",
            "rule tcp.flags any syn counter DROP rule tcp.flags not any syn counter ACCEPT"
                + " rule udp.dport 53 counter DROP rule tcp.dport 22 counter DROP",
            "dead shadowed-rule 3 by 0,1"),
        xdp(
            "by all network protocols there are",
            "rule meta.l3_proto ipv4 counter DROP rule meta.l3_proto ipv6 counter ACCEPT"
                + " rule tcp.dport 22 counter DROP",
            "dead shadowed-rule 2 by 0,1"),
        xdp(
            "by IPv6 halves",
            "rule ip6.saddr not 2001:db8::1 counter DROP rule ip6.saddr 2001:db8::1 counter DROP"
                + " rule ip6.daddr 2001:db8::2 counter ACCEPT",
            "dead shadowed-rule 2 by 0,1"),
        xdp(
            "by a set",
            "set s (tcp.dport) in {22; 80; 443} rule (tcp.dport) in s counter DROP"
                + " rule tcp.dport 80 counter ACCEPT",
            "dead shadowed-rule 1 by 0"),
        xdp(
            "by a set of pairs",
            "rule (ip4.saddr, tcp.dport) in {192.0.2.1, 22; 192.0.2.2, 22} counter DROP"
                + " rule ip4.saddr 192.0.2.2 tcp.dport 22 counter ACCEPT",
            "dead shadowed-rule 1 by 0"),
        xdp(
            "by the same pairs",
            "set s (ip4.saddr, tcp.dport) in {192.0.2.1, 22; 192.0.2.2, 22}"
                + " rule (ip4.saddr, tcp.dport) not in s counter DROP"
                + " rule (ip4.saddr, tcp.dport) not in s meta.dport 80 counter ACCEPT",
            "dead shadowed-rule 1 by 0"),
        xdp(
            "not by a rule that goes on",
            "rule tcp.dport 22 counter CONTINUE rule tcp.dport 22 counter ip4.dscp 0 DROP"
                .replace("counter ip4.dscp 0", "ip4.dscp 0 counter")),
        xdp(
            "not by chance",
            "rule tcp.dport 22 meta.probability 99% DROP rule tcp.dport 22 counter DROP"),
        xdp(
            "not by a header that fragments lack",
            "rule tcp.dport range 0-65535 counter DROP rule ip4.proto tcp counter DROP"),
        xdp(
            "not by next headers behind extensions",
            "rule ip6.nexthdr tcp counter DROP rule (ip6.nexthdr) in {6} counter DROP"),
        tc(
            "not by a mark that was changed between",
            "rule meta.mark 1 counter DROP rule tcp.dport 22 mark 1 CONTINUE"
                + " rule meta.mark 1 counter ACCEPT"),
        tc(
            "by a mark that was not",
            "rule meta.mark 1 counter DROP rule udp.dport 22 mark 1 DROP"
                + " rule meta.mark 1 counter ACCEPT",
            "warning lost-mark 1",
            "dead shadowed-rule 2 by 0"));
  }

  private static List<Arguments> elements() {
    return List.of(
        xdp(
            "decided before",
            "rule ip4.snet 192.0.2.0/25 counter DROP"
                + " rule (ip4.saddr) in {192.0.2.1; 192.0.2.129; 192.0.2.2} counter ACCEPT",
            "dead dead-elements 1 by 0: elements '192.0.2.1' and '192.0.2.2'"),
        xdp(
            "of networks, by two halves",
            "rule ip4.snet 192.0.2.0/25 counter DROP rule ip4.snet 192.0.2.128/25 counter DROP"
                + " rule (ip4.snet) in {192.0.2.0/24; 198.51.100.0/24} counter ACCEPT",
            "dead dead-elements 2 by 0,1: element '192.0.2.0/24'"),
        xdp(
            "of pairs",
            "rule tcp.dport 22 counter DROP"
                + " rule (ip4.saddr, tcp.dport) in {192.0.2.1, 22; 192.0.2.1, 80} counter ACCEPT",
            "dead dead-elements 1 by 0: element '192.0.2.1, 22'"),
        xdp(
            "excluded by another matcher",
            "rule ip4.snet 192.0.2.0/24 (ip4.saddr) in {192.0.2.1; 192.0.3.1} counter DROP",
            "dead dead-elements 0: element '192.0.3.1'"),
        xdp(
            "only where all else is covered",
            "rule ip4.snet 192.0.2.0/25 tcp.dport 22 counter DROP"
                + " rule (ip4.saddr) in {192.0.2.1; 192.0.2.129} counter ACCEPT"));
  }

  private static List<Arguments> redundant() {
    return List.of(
        xdp(
            "the policy",
            "rule tcp.dport 22 ACCEPT rule tcp.dport 80 counter DROP",
            "warning redundant-rule 0: the policy does the same"),
        xdp(
            "a later rule",
            "rule ip4.snet 10.1.0.0/16 DROP rule ip4.snet 10.0.0.0/8 DROP",
            "warning redundant-rule 0 by 1: rule 1 does the same"),
        xdp(
            "not if something else comes between",
            "rule ip4.snet 10.1.0.0/16 tcp.dport 22 DROP rule ip4.saddr 10.1.2.3 counter ACCEPT"
                + " rule ip4.snet 10.0.0.0/8 DROP"),
        xdp(
            "not if something is counted between",
            "rule ip4.snet 10.1.0.0/16 tcp.dport 22 DROP"
                + " rule ip4.saddr 10.1.2.3 counter CONTINUE"
                + " rule ip4.snet 10.0.0.0/8 DROP"),
        xdp(
            "not if a rule that it hides would count",
            "rule ip4.snet 10.1.0.0/16 DROP rule ip4.saddr 10.1.2.3 counter DROP"
                + " rule ip4.snet 10.0.0.0/8 DROP",
            "dead shadowed-rule 1 by 0"),
        xdp(
            "not for the sake of a rule that it hides",
            "rule tcp.dport 22 DROP rule tcp.dport 22 DROP",
            "dead duplicate-rule 1 by 0"),
        xdp("not if it counts", "rule tcp.dport 22 counter ACCEPT"),
        xdp(
            "perhaps, if it alone looks so far",
            "rule tcp.dport 22 ACCEPT rule meta.l3_proto 0x0806 counter DROP",
            "warning redundant-rule 0"),
        xdp(
            "what does nothing",
            "rule tcp.dport 22 CONTINUE rule tcp.dport 80 counter DROP",
            "warning redundant-rule 0: it does nothing"));
  }

  private static List<Arguments> sets() {
    return List.of(
        xdp(
            "unused",
            "set s (tcp.dport) in {22} rule tcp.dport 80 DROP",
            "warning unused-set -: no rule uses set 's'"),
        xdp(
            "of one name",
            "set s (tcp.dport) in {22} set s (tcp.dport) in {80} rule (tcp.dport) in s DROP",
            "warning duplicate-name -: set 's' is defined again"),
        xdp(
            "networks in each other",
            "rule (ip4.snet) in {10.0.0.0/8; 10.1.0.0/16; 10.1.2.0/24; 11.0.0.0/8} DROP",
            "warning redundant-elements -: '10.1.0.0/16' in '10.0.0.0/8' and '10.1.2.0/24'"));
  }

  private static List<Arguments> effects() {
    return List.of(
        xdp(
            "a log of what is left",
            "rule tcp.dport 22 counter DROP rule tcp.dport range 1-1023 log CONTINUE",
            "warning hidden-effect 1 by 0: log less than is meant"),
        tc(
            "a mark that is replaced",
            "rule tcp.dport 22 mark 1 CONTINUE rule udp.dport 22 counter DROP"
                + " rule meta.l4_proto tcp mark 2 CONTINUE",
            "warning lost-mark 0 by 2"),
        tc(
            "a mark that leaves the chain",
            "rule tcp.dport 22 mark 1 CONTINUE rule tcp.flags any syn counter DROP"
                + " rule meta.l4_proto tcp mark 2 CONTINUE",
            "warning hidden-effect 2 by 1"),
        tc(
            "a mark that is read",
            "rule tcp.dport 22 mark 1 CONTINUE rule meta.mark 1 counter CONTINUE"
                + " rule meta.l4_proto tcp mark 2 CONTINUE"),
        xdp(
            "a limit of nothing",
            "rule tcp.dport 22 log every 10ns DROP",
            "warning idle-rate-limit 0"),
        xdp(
            "both of two that count",
            "rule tcp.dport 22 counter CONTINUE rule tcp.dport 22 counter CONTINUE",
            "warning duplicate-rule 1 by 0: both take effect"));
  }

  private static List<Arguments> others() {
    return List.of(
        xdp(
            "a matcher that another implies",
            "rule meta.l4_proto tcp tcp.dport 22 DROP",
            "advice needless-matcher 0: 'meta.l4_proto tcp' excludes nothing"),
        xdp(
            "the same matcher twice",
            "rule tcp.dport 22 tcp.dport 22 DROP",
            "advice needless-matcher 0: 'tcp.dport 22'"),
        xdp(
            "a negation that always holds",
            "rule ip4.proto icmp meta.l4_proto not tcp DROP",
            "advice needless-matcher 0: 'meta.l4_proto not tcp'"),
        xdp(
            "chance that always is",
            "rule meta.probability 100% tcp.dport 22 DROP",
            "advice needless-matcher 0: 'meta.probability 100%'"),
        xdp("every packet", "rule meta.probability 100% counter CONTINUE"),
        xdp(
            "no set at all",
            "rule (tcp.dport) not in {} counter DROP",
            "advice needless-matcher 0: the set is empty"),
        xdp("hardly ever", "rule meta.probability 0% DROP", "warning rare-match 0"),
        xdp(
            "a run of addresses",
            "rule ip4.saddr 192.0.2.1 tcp.dport 22 DROP rule ip4.saddr 192.0.2.2 tcp.dport 22 DROP"
                + " rule ip4.saddr 192.0.2.9 tcp.dport 22 DROP",
            "advice mergeable-rules 0,1,2: rule (ip4.saddr) in {192.0.2.1; 192.0.2.2; 192.0.2.9}"
                + " tcp.dport 22 DROP"),
        xdp(
            "a run of IPv6 addresses",
            "rule ip6.saddr 2001:db8::1 DROP rule ip6.saddr 2001:db8::2 DROP",
            "advice mergeable-rules 0,1: rule (ip6.saddr) in {2001:db8::1; 2001:db8::2} DROP"),
        xdp("no run of next headers", "rule ip6.nexthdr tcp DROP rule ip6.nexthdr udp DROP"),
        xdp("no run of negations", "rule tcp.dport not 22 DROP rule tcp.dport not 23 DROP", "none"),
        xdp(
            "all is decided",
            "rule meta.l4_proto tcp counter DROP rule meta.l4_proto not tcp counter ACCEPT",
            "advice idle-policy - by 0,1: no packet gets to the policy"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("chains")
  void findsWhatIsThere(String name, String text, List<String> expected) {
    Chain chain = Ruleset.parse(text).chains().getFirst();

    LintReport report = Linter.lint(chain);

    assertThat(report.unexamined()).isEmpty();
    List<Finding> findings = report.findings();
    List<String> wanted = expected.equals(List.of("none")) ? List.of() : expected;
    assertThat(findings).as(() -> shown(findings)).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.size(); i++) {
      String[] parts = wanted.get(i).split(": ", 2);
      assertThat(head(findings.get(i))).isEqualTo(parts[0]);
      if (parts.length > 1) {
        Finding finding = findings.get(i);
        assertThat(finding.message() + "\n" + finding.replacement()).contains(parts[1]);
      }
    }
  }

  private static String head(Finding finding) {
    return finding.level().keyword()
        + " "
        + finding.kind().keyword()
        + " "
        + (finding.rules().isEmpty() ? "-" : numbers(finding.rules()))
        + (finding.others().isEmpty() ? "" : " by " + numbers(finding.others()));
  }

  private static String numbers(List<Integer> rules) {
    List<String> numbers = new ArrayList<>();
    rules.forEach(rule -> numbers.add(rule.toString()));
    return String.join(",", numbers);
  }

  private static String shown(List<Finding> findings) {
    StringBuilder out = new StringBuilder();
    findings.forEach(f -> out.append(head(f)).append(": ").append(f.message()).append('\n'));
    return out.toString();
  }

  @Test
  void chainsOfOneName() {
    String text = "chain c BF_HOOK_XDP ACCEPT chain c BF_HOOK_XDP DROP";

    List<LintReport> reports = Linter.lint(Ruleset.parse(text).chains());

    assertThat(reports.get(0).findings()).isEmpty();
    assertThat(reports.get(1).findings())
        .extracting(Finding::message)
        .containsExactly("chain 'c' is defined again");
  }
}
