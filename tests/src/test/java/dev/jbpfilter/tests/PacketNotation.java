package dev.jbpfilter.tests;

import dev.jbpfilter.fuzz.TestPacket;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.PayloadKind;
import dev.jbpfilter.ruleset.TcpFlag;
import dev.jbpfilter.ruleset.packet.PacketBuilder;
import dev.jbpfilter.ruleset.packet.SocketCall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Packets and socket calls as the manual writes them:
 *
 * <pre>
 * tcp 192.0.2.7:40000 > 198.51.100.1:80 syn,ack    a segment; with SYN if no flags are named
 * udp [2001:db8::7]:40000 > [2001:db8::1]:53       a datagram
 * icmp 192.0.2.7 > 192.0.2.1 redirect code 1       or icmpv6; a name or a number, and a code
 * gre 192.0.2.7 > 192.0.2.1                        or igmp
 * udp 192.0.2.7 > 192.0.2.1 fragment               not the first one
 * arp 192.0.2.7 > 192.0.2.1
 * frame 0x88cc                                     a frame with that EtherType
 * connect tcp 192.0.2.20:5432                      a call
 * send udp 192.0.2.7 > 192.0.2.20:53               a call
 * </pre>
 *
 * <p>A packet can begin with {@code vlan} for a tagged frame, and end with {@code dscp CLASS},
 * {@code mark NUMBER}, {@code on INTERFACE}, {@code behind HEADER} (an extension header of IPv6)
 * and {@code cut} (within its transport header).
 */
final class PacketNotation {
  /** The interfaces that examples name. */
  static final InterfaceResolver INTERFACES =
      name ->
          switch (name) {
            case "lo" -> OptionalLong.of(1);
            case "eth0" -> OptionalLong.of(2);
            default -> OptionalLong.empty();
          };

  private static final Map<String, Integer> PROTOCOLS = PayloadKind.PROTOCOL.names();
  private static final int VLAN = 7;
  private static final int LATER_FRAGMENT = 185;
  private static final int AUTHENTICATION = 51;

  /** Within every transport header behind an IPv4 header. */
  private static final int CUT = 14 + 20 + 4;

  private final Deque<String> words;
  private final PacketBuilder builder = PacketBuilder.ethernet();
  private String flags = "syn";
  private int code;
  private String behind = "";
  private String dscp = "0";
  private long mark;
  private long interfaceIndex = 1;
  private boolean fragment;
  private boolean cut;

  private PacketNotation(String text) {
    words = new ArrayDeque<>(List.of(text.strip().split("\\s+")));
  }

  /** Whether the text is that of a call. */
  static boolean isCall(String text) {
    return text.startsWith("connect ") || text.startsWith("send ");
  }

  /** Reads a packet. */
  static TestPacket packet(String text) {
    return new PacketNotation(text).packet();
  }

  /** Reads a call. */
  static SocketCall call(String text) {
    return new PacketNotation(text).call();
  }

  private record Host(String address, int port) {
    static Host of(String text) {
      boolean version6 = text.startsWith("[");
      if (!version6 && (text.indexOf(':') < 0 || text.indexOf(':') != text.lastIndexOf(':'))) {
        return new Host(text, -1);
      }
      int colon = text.lastIndexOf(':');
      String address = version6 ? text.substring(1, colon - 1) : text.substring(0, colon);
      return new Host(address, Integer.parseInt(text.substring(colon + 1)));
    }

    boolean isVersion6() {
      return address.indexOf(':') >= 0;
    }
  }

  private SocketCall call() {
    boolean connect = words.remove().equals("connect");
    int protocol = number(PayloadKind.PROTOCOL, words.remove());
    String from = connect ? "" : words.remove();
    if (!connect) {
      expect(">");
    }
    Host to = Host.of(words.remove());
    expectEnd();
    SocketCall call =
        to.isVersion6()
            ? SocketCall.to(ipv6(to.address), to.port, protocol)
            : SocketCall.to(ipv4(to.address), to.port, protocol);
    if (connect) {
      return call;
    }
    return to.isVersion6() ? call.from(ipv6(from)) : call.from(ipv4(from));
  }

