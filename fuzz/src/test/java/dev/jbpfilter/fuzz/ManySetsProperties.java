package dev.jbpfilter.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import dev.jbpfilter.ruleset.packet.PacketBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Sets of one key, more than are looked up at once, and large ones, whose elements packets are made
 * of, mean what the reference evaluator says.
 */
class ManySetsProperties {
  private static final List<String> KEYS =
      List.of(
          "ip4.saddr",
          "tcp.dport",
          "ip4.saddr, tcp.dport",
          "ip4.saddr, ip4.daddr, ip4.proto, tcp.sport",
          "ip4.snet",
          "ip6.saddr",
          "ip6.saddr, ip6.daddr, tcp.dport",
          "ip6.dnet");

  private SplittableRandom random = new SplittableRandom();

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void agreement(@ForAll long seed) {
    random = new SplittableRandom(seed);
    StringBuilder sets = new StringBuilder();
    StringBuilder rules = new StringBuilder();
    int count = 1 + random.nextInt(80);
    String key = KEYS.get(random.nextInt(KEYS.size()));
    for (int set = 0; set < count; set++) {
      if (random.nextInt(20) == 0) {
        key = KEYS.get(random.nextInt(KEYS.size()));
      }
      sets.append("set s").append(set).append(" (").append(key).append(") in {");
      int size = 1 + random.nextInt(random.nextInt(10) == 0 ? 1000 : 20);
      for (int element = 0; element < size; element++) {
        sets.append(element(key)).append(';');
      }
      sets.append("}\n");
      rules.append("rule (").append(key).append(random.nextInt(3) == 0 ? ") not in s" : ") in s");
      rules.append(set).append(random.nextInt(8) == 0 ? " counter DROP\n" : " counter CONTINUE\n");
    }
    Chain chain =
        RulesetParser.parse(
                new Source("sets", "chain c BF_HOOK_XDP ACCEPT\n" + sets + rules),
                InterfaceResolver.none())
            .ruleset()
            .orElseThrow()
            .chains()
            .getFirst();
    List<TestPacket> packets = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      packets.add(packet());
    }
    assertThat(Agreement.ofPackets(new Finding(chain, packets))).isEmpty();
  }

  private String element(String key) {
    List<String> components = new ArrayList<>();
    for (String component : key.split(", ", -1)) {
      components.add(
          switch (component) {
            case "ip4.snet" ->
                ipv4() + "/" + (random.nextInt(60) == 0 ? 0 : 20 + random.nextInt(13));
            case "ip6.dnet" ->
                ipv6() + "/" + (random.nextInt(60) == 0 ? 0 : 50 + random.nextInt(79));
            case "ip4.saddr", "ip4.daddr" -> ipv4();
            case "ip6.saddr", "ip6.daddr" -> ipv6();
            case "ip4.proto" -> random.nextBoolean() ? "tcp" : "udp";
            default -> String.valueOf(port());
          });
    }
    return String.join(", ", components);
  }

  private String ipv4() {
    return "192.0." + (random.nextInt(2) * 254) + "." + random.nextInt(16);
  }

  private String ipv6() {
    return "2001:db8:0:" + random.nextInt(2) + "::" + random.nextInt(2) + ":" + random.nextInt(8);
  }

  private int port() {
    return 1 + random.nextInt(6);
  }

  private TestPacket packet() {
    PacketBuilder packet = PacketBuilder.ethernet();
    packet = random.nextBoolean() ? packet.ipv4(ipv4(), ipv4()) : packet.ipv6(ipv6(), ipv6());
    packet = random.nextInt(4) > 0 ? packet.tcp(port(), port(), 2) : packet.udp(port(), port());
    return TestPacket.of(packet.build());
  }
}
