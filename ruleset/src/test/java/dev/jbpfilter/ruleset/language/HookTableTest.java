package dev.jbpfilter.ruleset.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Texts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each hook supports: options, marks, redirection, log forms and matchers. */
class HookTableTest {
  private static final List<String> HOOKS =
      List.of(
          "BF_HOOK_XDP",
          "BF_HOOK_TC_INGRESS",
          "BF_HOOK_TC_EGRESS",
          "BF_HOOK_NF_PRE_ROUTING",
          "BF_HOOK_NF_LOCAL_IN",
          "BF_HOOK_NF_FORWARD",
          "BF_HOOK_NF_LOCAL_OUT",
          "BF_HOOK_NF_POST_ROUTING",
          "BF_HOOK_CGROUP_SKB_INGRESS",
          "BF_HOOK_CGROUP_SKB_EGRESS",
          "BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4",
          "BF_HOOK_CGROUP_SOCK_ADDR_CONNECT6",
          "BF_HOOK_CGROUP_SOCK_ADDR_SENDMSG4",
          "BF_HOOK_CGROUP_SOCK_ADDR_SENDMSG6");

  private static final String INDEX = "ifindex=2";
  private static final String PATH = "cgpath=/a";
  private static final String PRIORITIES = "priorities=1-2";

  /** Accepts {@code text} if {@code refusal} is empty, else refuses it with that message. */
  private static void check(String text, String refusal) {
    if (refusal.isEmpty()) {
      Texts.accept(text);
    } else {
      assertThat(Texts.refuse(text).message()).as(text).isEqualTo(refusal);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BF_HOOK_XDP                       | ifindex    | no  | out    | packet
          BF_HOOK_TC_INGRESS                | ifindex    | yes | in out | packet
          BF_HOOK_TC_EGRESS                 | ifindex    | yes | in out | packet
          BF_HOOK_NF_PRE_ROUTING            | priorities | no  | no     | packet
          BF_HOOK_NF_LOCAL_IN               | priorities | no  | no     | packet
          BF_HOOK_NF_FORWARD                | priorities | no  | no     | packet
          BF_HOOK_NF_LOCAL_OUT              | priorities | no  | no     | packet
          BF_HOOK_NF_POST_ROUTING           | priorities | no  | no     | packet
          BF_HOOK_CGROUP_SKB_INGRESS        | cgpath     | yes | no     | packet
          BF_HOOK_CGROUP_SKB_EGRESS         | cgpath     | yes | no     | packet
          BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4 | cgpath     | no  | no     | socket
          BF_HOOK_CGROUP_SOCK_ADDR_CONNECT6 | cgpath     | no  | no     | socket
          BF_HOOK_CGROUP_SOCK_ADDR_SENDMSG4 | cgpath     | no  | no     | socket
          BF_HOOK_CGROUP_SOCK_ADDR_SENDMSG6 | cgpath     | no  | no     | socket
          """)
  void hooks(String hook, String option, String mark, String redirect, String log) {
    Chain chain = Texts.chain("chain a " + hook + " ACCEPT");
    assertThat(chain.hook().keyword()).isEqualTo(hook);
    for (String given : List.of(INDEX, PATH, PRIORITIES)) {
      checkOption(hook, given, option);
    }
    String rule = "chain a " + hook + " ACCEPT rule meta.l4_proto tcp ";
    String noMark = hook + " chains can't set packet mark: Invalid argument";
    check(rule + "mark 1 DROP", mark.equals("yes") ? "" : noMark);
    for (String direction : List.of("in", "out")) {
      String refusal =
          hook.equals("BF_HOOK_XDP")
              ? "XDP redirect only supports 'out' direction"
              : "redirect is not supported by " + hook + " hook";
      check(
          rule + "REDIRECT 1 " + direction,
          redirect.contains(direction) ? "" : refusal + ": Operation not supported");
    }
    check(rule + "log DROP", "");
    for (String headers : List.of("link", "internet", "transport", "link,internet,transport")) {
      String text = rule + "log " + headers + " DROP";
      if (log.equals("packet")) {
        Texts.accept(text);
      } else {
        assertThat(Texts.refuse(text).message())
            .startsWith("per-field log options are not supported by " + hook + ", ")
            .endsWith(": Operation not supported");
      }
    }
  }

  private static void checkOption(String hook, String given, String needed) {
    List<String> keys = List.of("ifindex", "cgpath", "priorities");
    String key = given.substring(0, given.indexOf('='));
    String refusal = "";
    if (!key.equals(needed)) {
      // The keys are walked in their order: the first that is missing or in vain is reported.
      boolean missingFirst = keys.indexOf(needed) < keys.indexOf(key);
      refusal =
          "hook option '"
              + (missingFirst ? needed + "' is required" : key + "' is not supported")
              + " for '"
              + hook
              + "' chains: "
              + (missingFirst ? "Invalid argument" : "Operation not supported");
    }
    check("chain a " + hook + "{" + given + "} ACCEPT", refusal);
  }

  @Test
  void otherHooksAreUnknown() {
    for (String hook : List.of("BF_HOOK_TC", "BF_HOOK_NF_INGRESS", "BF_HOOK_X", "BF_HOOK_1_")) {
      assertThat(Texts.refuse("chain a " + hook + " ACCEPT").message())
          .isEqualTo("unknown hook '" + hook + "'");
    }
    for (String word : List.of("XDP", "BF_HOOK_", "BF_HOOK_xdp", "bf_hook_xdp", "BF_HOOK_XDPs")) {
      assertThat(Texts.refuse("chain a " + word + " ACCEPT").message())
          .startsWith("syntax error, unexpected STRING");
    }
  }

  /**
   * The matrix of all 30 matchers and the hooks. The columns are XDP, TC, NF, CGROUP_SKB, CONNECT4,
   * CONNECT6, SENDMSG4, SENDMSG6; a dot stands for accepted, a dash for refused.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          meta.iface            | 1             | . . . . - - - - |
          meta.sport            | 1             | . . . . - - - - |
          meta.l3_proto         | ipv4          | . . . . . . . . |
          meta.l4_proto         | tcp           | . . . . . . . . |
          meta.probability      | 50%           | . . . . . . . . |
          meta.dport            | 1             | . . . . . . . . |
          meta.mark             | 1             | - . . . - - - - |
          meta.flow_hash        | 1             | - . - - - - - - |
          meta.flow_probability | 50%           | . . - . - - - - |
          ip4.saddr             | 1.1.1.1       | . . . . - - . - | set
          ip4.snet              | 1.1.1.1/8     | . . . . - - . - | set
          ip4.daddr             | 1.1.1.1       | . . . . . - . - | set
          ip4.dnet              | 1.1.1.1/8     | . . . . . - . - | set
          ip4.proto             | tcp           | . . . . . - . - | set
          ip6.saddr             | ::1           | . . . . - - - . | set
          ip6.snet              | ::1/8         | . . . . - - - . | set
          ip6.daddr             | ::1           | . . . . - . - . | set
          ip6.dnet              | ::1/8         | . . . . - . - . | set
          ip4.dscp              | ef            | . . . . - - - - |
          ip6.dscp              | ef            | . . . . - - - - |
          ip6.nexthdr           | tcp           | . . . . - - - - | set
          tcp.dport             | 1             | . . . . . . - - | set
          udp.dport             | 1             | . . . . . . . . | set
          tcp.sport             | 1             | . . . . - - - - | set
          tcp.flags             | syn           | . . . . - - - - |
          udp.sport             | 1             | . . . . - - - - | set
          icmp.type             | echo-request  | . . . . - - - - | set
          icmp.code             | 1             | . . . . - - - - | set
          icmpv6.type           | echo-request  | . . . . - - - - | set
          icmpv6.code           | 1             | . . . . - - - - | set
          """)
  void matchers(String type, String payload, String columns, String set) {
    for (String hook : HOOKS) {
      boolean accepted = columns.charAt(2 * column(hook)) == '.';
      String refusal = " compatible with " + hook + ": Operation not supported";
      String chain = "chain a " + hook + " ACCEPT ";
      String rule = chain + "rule ";
      check(
          rule + type + " " + payload + " DROP",
          accepted ? "" : "matcher " + type + " is not" + refusal);
      check(
          rule + type + " not " + payload + " DROP",
          accepted ? "" : "matcher " + type + " is not" + refusal);
      String key = "(" + type + ") in ";
      String member = rule + key + "{" + payload + "} DROP";
      String named = chain + "set s " + key + "{" + payload + "} ";
      if (set == null) {
        assertThat(Texts.refuse(member).message())
            .startsWith("matcher '" + type + "' (")
            .endsWith(") is not supported as a set key: Operation not supported");
      } else {
        String component = accepted ? "" : "set component '" + type + "' not" + refusal;
        check(member, component);
        check(rule + key + "{} DROP", component);
        check(named + "rule " + key + "s DROP", component);
        check(named, "");
      }
    }
  }

  private static int column(String hook) {
    return switch (hook) {
      case "BF_HOOK_XDP" -> 0;
      case "BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4" -> 4;
      case "BF_HOOK_CGROUP_SOCK_ADDR_CONNECT6" -> 5;
      case "BF_HOOK_CGROUP_SOCK_ADDR_SENDMSG4" -> 6;
      case "BF_HOOK_CGROUP_SOCK_ADDR_SENDMSG6" -> 7;
      default -> hook.startsWith("BF_HOOK_TC") ? 1 : hook.startsWith("BF_HOOK_NF") ? 2 : 3;
    };
  }

  @Test
  void oneForeignComponentIsEnough() {
    assertThat(
            Texts.refuse(
                    "chain a BF_HOOK_CGROUP_SOCK_ADDR_CONNECT4 ACCEPT rule"
                        + " (ip4.daddr, tcp.dport, tcp.sport) in {1.1.1.1, 1, 2} DROP")
                .message())
        .startsWith("set component 'tcp.sport' not compatible");
  }
}
