package dev.jbpfilter.ruleset.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.Texts;
import org.junit.jupiter.api.Test;

class FlowHashTest {
  private static final Needs EVERYTHING = new Needs(true, true, true, true);

  private static int hash(PacketBuilder builder) {
    PacketInput packet = PacketInput.ofFrame(builder.build());
    return FlowHash.of(packet, Headers.parse(packet, EVERYTHING).orElseThrow());
  }

  /** xxHash32's last steps, of a number that is put together by hand from the packet's words. */
  private static int mix(int start) {
    int hash = start;
    hash ^= hash >>> 15;
    hash *= 0x85ebca77;
    hash ^= hash >>> 13;
    hash *= 0xc2b2ae3d;
    return hash ^ (hash >>> 16);
  }

  @Test
  void hashesIpv4() {
    // 10.0.0.1 is 0x0100000a in little-endian order, rotated right by a byte 0x0a010000.
    int start = 0x0a010000 ^ 0x0200000a ^ 0x00060000 ^ 0x0100_5000;
    assertThat(hash(PacketBuilder.ethernet().ipv4("10.0.0.1", "10.0.0.2").tcp(1, 80, 2)))
        .isEqualTo(mix(start));
  }

  @Test
  void hashesIpv6() {
    // Only the last words of the addresses are not zero; the flow label counts in numeric order.
    int start = 0x00010000 ^ 0x02000000 ^ 0x000abcde ^ 0x00110000 ^ 0x3500_0100;
    assertThat(
            hash(
                PacketBuilder.ethernet()
                    .ipv6("::1", "::2")
                    .flowLabel(0xabcde)
                    .trafficClass(0xff)
                    .extension(0, 0)
                    .udp(53, 1)))
        .isEqualTo(mix(start));
  }

  @Test
  void matchesTheShareOfFlows() {
    Evaluator evaluator =
        Evaluator.of(Texts.chain("chain a BF_HOOK_XDP DROP rule meta.flow_probability 75% ACCEPT"));
    int matched = 0;
    for (int port = 0; port < 4000; port++) {
      PacketInput packet =
          PacketInput.ofFrame(
              PacketBuilder.ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(port, 53).build());
      matched += evaluator.evaluate(packet).matchedRules().size();
    }
    assertThat(matched).isBetween(2850, 3150);
  }

  @Test
  void needsPorts() {
    Evaluator evaluator =
        Evaluator.of(
            Texts.chain("chain a BF_HOOK_XDP DROP rule meta.flow_probability not 0% ACCEPT"));
    PacketInput ping =
        PacketInput.ofFrame(
            PacketBuilder.ethernet().ipv4("10.0.0.1", "10.0.0.2").icmp(8, 0).build());
    assertThat(evaluator.evaluate(ping).matchedRules()).isEmpty();
  }
}