  private static Payload.Ipv4Address ipv4(String address) {
    return Payload.Ipv4Address.parse(address).orElseThrow();
  }

  private static Payload.Ipv6Address ipv6(String address) {
    return Payload.Ipv6Address.parse(address).orElseThrow();
  }

  private TestPacket packet() {
    if (words.peek().equals("vlan")) {
      words.remove();
      builder.vlan(VLAN);
    }
    String protocol = words.remove();
    if (protocol.equals("frame")) {
      builder.etherType(Integer.decode(words.remove()), 1, 2, 3, 4);
      expectEnd();
    } else {
      Host from = Host.of(words.remove());
      expect(">");
      Host to = Host.of(words.remove());
      int type = protocol.startsWith("icmp") ? type(protocol, words.remove()) : 0;
      readRest();
      internet(protocol, from, to);
      transport(protocol, type, from, to);
    }
    if (cut) {
      builder.truncate(CUT);
    }
    return TestPacket.of(builder.build()).withMark(mark).withInterface((int) interfaceIndex);
  }

  private void readRest() {
    while (!words.isEmpty()) {
      String word = words.remove();
      switch (word) {
        case "code" -> code = Integer.parseInt(words.remove());
        case "behind" -> behind = words.remove();
        case "dscp" -> dscp = words.remove();
        case "mark" -> mark = Long.decode(words.remove());
        case "on" -> interfaceIndex = INTERFACES.require(words.remove());
        case "fragment" -> fragment = true;
        case "cut" -> cut = true;
        default -> flags = word;
      }
    }
  }

  private void internet(String protocol, Host from, Host to) {
    if (protocol.equals("arp")) {
      builder.arp(from.address, to.address);
      return;
    }
    if (to.isVersion6()) {
      builder.ipv6(from.address, to.address);
    } else {
      builder.ipv4(from.address, to.address);
    }
    builder.trafficClass(number(PayloadKind.DSCP, dscp) << 2);
    if (!behind.isEmpty()) {
      int header = number(PayloadKind.PROTOCOL, behind);
      if (header == AUTHENTICATION) {
        builder.authentication(2);
      } else {
        builder.extension(header, 0);
      }
    }
    if (fragment) {
      builder.fragment(LATER_FRAGMENT, false);
    }
  }

  private void transport(String protocol, int type, Host from, Host to) {
    if (fragment) {
      builder.transport(number(PayloadKind.PROTOCOL, protocol), 1, 2, 3, 4);
      return;
    }
    switch (protocol) {
      case "arp" -> {}
      case "tcp" -> builder.tcp(from.port, to.port, flags(flags));
      case "udp" -> builder.udp(from.port, to.port);
      case "icmp" -> builder.icmp(type, code);
      case "icmpv6" -> builder.icmpv6(type, code);
      default -> builder.transport(number(PayloadKind.PROTOCOL, protocol), 0, 0, 8, 0);
    }
  }

  private static int flags(String names) {
    int flags = 0;
    for (String name : names.split(",", -1)) {
      flags |= TcpFlag.valueOf(name.toUpperCase(Locale.ROOT)).bit();
    }
    return flags;
  }

  private static int type(String protocol, String name) {
    return number(protocol.equals("icmp") ? PayloadKind.ICMP_TYPE : PayloadKind.ICMPV6_TYPE, name);
  }

  private static int number(PayloadKind kind, String name) {
    Integer number = (kind == PayloadKind.PROTOCOL ? PROTOCOLS : kind.names()).get(name);
    return number == null ? Integer.parseInt(name) : number;
  }

  private void expect(String word) {
    if (!word.equals(words.remove())) {
      throw new IllegalArgumentException("expected " + word);
    }
  }

  private void expectEnd() {
    if (!words.isEmpty()) {
      throw new IllegalArgumentException("too much: " + words);
    }
  }
}
