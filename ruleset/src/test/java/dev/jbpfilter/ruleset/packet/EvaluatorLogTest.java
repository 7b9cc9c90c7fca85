package dev.jbpfilter.ruleset.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Texts;
import dev.jbpfilter.ruleset.testing.RawLogRecord;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What log records say. */
class EvaluatorLogTest {
  private static final Map<String, PacketBuilder> FRAMES =
      Map.ofEntries(
          Map.entry("tcp", ip4().tcp(40000, 80, 2)),
          Map.entry("tcp cut", ip4().tcp(40000, 80, 2).truncate(53)),
          Map.entry("udp", ip4().udp(53, 5353)),
          Map.entry("options", ip4().ipv4Options(2).udp(53, 5353)),
          Map.entry("gre", ip4().transport(47, 1, 2, 3)),
          Map.entry("later fragment", ip4().fragment(1, false).udp(1, 2)),
          Map.entry("ihl 4", ip4().headerLength(4).udp(1, 2)),
          Map.entry("ip4 cut", ip4().truncate(33)),
          Map.entry("arp", PacketBuilder.ethernet().arp("10.0.0.1", "10.0.0.2")),
          Map.entry("ethernet cut", PacketBuilder.ethernet().truncate(13)),
          Map.entry("icmpv6", ip6().icmpv6(128, 0)),
          Map.entry("ip6 cut", ip6().truncate(53)),
          Map.entry("hop", ip6().extension(0, 1).udp(53, 5353)),
          Map.entry("hop cut", ip6().extension(0, 0).truncate(55)),
          Map.entry("hop and routing cut", ip6().extension(0, 0).extension(43, 0).truncate(63)),
          Map.entry("hop beyond the end", ip6().extension(0, 3).udp(53, 5353).truncate(60)),
          Map.entry("six", extensions(6).udp(53, 5353)),
          Map.entry("seven", extensions(7).udp(53, 5353)));

  private static PacketBuilder ip4() {
    return PacketBuilder.ethernet().ipv4("10.0.0.1", "192.168.1.2");
  }

  private static PacketBuilder ip6() {
    return PacketBuilder.ethernet().ipv6("2001:db8::1", "fe80::2");
  }

  private static PacketBuilder extensions(int count) {
    PacketBuilder builder = ip6();
    for (int i = 0; i < count; i++) {
      builder.extension(60, 0);
    }
    return builder;
  }

  private static byte[] log(String log, PacketInput packet) {
    // Needs no header at all.
    Chain chain =
        Texts.chain(
            "chain a BF_HOOK_TC_INGRESS DROP rule meta.iface 9 DROP rule meta.mark 0 "
                + log
                + " NEXT");
    Evaluation result = Evaluator.of(chain).evaluate(packet);
    assertThat(result.malformed()).isFalse();
    assertThat(result.log()).hasSize(1);
    return result.log().getFirst().record().toByteArray();
  }

  /** Offset and length of the Internet and of the transport header in the frame; 0 if absent. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "tcp, 0800, 6, 14, 20, 34, 20",
    "tcp cut, 0800, 6, 14, 20, 0, 0",
    "udp, 0800, 17, 14, 20, 34, 8",
    "options, 0800, 17, 14, 20, 42, 8",
    "gre, 0800, 47, 14, 20, 0, 0",
    "later fragment, 0800, 17, 14, 20, 0, 0",
    "ihl 4, 0800, 17, 14, 20, 0, 0",
    "ip4 cut, 0800, 0, 0, 0, 0, 0",
    "arp, 0806, 0, 0, 0, 0, 0",
    "icmpv6, 86dd, 58, 14, 40, 54, 8",
    "ip6 cut, 86dd, 0, 0, 0, 0, 0",
    "hop, 86dd, 17, 14, 40, 70, 8",
    "hop cut, 86dd, 0, 14, 40, 0, 0",
    "hop and routing cut, 86dd, 43, 14, 40, 0, 0",
    "hop beyond the end, 86dd, 17, 14, 40, 0, 0",
    "six, 86dd, 17, 14, 40, 102, 8",
    "seven, 86dd, 60, 14, 40, 0, 0",
  })
  void headersThatAreThere(
      String name, String type, int protocol, int internet, int size, int transport, int length) {
    byte[] frame = Objects.requireNonNull(FRAMES.get(name), name).build();
    HexFormat hex = HexFormat.of();
    RawLogRecord expected =
        RawLogRecord.packet(0, 1, 4, frame.length)
            .protocols(Integer.parseInt(type, 16), protocol)
            .requested(15)
            .link(hex.formatHex(frame, 0, 14));
    if (size > 0) {
      expected.internet(hex.formatHex(frame, internet, internet + size));
    }
    if (length > 0) {
      expected.transport(hex.formatHex(frame, transport, transport + length));
    }
    assertThat(hex.formatHex(log("log", PacketInput.ofFrame(frame))))
        .isEqualTo(hex.formatHex(expected.bytes()));
  }

  @Test
  void cutFrameHasNoHeader() {
    byte[] frame = Objects.requireNonNull(FRAMES.get("ethernet cut")).build();
    assertThat(log("log", PacketInput.ofFrame(frame)))
        .isEqualTo(RawLogRecord.packet(0, 1, 4, 13).requested(15).bytes());
  }

  @Test
  void headersThatAreAskedFor() {
    byte[] frame = Objects.requireNonNull(FRAMES.get("udp")).build();
    HexFormat hex = HexFormat.of();
    assertThat(log("log transport", PacketInput.ofFrame(frame)))
        .isEqualTo(
            RawLogRecord.packet(0, 1, 4, frame.length)
                .protocols(0x0800, 17)
                .requested(4)
                .transport(hex.formatHex(frame, 34, 42))
                .bytes());
    assertThat(log("log link,internet", PacketInput.ofFrame(frame))[LogLayout.HEADERS])
        .isEqualTo((byte) 0x33);
  }

  @Test
  void hooksWithoutLinkHeader() {
    byte[] packet = PacketBuilder.withoutLink().ipv4("10.0.0.1", "10.0.0.2").udp(1, 2).build();
    Chain chain = Texts.chain("chain a BF_HOOK_NF_FORWARD DROP rule meta.iface 1 log ACCEPT");
    HexFormat hex = HexFormat.of();
    assertThat(
            Evaluator.of(chain)
                .evaluate(PacketInput.ofPacket(0x0800, packet))
                .log()
                .getFirst()
                .record()
                .toByteArray())
        .isEqualTo(
            RawLogRecord.packet(0, 0, 0, packet.length + 14)
                .protocols(0x0800, 17)
                .requested(15)
                .internet(hex.formatHex(packet, 0, 20))
                .transport(hex.formatHex(packet, 20, 28))
                .bytes());
  }
}
