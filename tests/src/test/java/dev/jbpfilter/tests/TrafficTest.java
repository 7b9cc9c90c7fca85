package dev.jbpfilter.tests;

import static dev.jbpfilter.tests.RoutedHosts.CLIENT4;
import static dev.jbpfilter.tests.RoutedHosts.ROUTER4;
import static dev.jbpfilter.tests.RoutedHosts.ROUTER6;
import static dev.jbpfilter.tests.RoutedHosts.SERVER4;
import static dev.jbpfilter.tests.RoutedHosts.SERVER6;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.Counter;
import dev.jbpfilter.loader.Event;
import dev.jbpfilter.loader.LoadedChain;
import dev.jbpfilter.loader.testing.ControlGroup;
import dev.jbpfilter.loader.testing.NetworkNamespace;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.Hook;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Chains attached to a router, and what its traffic meets. */
@RequiresBpf
class TrafficTest {
  /** An echo request of 56 bytes, with an Ethernet header. */
  private static final int PING4 = 98;

  private static final int PING6 = 118;

  private static RoutedHosts hosts;
  private static ControlGroup group;
  private static Filtering filtering;

  @BeforeAll
  static void start() throws IOException {
    hosts = new RoutedHosts();
    group = new ControlGroup();
    filtering = new Filtering();
  }

  @AfterAll
  static void stop() throws IOException {
    filtering.close();
    group.close();
    hosts.close();
  }

  @AfterEach
  void flush() {
    filtering.flush();
  }

  /** Attaches a chain to the router; a device says where, or the text of other options. */
  private static void set(String name, Hook hook, String where, String policyAndRules) {
    set(hosts.router(), name, hook, where, policyAndRules);
  }

  private static void set(
      NetworkNamespace host, String name, Hook hook, String where, String policyAndRules) {
    String options =
        switch (hook.flavor()) {
          case XDP, TC -> "ifindex=" + RoutedHosts.index(host, where);
          case NETFILTER -> "priorities=" + where;
          case CGROUP_SKB, CGROUP_SOCK_ADDR -> "cgpath=" + group.path();
        };
    filtering.set(
        host, "chain " + name + " " + hook.keyword() + "{" + options + "} " + policyAndRules);
  }

  /** A command that runs another on the router, in the control group. */
  private static List<String> inGroup() {
    return group.command(List.of("ip", "netns", "exec", hosts.router().name()));
  }

  /** What a chain counted of {@link Pings#COUNT} packets of a size. */
  private static void assertCounted(String chain, int rule, long size) {
    LoadedChain loaded = filtering.chain(chain);
    assertThat(loaded.rules().get(rule).packets()).as("rule %d", rule).isEqualTo(Pings.COUNT);
    assertThat(loaded.rules().get(rule).bytes()).as("rule %d", rule).isEqualTo(Pings.COUNT * size);
    assertThat(loaded.errors().packets()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "XDP, v0, v0, request, 10.0.2.2, 2001:db8:2::2",
    "TC_INGRESS, v0, v0, request, 10.0.2.2, 2001:db8:2::2",
    "TC_EGRESS, v0, v0, reply, 10.0.2.2, 2001:db8:2::2",
    "TC_EGRESS, w0, w0, request, 10.0.2.2, 2001:db8:2::2",
    "NF_PRE_ROUTING, 101-102, v0, request, 10.0.2.2, 2001:db8:2::2",
    "NF_LOCAL_IN, 101-102, v0, request, 10.0.1.1, 2001:db8:1::1",
    "NF_FORWARD, 101-102, v0, request, 10.0.2.2, 2001:db8:2::2",
    "NF_LOCAL_OUT, 101-102, v0, reply, 10.0.1.1, 2001:db8:1::1",
    "NF_POST_ROUTING, 101-102, w0, request, 10.0.2.2, 2001:db8:2::2",
  })
  void ping(Hook hook, String where, String device, String kind, String ipv4, String ipv6) {
    String iface = "rule meta.iface " + RoutedHosts.index(hosts.router(), device);
    String rules =
        iface
            + " icmp.type echo-"
            + kind
            + " counter VERDICT "
            + iface
            + " icmpv6.type echo-"
            + kind
            + " counter VERDICT ";
    for (String verdict : List.of("CONTINUE", "DROP")) {
      int answered = verdict.equals("DROP") ? 0 : Pings.COUNT;
      set("c", hook, where, "ACCEPT " + rules.replace("VERDICT", verdict));
      assertThat(hosts.ping(ipv4)).as(verdict).isEqualTo(answered);
      assertThat(hosts.ping(ipv6)).as(verdict).isEqualTo(answered);
      assertCounted("c", 0, PING4);
      assertCounted("c", 1, PING6);
    }
  }

