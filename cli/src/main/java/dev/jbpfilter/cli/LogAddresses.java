package dev.jbpfilter.cli;

import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.PayloadKind;
import dev.jbpfilter.ruleset.PayloadText;
import dev.jbpfilter.ruleset.packet.WireBytes;

/** What stands in logged headers, as text. */
final class LogAddresses {
  private static final int MAC_BYTES = 6;

  private final PayloadText payloads = PayloadText.listing(InterfaceResolver.none());

  /** The hardware address at an offset. */
  static String mac(WireBytes header, int offset) {
    StringBuilder text = new StringBuilder();
    for (int i = offset; i < offset + MAC_BYTES; i++) {
      int octet = header.u8(i);
      text.append(text.isEmpty() ? "" : ":");
      text.append(Character.forDigit(octet >> 4, 16)).append(Character.forDigit(octet & 0xf, 16));
    }
    return text.toString();
  }

  /** The IPv4 address at an offset. */
  String ipv4(WireBytes bytes, int offset) {
    Payload address = new Payload.Ipv4Address((int) bytes.u32(offset));
    return payloads.text(PayloadKind.IPV4_ADDRESS, address);
  }

  /** The IPv6 address at an offset. */
  String ipv6(WireBytes bytes, int offset) {
    Payload address = new Payload.Ipv6Address(bytes.i64(offset), bytes.i64(offset + 8));
    return payloads.text(PayloadKind.IPV6_ADDRESS, address);
  }

  /** The names of TCP flags in the order of their bits, separated by commas. */
  String flags(int bits) {
    return payloads.text(PayloadKind.TCP_FLAGS, new Payload.Flags(bits));
  }
}
