package dev.jbpfilter.ruleset.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PacketBuilderTest {

  private static String hex(PacketBuilder builder) {
    return HexFormat.of().formatHex(builder.build());
  }

  @Test
  void fillsNumbersLengthsAndChecksums() {
    // Written out by hand from RFC 791, 768 and 1071.
    assertThat(hex(PacketBuilder.ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(1, 2).payload(1)))
        .isEqualTo(
            "020000000002020000000001"
                + "0800"
                + "4500001d00000000401166ce"
                + "0a0000010a000002"
                + "000100020009ebd6"
                + "00");
  }

  @Test
  void checksumsOfTransportsAddUp() {
    for (PacketBuilder builder :
        new PacketBuilder[] {
          PacketBuilder.withoutLink().ipv6("2001:db8::1", "fe80::2").tcp(1, 2, 2).payload(3),
          PacketBuilder.withoutLink().ipv6("::1", "::2").extension(0, 0).udp(1, 2).payload(4),
          PacketBuilder.withoutLink().ipv6("::1", "::2").icmpv6(128, 0).payload(5)
        }) {
      byte[] packet = builder.build();
      int transport = packet[6] == 0 ? 48 : 40;
      int number = packet[6] == 0 ? packet[40] : packet[6];
      int pseudo = Checksum.sum(packet, 8, 40, number + packet.length - transport);
      assertThat(Checksum.of(packet, transport, packet.length, pseudo)).isZero();
      assertThat(packet.length - 40).isEqualTo(packet[4] << 8 | packet[5]);
    }
    byte[] ping =
        PacketBuilder.withoutLink().ipv4("1.2.3.4", "5.6.7.8").icmp(8, 0).payload(9).build();
    assertThat(Checksum.of(ping, 0, 20, 0)).isZero();
    assertThat(Checksum.of(ping, 20, ping.length, 0)).isZero();
  }

  @Test
  void stacksHeaders() {
    assertThat(hex(PacketBuilder.ethernet().vlan(0x123).arp("1.2.3.4", "5.6.7.8")))
        .isEqualTo(
            "0200000000020200000000018100"
                + "01230806"
                + "0001080006040001"
                + "02000000000101020304"
                + "000000000000"
                + "05060708");
    assertThat(
            hex(
                PacketBuilder.withoutLink()
                    .ipv6("::1", "::2")
                    .trafficClass(0xb8)
                    .flowLabel(0xabcde)
                    .fragmentHeader(185, true)
                    .authentication(1)
                    .extension(43, 0)
                    .transport(50, 7)))
        .isEqualTo(
            "6b8abcde001d2c40"
                + "00000000000000000000000000000001"
                + "00000000000000000000000000000002"
                + "330005c900000001"
                + "2b0100000000000000000000"
                + "3200000000000000"
                + "07");
    assertThat(hex(PacketBuilder.ethernet().etherType(0x88cc, 1, 2))).endsWith("88cc0102");
    assertThat(
            hex(
                PacketBuilder.withoutLink()
                    .ipv4("1.2.3.4", "5.6.7.8")
                    .ipv4Options(1)
                    .trafficClass(0xb8)
                    .fragment(185, true)))
        .startsWith("46b80018000020b9")
        .endsWith("01010101");
  }

  @Test
  void padsAndTruncates() {
    assertThat(PacketBuilder.ethernet().ipv4("1.2.3.4", "5.6.7.8").udp(1, 2).padTo(60).build())
        .hasSize(60);
    byte[] cut = PacketBuilder.ethernet().ipv4("1.2.3.4", "5.6.7.8").udp(1, 2).truncate(36).build();
    assertThat(cut).hasSize(36);
    assertThat(cut[17]).isEqualTo((byte) 28);
  }

  @Test
  void refusesWhatHasNoPlace() {
    assertThatThrownBy(() -> PacketBuilder.ethernet().tcp(1, 2, 0))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> PacketBuilder.ethernet().fragment(1, false))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> PacketBuilder.withoutLink().ipv4("1.2.3", "1.1.1.1"))
        .hasMessageContaining("1.2.3");
  }
}
