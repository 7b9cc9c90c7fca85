package dev.jbpfilter.tests.benchmarks;

import dev.jbpfilter.tests.benchmarks.RuleValues.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules as firewalls have them: networks with ports, addresses, ranges, ICMP, flags and IPv6, with
 * mixed verdicts. The packet that is measured matches none.
 */
final class MixedRules {
  private static final int KINDS = 10;
  private static final List<String> VERDICTS = List.of("ACCEPT", "DROP");

  private final RuleValues values = new RuleValues(12);
  private final StringBuilder rules = new StringBuilder();
  private final List<Flow> flows = new ArrayList<>();

  private MixedRules() {}

  /** The rules only. */
  static String text(int count) {
    return generate(count).rules.toString();
  }

  static Workload workload(int count) {
    MixedRules mixed = generate(count);
    List<Flow> candidates = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      for (Flow flow : mixed.flows) {
        candidates.addAll(mixed.near((Flow.Ipv4) flow));
      }
    }
    return Workload.classified(mixed.rules.toString(), Workloads.PACKET, candidates);
  }

  private static MixedRules generate(int count) {
    MixedRules mixed = new MixedRules();
    for (int i = 0; i < count; i++) {
      mixed.rules.append("rule ");
      mixed.rule(i);
      mixed.rules.append(" counter ").append(mixed.values.oneOf(VERDICTS)).append('\n');
    }
    return mixed;
  }

  /** A flow that matches a rule, and some that differ from it in one thing. */
  private List<Flow> near(Flow.Ipv4 flow) {
    return List.of(
        flow,
        flow.withSource(flow.source() + 1 + values.below(255)),
        flow.withSource(values.address()),
        flow.withDestination(values.address()),
        flow.withDestinationPort(values.port()),
        values.from(values.address()));
  }

  private void rule(int index) {
    int source = values.address();
    int destination = values.address();
    int port = values.port();
    Flow.Ipv4 tcp = Flow.Ipv4.tcp(source, destination, values.clientPort(), port);
    switch (index % KINDS) {
      case 0, 1 -> rule("ip4.snet " + network(source, 24) + " tcp.dport " + port, tcp);
      case 2 ->
          rule("ip4.dnet " + network(destination, 28) + " udp.dport " + port, as(tcp, Flow.UDP, 0));
      case 3 -> rule("ip4.saddr " + RuleValues.dotted(source), tcp);
      case 4 ->
          rule(
              "ip4.daddr " + RuleValues.dotted(destination) + " tcp.dport range " + range(port),
              tcp);
      case 5 -> rule("ip4.snet " + network(source, 16) + " tcp.dport range " + range(port), tcp);
      case 6 ->
          rule(
              "ip4.snet " + network(source, 20) + " icmp.type echo-request",
              new Flow.Ipv4(source, destination, 8 << 8, 0, Flow.ICMP, 0));
      case 7 ->
          rule(
              "ip4.daddr " + RuleValues.dotted(destination) + " tcp.flags all syn,fin",
              as(tcp, Flow.TCP, 3));
      case 8 ->
          rules
              .append("ip6.snet 2001:db8:")
              .append(Integer.toHexString(values.below(1 << 16)))
              .append("::/48 tcp.dport ")
              .append(port);
      default ->
          rule("ip4.snet " + network(source, 22) + " ip4.dnet " + network(destination, 22), tcp);
    }
  }

  private void rule(String matchers, Flow.Ipv4 flow) {
    rules.append(matchers);
    flows.add(flow);
  }

  private Network network(int address, int length) {
    return Network.of(address, length - values.below(3));
  }

  private String range(int port) {
    return Math.max(1, port - values.below(20)) + "-" + (port + values.below(50));
  }

  private static Flow.Ipv4 as(Flow.Ipv4 flow, int protocol, int flags) {
    return new Flow.Ipv4(
        flow.source(),
        flow.destination(),
        flow.sourcePort(),
        flow.destinationPort(),
        protocol,
        flags);
  }
}