  @ParameterizedTest
  @CsvSource({"CGROUP_SKB_EGRESS, request", "CGROUP_SKB_INGRESS, reply"})
  void pingInAControlGroup(Hook hook, String kind) {
    String rules =
        "rule icmp.type echo-"
            + kind
            + " counter VERDICT"
            + " rule icmpv6.type echo-"
            + kind
            + " counter VERDICT";
    for (String verdict : List.of("CONTINUE", "DROP")) {
      int answered = verdict.equals("DROP") ? 0 : Pings.COUNT;
      set("c", hook, "", "ACCEPT " + rules.replace("VERDICT", verdict));
      assertThat(Pings.answered(inGroup(), SERVER4)).as(verdict).isEqualTo(answered);
      assertThat(Pings.answered(inGroup(), SERVER6)).as(verdict).isEqualTo(answered);
      assertCounted("c", 0, PING4);
      assertCounted("c", 1, PING6);
      // Others are not concerned.
      assertThat(hosts.ping(ROUTER4)).isEqualTo(Pings.COUNT);
      assertCounted("c", 0, PING4);
    }
  }

  @ParameterizedTest
  @CsvSource({"XDP, v0", "TC_INGRESS, v0", "TC_EGRESS, w0", "NF_FORWARD, 101-102"})
  void transports(Hook hook, String where) throws IOException {
    set(
        "c",
        hook,
        where,
        "ACCEPT rule (tcp.dport) in {8081; 8083} tcp.flags syn counter DROP"
            + " rule udp.dport range 8081-8082 counter DROP"
            + " rule meta.l4_proto tcp counter CONTINUE");
    try (Echo echo = new Echo(hosts.server(), SERVER4, 8080, 8081)) {
      assertThat(echo.tcp(hosts.client(), 8080)).isTrue();
      assertThat(echo.tcp(hosts.client(), 8081)).isFalse();
      assertThat(echo.udp(hosts.client(), 8080)).isTrue();
      assertThat(echo.udp(hosts.client(), 8081)).isFalse();
    }
    List<Long> counts = filtering.counts("c");
    assertThat(counts.get(0)).isPositive();
    assertThat(counts.get(1)).isEqualTo(1);
    // Handshake, data, and end of the connection.
    assertThat(counts.get(2)).isGreaterThanOrEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"XDP, v0", "TC_INGRESS, v0", "NF_PRE_ROUTING, 101-102", "NF_LOCAL_IN, 101-102"})
  void neighboursAreFoundBesidesIcmpv6Rules(Hook hook, String where) {
    set("c", hook, where, "ACCEPT rule icmpv6.type echo-request counter DROP");
    forgetNeighbours();
    assertThat(hosts.ping(ROUTER6)).isZero();
    assertCounted("c", 0, PING6);
    assertThat(neighbour()).contains("lladdr").doesNotContain("FAILED");

    set(
        "c",
        hook,
        where,
        "DROP rule (icmpv6.type) in {135; 136} counter ACCEPT"
            + " rule icmpv6.type echo-request counter ACCEPT");
    forgetNeighbours();
    assertThat(hosts.ping(ROUTER6)).isEqualTo(Pings.COUNT);
    assertThat(filtering.counts("c").get(0)).isPositive();
    assertCounted("c", 1, PING6);
  }

  private static void forgetNeighbours() {
    for (NetworkNamespace host : List.of(hosts.client(), hosts.router())) {
      RoutedHosts.run(host, "ip", "-6", "neigh", "flush", "all");
    }
  }

  private static String neighbour() {
    return RoutedHosts.run(hosts.client(), "ip", "-6", "neigh", "show", ROUTER6);
  }

  /** A redirected frame keeps its addresses, so the server counts it but does not answer. */
  @ParameterizedTest
  @EnumSource(
      value = Hook.class,
      names = {"XDP", "TC_INGRESS"})
  void redirectOut(Hook hook) {
    int out = RoutedHosts.index(hosts.router(), "w0");
    // A device gives frames to its peer directly only if that runs an XDP program, too.
    set(hosts.server(), "seen", Hook.XDP, "w1", "ACCEPT rule icmp.type echo-request counter DROP");
    set("past", Hook.NF_PRE_ROUTING, "101-102", "ACCEPT rule icmp.type 8 counter CONTINUE");
    set("c", hook, "v0", "ACCEPT rule icmp.type echo-request counter REDIRECT " + out + " out");
    assertThat(hosts.ping(ROUTER4)).isZero();
    assertCounted("c", 0, PING4);
    assertCounted("seen", 0, PING4);
    assertThat(filtering.counts("past")).containsExactly(0L);
  }

  @Test
  void redirectIn() {
    int in = RoutedHosts.index(hosts.router(), "w0");
    set(
        "second",
        Hook.TC_INGRESS,
        "w0",
        "ACCEPT rule meta.iface " + in + " icmp.type echo-request counter DROP");
    set("first", Hook.TC_INGRESS, "v0", "ACCEPT rule icmp.type 8 counter REDIRECT " + in + " in");
    assertThat(hosts.ping(SERVER4)).isZero();
    assertCounted("first", 0, PING4);
    assertCounted("second", 0, PING4);
  }

  @ParameterizedTest
  @EnumSource(
      value = Hook.class,
      names = {"TC_INGRESS", "TC_EGRESS"})
  void secondProgram(Hook hook) {
    String type = hook == Hook.TC_INGRESS ? "request" : "reply";
    String mark = " rule icmp.type echo-" + type + " mark 0x80000005 counter CONTINUE";
    set("first", hook, "v0", "NEXT" + mark);
    set(
        "second",
        hook,
        "v0",
        "ACCEPT rule meta.mark 0x80000005 icmp.type echo-" + type + " counter DROP");
    assertThat(hosts.ping(SERVER4)).isZero();
    assertCounted("first", 0, PING4);
    assertCounted("second", 0, PING4);

    set("first", hook, "v0", "ACCEPT" + mark);
    assertThat(hosts.ping(SERVER4)).isEqualTo(Pings.COUNT);
    assertCounted("first", 0, PING4);
    assertCounted("second", 0, PING4);

    set(
        "first",
        hook,
        "v0",
        "DROP rule icmp.type echo-"
            + type
            + " counter NEXT"
            + " rule meta.l3_proto not ipv4 ACCEPT");
    set("second", hook, "v0", "DROP rule icmp.type echo-" + type + " counter ACCEPT");
    assertThat(hosts.ping(SERVER4)).isEqualTo(Pings.COUNT);
    assertCounted("second", 0, PING4);
  }

  @Test
  void netfilterSeesTheMarkOfTrafficControl() {
    set("tc", Hook.TC_INGRESS, "v0", "NEXT rule icmp.type 8 mark 5 counter CONTINUE");
    set("nf", Hook.NF_FORWARD, "101-102", "ACCEPT rule meta.mark 5 icmp.type 8 counter DROP");
    assertThat(hosts.ping(SERVER4)).isZero();
    assertCounted("nf", 0, PING4);
  }

  @Test
  void packetsOfIpv6SocketsAreTakenForWhatTheyAre() throws IOException {
    set(
        "c",
        Hook.CGROUP_SKB_EGRESS,
        "",
        "ACCEPT rule ip4.daddr "
            + CLIENT4
            + " udp.dport 9 log counter DROP"
            + " rule meta.l3_proto ipv6 udp.dport 9 counter DROP");
    try (CallingProcess process = new CallingProcess(group, hosts.router())) {
      for (String family : List.of("4", "6")) {
        assertThat(process.call("send " + family + " - " + CLIENT4 + " 9 20"))
            .isEqualTo(CallingProcess.REFUSED);
      }
    }
    LoadedChain chain = filtering.chain("c");
    assertThat(filtering.counts("c")).containsExactly(2L, 0L);
    assertThat(chain.rules().getFirst().bytes()).isEqualTo(2 * (14 + 20 + 8 + 20));
  }

  @Test
  void greatDatagramsAreCountedAsAWhole() throws IOException {
    int size = 60_000;
    String rule = "ACCEPT rule udp.dport 9 counter CONTINUE";
    set("out", Hook.CGROUP_SKB_EGRESS, "", rule);
    set("nf", Hook.NF_LOCAL_OUT, "101-102", rule);
    set("in", Hook.TC_INGRESS, "lo", rule);
    try (CallingProcess process = new CallingProcess(group, hosts.router())) {
      assertThat(process.call("send 6 - " + ROUTER4 + " 9 " + size)).isEqualTo("ok");
      assertThat(process.call("send 6 - " + ROUTER6 + " 9 " + size)).isEqualTo("ok");
    }
    for (String chain : List.of("out", "nf", "in")) {
      assertThat(filtering.counts(chain)).as(chain).containsExactly(2L);
      assertThat(filtering.chain(chain).rules().getFirst().bytes())
          .as(chain)
          .isEqualTo(2 * (14 + 8 + size) + 20 + 40);
    }
  }

  /** The kernel hands many segments at a time from device to device. */
  @ParameterizedTest
  @CsvSource({"TC_INGRESS, v0", "TC_EGRESS, w0", "NF_FORWARD, 101-102"})
  void segmentsAreCountedTogether(Hook hook, String where) throws IOException {
    int bytes = 4 << 20;
    set("c", hook, where, "ACCEPT rule tcp.dport 8080 counter CONTINUE rule tcp.sport 9 DROP");
    try (Echo echo = new Echo(hosts.server(), SERVER4, 8080)) {
      assertThat(echo.transfer(hosts.client(), 8080, bytes)).isEqualTo(bytes);
    }
    Counter counter = filtering.chain("c").rules().getFirst();
    assertThat(counter.bytes()).isGreaterThan(bytes);
    assertThat(counter.packets()).isPositive().isLessThan(bytes / 1500);
    assertThat(filtering.chain("c").errors().packets()).isZero();
  }

  @Test
  void greatFramesInNativeMode() {
    RoutedHosts.run(hosts.router(), "ip", "link", "set", "v0", "mtu", "9000");
    RoutedHosts.run(hosts.client(), "ip", "link", "set", "v1", "mtu", "9000");
    filtering.events().clear();
    set("c", Hook.XDP, "v0", "ACCEPT rule icmp.type echo-request log counter CONTINUE");
    assertThat(filtering.events())
        .extracting(Event::text)
        .anyMatch(text -> text.contains("driver"));
    assertThat(RoutedHosts.run(hosts.router(), "ip", "link", "show", "v0"))
        .contains(" xdp ")
        .doesNotContain("xdpgeneric");
    RoutedHosts.run(
        hosts.client(), "ping", "-n", "-c", "2", "-i", "0.05", "-s", "8900", "-M", "do", ROUTER4);
    assertThat(filtering.chain("c").rules().getFirst().packets()).isEqualTo(2);
    assertThat(filtering.chain("c").rules().getFirst().bytes()).isEqualTo(2 * (8900 + 42));
  }
}
