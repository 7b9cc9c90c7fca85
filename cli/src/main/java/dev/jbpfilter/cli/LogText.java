package dev.jbpfilter.cli;

import dev.jbpfilter.ruleset.Layer;
import dev.jbpfilter.ruleset.PayloadKind;
import dev.jbpfilter.ruleset.PayloadText;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.packet.LogRecord;
import dev.jbpfilter.ruleset.packet.WireBytes;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Log records as {@code chain logs} prints them. */
final class LogText {
  private static final String TIME = "\u001b[0;96m";
  private static final String SIZE = "\u001b[1;39m";
  private static final String MAC = "\u001b[1;33m";
  private static final String IPV4 = "\u001b[1;36m";
  private static final String IPV6 = "\u001b[1;96m";
  private static final String PROTOCOL = "\u001b[1;95m";
  private static final String PORT = "\u001b[1;93m";
  private static final String WORD = "\u001b[1;92m";
  private static final String RESET = "\u001b[0m";

  private static final String ARROW = " → ";
  private static final String UNKNOWN_HEADER = "<unknown header>";

  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int SECONDS_PER_DAY = 86_400;

  private final ZoneId zone;
  private final LongSupplier bootTime;
  private final boolean colour;
  private final LogAddresses addresses = new LogAddresses();
  private final StringBuilder out = new StringBuilder();

  /**
   * @param zone whose wall clock is shown
   * @param bootTime when the monotonic clock was 0, in nanoseconds since 1970 (UTC); asked for each
   *     entry, because it changes while the program runs: when the wall clock is set, and with each
   *     time that the system was suspended
   * @param colour whether fields are coloured
   */
  LogText(ZoneId zone, LongSupplier bootTime, boolean colour) {
    this.zone = zone;
    this.bootTime = bootTime;
    this.colour = colour;
  }

  /** An empty line, a line about the match, and lines for each header or about the call. */
  String text(LogRecord record) {
    out.setLength(0);
    out.append('\n');
    coloured(TIME, "[" + clock(record.time()) + "]");
    out.append(" Rule #").append(record.rule());
    switch (record) {
      case LogRecord.Packet packet -> packet(packet);
      case LogRecord.SocketCall call -> socketCall(call);
    }
    return out.toString();
  }

