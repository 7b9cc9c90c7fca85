package dev.jbpfilter.tests.benchmarks;

import dev.jbpfilter.tests.benchmarks.RuleValues.Network;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The chains of doc/performance.md, but for {@link MixedRules}. The last rule matches the packet.
 */
final class Workloads {
  /** The packet where nothing else is said: IPv4, TCP, 118 bytes. */
  static final Flow PACKET =
      Flow.Ipv4.tcp(RuleValues.SOURCE, RuleValues.DESTINATION, 50_000, RuleValues.PORT);

  /** So many flows of a kind are enough: more than the caches and branch predictors hold. */
  private static final int MOST_FLOWS = 1 << 19;

  private static final int FLOWS = 1 << 12;
  private static final long IPV6_PREFIX = 0x2001_0db8_0000_0000L;

  private Workloads() {}

  static Workload none() {
    RuleValues values = new RuleValues(1);
    return new Workload("", PACKET, List.of(), scattered(values));
  }

  /** Rules on the source address. */
  static Workload addresses(int count) {
    StringBuilder rules = new StringBuilder();
    List<Integer> addresses = ending(new RuleValues(2), count);
    for (int address : addresses) {
      rules.append("rule ip4.saddr ").append(RuleValues.dotted(address)).append(" counter DROP\n");
    }
    return exact(rules.toString(), addresses);
  }

  /** A rule on a set of source addresses. */
  static Workload set(int count) {
    StringBuilder rules = new StringBuilder("set hosts (ip4.saddr) in {\n");
    List<Integer> addresses = ending(new RuleValues(3), count);
    for (int address : addresses) {
      rules.append(RuleValues.dotted(address)).append('\n');
    }
    rules.append("}\nrule (ip4.saddr) in hosts counter DROP\n");
    return exact(rules.toString(), addresses);
  }

  /** A rule on a set of networks, some within others. */
  static Workload networkSet(int count) {
    RuleValues values = new RuleValues(4);
    List<Network> networks = values.networks(count - 1, 16, 19, 20, 21, 22, 23, 24, 24, 26, 28);
    networks.add(Network.of(RuleValues.SOURCE, 24));
    StringBuilder rules = new StringBuilder("set networks (ip4.snet) in {\n");
    networks.forEach(network -> rules.append(network).append('\n'));
    rules.append("}\nrule (ip4.snet) in networks counter DROP\n");
    Coverage coverage = Coverage.of(networks);
    List<Flow> stopped = new ArrayList<>();
    List<Flow> passed = new ArrayList<>();
    for (Network network : networks) {
      for (int source : corners(network)) {
        (coverage.contains(source) ? stopped : passed).add(values.from(source));
      }
    }
    return new Workload(rules.toString(), PACKET, stopped, passed);
  }

  /** Rules on the source network, of six prefix lengths, some within others. */
  static Workload networks(int count) {
    RuleValues values = new RuleValues(5);
    List<Network> networks = values.networks(count - 1, 12, 16, 20, 24, 28, 32);
    networks.add(Network.of(RuleValues.SOURCE, 24));
    StringBuilder rules = new StringBuilder();
    List<Flow> flows = new ArrayList<>();
    for (Network network : networks) {
      rules.append("rule ip4.snet ").append(network).append(" counter DROP\n");
      for (int source : corners(network)) {
        flows.add(values.from(source));
      }
      flows.add(values.from(values.address()));
    }
    return Workload.classified(rules.toString(), PACKET, flows);
  }

  /** Rules on the source address, IPv6: networks of hosts that count up, or have random numbers. */
  static Workload ipv6Addresses(int count) {
    RuleValues values = new RuleValues(6);
    Set<Flow.Ipv6> sources = new HashSet<>();
    List<Flow> stopped = new ArrayList<>();
    StringBuilder rules = new StringBuilder();
    while (stopped.size() < count) {
      long low = values.below(2) == 0 ? values.below(64) : values.bits();
      Flow.Ipv6 flow = new Flow.Ipv6(IPV6_PREFIX | values.below(16), low, 50_000, RuleValues.PORT);
      if (sources.add(flow)) {
        stopped.add(flow);
        rules.append("rule ip6.saddr ").append(colons(flow)).append(" counter DROP\n");
      }
    }
    List<Flow> passed = new ArrayList<>();
    for (Flow.Ipv6 flow : sources) {
      Flow.Ipv6 other = new Flow.Ipv6(flow.high(), flow.low() ^ 64, 50_000, RuleValues.PORT);
      if (!sources.contains(other)) {
        passed.add(other);
      }
    }
    return new Workload(rules.toString(), stopped.getLast(), stopped, passed);
  }

  /** Rules on source and destination address and destination port, with mixed verdicts. */
  static Workload tuples(int count) {
    RuleValues values = new RuleValues(7);
    List<Integer> clients = values.addresses(Math.max(16, count / 4));
    List<Integer> servers = values.addresses(64);
    Set<Flow> distinct = new HashSet<>();
    List<Flow> stopped = new ArrayList<>();
    StringBuilder rules = new StringBuilder();
    while (stopped.size() < count) {
      Flow.Ipv4 flow =
          stopped.size() == count - 1
              ? (Flow.Ipv4) PACKET
              : Flow.Ipv4.tcp(values.oneOf(clients), values.oneOf(servers), 50_000, values.port());
      if (distinct.add(flow)) {
        stopped.add(flow);
        rules.append("rule ip4.saddr ").append(RuleValues.dotted(flow.source()));
        rules.append(" ip4.daddr ").append(RuleValues.dotted(flow.destination()));
        rules.append(" tcp.dport ").append(flow.destinationPort()).append(" counter ");
        rules.append(values.oneOf(List.of("ACCEPT", "DROP"))).append('\n');
      }
    }
    List<Flow> passed = new ArrayList<>();
    while (passed.size() < count) {
      Flow.Ipv4 flow =
          Flow.Ipv4.tcp(values.oneOf(clients), values.oneOf(servers), 50_000, values.port());
      if (!distinct.contains(flow)) {
        passed.add(flow);
      }
    }
    return new Workload(rules.toString(), PACKET, stopped, passed);
  }

  /** One range of ports, of either protocol. */
  static Workload range() {
    int first = RuleValues.PORT - 5;
    String rules = "rule meta.dport range " + first + "-" + (first + 10) + " counter DROP\n";
    return Workload.classified(rules, PACKET, ports(new RuleValues(8)));
  }

  /** Rules on ranges of ports that overlap. */
  static Workload ranges(int count) {
    RuleValues values = new RuleValues(9);
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i < count - 1; i++) {
      int first = values.below(RuleValues.PORT - 100);
      rules.append("rule tcp.dport range ").append(first).append('-');
      rules.append(first + values.below(48)).append(" counter DROP\n");
    }
    rules.append("rule tcp.dport range ").append(RuleValues.PORT - 1).append('-');
    rules.append(RuleValues.PORT + 6).append(" counter DROP\n");
    return Workload.classified(rules.toString(), PACKET, ports(values));
  }

  /** Rules that all match and go on. */
  static Workload continuing(int count) {
    RuleValues values = new RuleValues(10);
    StringBuilder rules = new StringBuilder();
    for (int address : values.addresses(count)) {
      rules.append("rule ip4.saddr not ").append(RuleValues.dotted(address));
      rules.append(" counter CONTINUE\n");
    }
    return new Workload(rules.toString(), PACKET, List.of(), scattered(values));
  }

  private static Workload exact(String rules, List<Integer> addresses) {
    RuleValues values = new RuleValues(11);
    Set<Integer> all = new HashSet<>(addresses);
    List<Flow> stopped = new ArrayList<>();
    List<Flow> passed = new ArrayList<>();
    int every = Math.max(1, addresses.size() / MOST_FLOWS);
    for (int i = 0; i < addresses.size(); i += every) {
      stopped.add(values.from(addresses.get(i)));
      int other = i % 2 == 0 ? addresses.get(i) + 1 : values.address();
      if (!all.contains(other)) {
        passed.add(values.from(other));
      }
    }
    for (int i = 0; i < 64; i++) {
      int other = values.address();
      if (!all.contains(other)) {
        passed.add(values.from(other));
      }
    }
    return new Workload(rules, PACKET, stopped, passed);
  }

  private static List<Integer> ending(RuleValues values, int count) {
    List<Integer> addresses = new ArrayList<>(values.addresses(count - 1));
    addresses.add(RuleValues.SOURCE);
    return addresses;
  }

  private static int[] corners(Network network) {
    return new int[] {network.first(), network.last(), network.first() - 1, network.last() + 1};
  }

  private static List<Flow> scattered(RuleValues values) {
    List<Flow> flows = new ArrayList<>();
    for (int i = 0; i < FLOWS; i++) {
      flows.add(values.from(values.address()));
    }
    return flows;
  }

  private static List<Flow> ports(RuleValues values) {
    List<Flow> flows = new ArrayList<>();
    for (int port = 1; port < 1 << 16; port += 1 + values.below(8)) {
      flows.add(values.from(values.address()).withDestinationPort(port));
    }
    return flows;
  }

  private static String colons(Flow.Ipv6 flow) {
    StringBuilder text = new StringBuilder();
    for (long half : new long[] {flow.high(), flow.low()}) {
      for (int shift = 48; shift >= 0; shift -= 16) {
        text.append(text.isEmpty() ? "" : ":").append(Long.toHexString(half >>> shift & 0xffff));
      }
    }
    return text.toString();
  }
}