  /** Wall-clock time of day to the microsecond. */
  private String clock(long time) {
    long nanos = bootTime.getAsLong() + time;
    long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND);
    int offset = zone.getRules().getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds();
    int second = Math.floorMod(seconds + offset, SECONDS_PER_DAY);
    long micros = Math.floorMod(nanos, NANOS_PER_SECOND) / 1000;
    return digits(second / 3600, 2)
        + ":"
        + digits(second / 60 % 60, 2)
        + ":"
        + digits(second % 60, 2)
        + "."
        + digits(micros, 6);
  }

  private static String digits(long number, int width) {
    String text = Long.toString(number);
    return "0".repeat(width - text.length()) + text;
  }

  private void packet(LogRecord.Packet packet) {
    out.append(" matched ");
    coloured(SIZE, Long.toUnsignedString(packet.size()) + " bytes");
    out.append(" with verdict ").append(packet.verdict()).append('\n');
    if (packet.wants(Layer.LINK)) {
      link(packet.link());
    }
    if (packet.wants(Layer.INTERNET)) {
      internet(packet);
    }
    if (packet.wants(Layer.TRANSPORT)) {
      transport(packet);
    }
  }

  private void link(@Nullable WireBytes header) {
    label("Ethernet");
    if (header == null) {
      out.append(UNKNOWN_HEADER).append('\n');
      return;
    }
    coloured(MAC, LogAddresses.mac(header, 6));
    out.append(ARROW);
    coloured(MAC, LogAddresses.mac(header, 0));
    int etherType = header.u16(12);
    out.append(" (");
    String name = PayloadText.name(PayloadKind.ETHERTYPE, etherType).orElse(null);
    if (name == null) {
      out.append(hex4(etherType));
    } else {
      coloured(PROTOCOL, name);
    }
    out.append(")\n");
  }

  private void internet(LogRecord.Packet packet) {
    WireBytes header = packet.internet();
    if (header == null) {
      label("Internet");
      out.append(UNKNOWN_HEADER).append('\n');
    } else if (packet.etherType() == Protocol.IPV4.number()) {
      label("IPv4");
      coloured(IPV4, padded(addresses.ipv4(header, 12), 15));
      out.append(ARROW);
      coloured(IPV4, padded(addresses.ipv4(header, 16), 15));
      protocol("proto=", header.u8(9), ", TTL=" + header.u8(8));
    } else if (packet.etherType() == Protocol.IPV6.number()) {
      label("IPv6");
      coloured(IPV6, addresses.ipv6(header, 8));
      out.append(ARROW);
      coloured(IPV6, addresses.ipv6(header, 24));
      protocol("nexthdr=", header.u8(6), ", Hop=" + header.u8(7));
    } else {
      unknownInternet(packet.etherType());
    }
  }

  private void unknownInternet(int etherType) {
    label("Internet");
    out.append("<unknown protocol ").append(hex4(etherType)).append(">\n");
  }

  /** The end of a line: a protocol in brackets, by name or by number, and what follows it there. */
  private void protocol(String numberLabel, int number, String rest) {
    out.append(" [");
    String name = PayloadText.name(PayloadKind.PROTOCOL, number).orElse(null);
    if (name == null) {
      out.append(numberLabel).append(number);
    } else {
      coloured(PROTOCOL, name);
    }
    out.append(rest).append("]\n");
  }

  private void transport(LogRecord.Packet packet) {
    WireBytes header = packet.transport();
    int protocol = packet.protocol();
    if (header == null) {
      label("Transport");
      out.append(UNKNOWN_HEADER).append('\n');
    } else if (protocol == Protocol.TCP.number()) {
      tcp(header);
    } else if (protocol == Protocol.UDP.number()) {
      label("UDP");
      ports(header);
      out.append(" [len=").append(header.u16(4)).append("]\n");
    } else if (protocol == Protocol.ICMP.number()) {
      label("ICMP");
      icmp(header, 8, 0);
    } else if (protocol == Protocol.ICMPV6.number()) {
      label("ICMPv6");
      icmp(header, 128, 129);
    } else {
      label("Transport");
      out.append("<unknown protocol ").append(protocol).append(">\n");
    }
  }

  private void tcp(WireBytes header) {
    label("TCP");
    ports(header);
    int flags = header.u8(13);
    if (flags != 0) {
      out.append(" [");
      coloured(WORD, addresses.flags(flags));
      out.append(']');
    }
    out.append("\n              seq=").append(padded(Long.toString(header.u32(4)), 10));
    out.append(" ack=").append(padded(Long.toString(header.u32(8)), 10));
    out.append(" win=").append(padded(Integer.toString(header.u16(14)), 5)).append('\n');
  }

  private void ports(WireBytes header) {
    port(header.u16(0));
    out.append(ARROW);
    port(header.u16(2));
  }

  private void port(int port) {
    coloured(PORT, padded(Integer.toString(port), 5));
  }

  private void icmp(WireBytes header, int request, int reply) {
    int type = header.u8(0);
    out.append("type=").append(padded(Integer.toString(type), 3));
    out.append(" code=").append(padded(Integer.toString(header.u8(1)), 3));
    if (type == request || type == reply) {
      out.append(" [id=").append(header.u16(4)).append(" seq=").append(header.u16(6)).append(']');
    }
    out.append('\n');
  }

  private void socketCall(LogRecord.SocketCall call) {
    out.append(" verdict ").append(call.verdict()).append('\n');
    if (call.etherType() == Protocol.IPV4.number()) {
      label("IPv4");
      socketAddress(IPV4, call.source() == null ? null : addresses.ipv4(call.source(), 0));
      coloured(IPV4, addresses.ipv4(call.destination(), 0));
      protocol("proto=", call.protocol(), "");
    } else if (call.etherType() == Protocol.IPV6.number()) {
      label("IPv6");
      socketAddress(IPV6, call.source() == null ? null : addresses.ipv6(call.source(), 0));
      coloured(IPV6, addresses.ipv6(call.destination(), 0));
      protocol("proto=", call.protocol(), "");
    } else {
      unknownInternet(call.etherType());
    }
    label(transportLabel(call.protocol()));
    out.append(ARROW.stripLeading());
    port(call.port());
    out.append('\n');
    label("PID");
    coloured(PORT, Long.toString(call.process()));
    out.append('\n');
    label("Process");
    coloured(WORD, printable(call.command()));
    out.append('\n');
  }

  private void socketAddress(String on, @Nullable String source) {
    if (source == null) {
      out.append(ARROW.stripLeading());
    } else {
      coloured(on, source);
      out.append(ARROW);
    }
  }

  private static String transportLabel(int protocol) {
    if (protocol == Protocol.TCP.number()) {
      return "TCP";
    }
    return protocol == Protocol.UDP.number() ? "UDP" : "Transport";
  }

  /** A process chooses its name: what would move the cursor or change colours is not passed on. */
  private static String printable(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      text.append(Character.isISOControl(c) ? '�' : c);
    }
    return text.toString();
  }

  private static String hex4(int number) {
    return "0x" + Integer.toHexString(0x10000 | number).substring(1);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(width - text.length(), 0));
  }

  private void label(String label) {
    out.append("  ").append(padded(label, 10)).append(": ");
  }

  private void coloured(String on, String text) {
    if (colour) {
      out.append(on).append(text).append(RESET);
    } else {
      out.append(text);
    }
  }
}
