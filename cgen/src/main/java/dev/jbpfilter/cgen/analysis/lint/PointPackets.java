package dev.jbpfilter.cgen.analysis.lint;

import dev.jbpfilter.cgen.Field;
import dev.jbpfilter.cgen.Spans;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.packet.PacketBuilder;
import dev.jbpfilter.ruleset.packet.PacketDescription;
import dev.jbpfilter.ruleset.packet.PacketInput;
import dev.jbpfilter.ruleset.packet.PacketSyntaxException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Packets and calls that are certain points. Whether they are is to be checked: some points are no
 * packet.
 */
final class PointPackets {
  private static final int[] EXTENSIONS = {0, 43, 44, 51, 60, 135};
  private static final int ECHO_REQUEST = 8;
  private static final int ECHO_REQUEST6 = 128;
  private static final int SYN = 2;

  private final Space space;
  private final Hook hook;
  private final Box box;
  private final long[] point;
  private final boolean usual;

  /**
   * @param box whose points are meant
   * @param point one of them
   * @param usual whether to take what packets usually have in all dimensions where the box has that
   */
  PointPackets(Space space, Hook hook, Box box, long[] point, boolean usual) {
    this.space = space;
    this.hook = hook;
    this.box = box;
    this.point = point;
    this.usual = usual;
  }

  private long value(Field field, long usualValue) {
    OptionalInt dimension = space.known(field);
    if (dimension.isEmpty() || dimension.getAsInt() >= point.length) {
      return usualValue;
    }
    long[] spans = box.in(dimension.getAsInt());
    boolean fits = spans == null || Spans.contains(spans, usualValue);
    return usual && fits ? usualValue : point[dimension.getAsInt()];
  }

  /** The packet or call in words; null if there are none for it. */
  @Nullable PacketDescription words() {
    if (hook.flavor().seesPackets()) {
      // Without a link header, words are for IP alone.
      return hook.flavor().hasLinkHeader() || isInternet() ? brief(packet()) : null;
    }
    try {
      return PacketDescription.parse(call(), InterfaceResolver.none());
    } catch (PacketSyntaxException e) {
      // Not every protocol of a socket has words for ports.
      return null;
    }
  }

  /** Without the interface, if it is the one that is meant if nothing is said of it. */
  private static PacketDescription brief(PacketInput packet) {
    PacketDescription words = PacketDescription.of(packet);
    return packet.interfaceIndex() == 1
        ? PacketDescription.parse((words + " ").replace(" on 1 ", " "), InterfaceResolver.none())
        : words;
  }

  private boolean isInternet() {
    long network = value(Field.L3_PROTO, Protocol.IPV4.number());
    return network == Protocol.IPV4.number() || network == Protocol.IPV6.number();
  }

  private PacketInput packet() {
    int network = (int) value(Field.L3_PROTO, Protocol.IPV4.number());
    PacketBuilder builder =
        hook.flavor().hasLinkHeader() ? PacketBuilder.ethernet() : PacketBuilder.withoutLink();
    if (network == Protocol.IPV4.number()) {
      builder.ipv4(source4(), destination4()).trafficClass((int) value(Field.IP4_DSCP, 0) << 2);
      transport(builder, true);
    } else if (network == Protocol.IPV6.number()) {
      builder.ipv6(source6(), destination6()).trafficClass((int) value(Field.IP6_DSCP, 0) << 2);
      extensions(builder, (int) value(Field.IP6_EXTENSIONS, 0));
      transport(builder, false);
    } else if (hook.flavor().hasLinkHeader()) {
      builder.etherType(network, 0, 0, 0, 0);
    }
    byte[] bytes = builder.build();
    PacketInput packet =
        hook.flavor().hasLinkHeader()
            ? PacketInput.ofFrame(bytes)
            : PacketInput.ofPacket(network, bytes);
    return packet
        .withInterfaceIndex(value(Field.IFACE, 1))
        .withMark(value(Field.MARK, 0))
        .withFlowHash(value(Field.FLOW_HASH, 1));
  }

  private static void extensions(PacketBuilder builder, int bits) {
    for (int i = 0; i < EXTENSIONS.length; i++) {
      if ((bits & 1 << i) != 0) {
        switch (EXTENSIONS[i]) {
          case 44 -> builder.fragmentHeader(0, false);
          case 51 -> builder.authentication(1);
          default -> builder.extension(EXTENSIONS[i], 0);
        }
      }
    }
  }

  private void transport(PacketBuilder builder, boolean version4) {
    long transport = value(Field.L4_HEADER, Protocol.TCP.number());
    int number = (int) transport & 0xff;
    boolean header = transport < Space.NO_HEADER;
    if (!header && isParsed(number)) {
      if (version4) {
        builder.fragment(1, false);
      } else {
        builder.fragmentHeader(1, false);
      }
    }
    int source = (int) value(Field.SPORT, 40000);
    int destination = (int) value(Field.DPORT, 80);
    switch (number) {
      case 6 -> builder.tcp(source, destination, (int) value(Field.TCP_FLAGS, SYN));
      case 17 -> builder.udp(source, destination);
      case 1 ->
          builder.icmp((int) value(Field.ICMP_TYPE, ECHO_REQUEST), (int) value(Field.ICMP_CODE, 0));
      case 58 ->
          builder.icmpv6(
              (int) value(Field.ICMP_TYPE, ECHO_REQUEST6), (int) value(Field.ICMP_CODE, 0));
      default -> builder.transport(number, 0, 0, 0, 0, 0, 0, 0, 0);
    }
  }

  private static boolean isParsed(int number) {
    for (Protocol protocol : Protocol.values()) {
      if (protocol.number() == number) {
        return true;
      }
    }
    return false;
  }

  private String call() {
    int protocol = (int) value(Field.L4_HEADER, Protocol.TCP.number());
    boolean sends = false;
    boolean version6 = false;
    switch (hook) {
      case CGROUP_SOCK_ADDR_SENDMSG4 -> sends = true;
      case CGROUP_SOCK_ADDR_CONNECT6 -> version6 = true;
      case CGROUP_SOCK_ADDR_SENDMSG6 -> {
        sends = true;
        version6 = true;
      }
      default -> {}
    }
    String source = version6 ? source6() : source4();
    String destination = version6 ? "[" + destination6() + "]" : destination4();
    return (sends ? "send " : "connect ")
        + protocol
        + (sends ? " " + source + " > " : " ")
        + destination
        + ":"
        + value(Field.DPORT, 80);
  }

  private String source4() {
    return ipv4(value(Field.IP4_SADDR, 0xc0000207L));
  }

  private String destination4() {
    return ipv4(value(Field.IP4_DADDR, 0xc6336401L));
  }

  private String source6() {
    return ipv6(value(Field.IP6_SADDR_HIGH, 0x2001_0db8_0000_0000L), value(Field.IP6_SADDR_LOW, 7));
  }

  private String destination6() {
    return ipv6(value(Field.IP6_DADDR_HIGH, 0x2001_0db8_0000_0001L), value(Field.IP6_DADDR_LOW, 1));
  }

  private static String ipv4(long address) {
    return (address >>> 24)
        + "."
        + (address >>> 16 & 0xff)
        + "."
        + (address >>> 8 & 0xff)
        + "."
        + (address & 0xff);
  }

  private static String ipv6(long high, long low) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      long half = i < 4 ? high : low;
      out.append(i == 0 ? "" : ":").append(Long.toHexString(half >>> (48 - 16 * (i % 4)) & 0xffff));
    }
    return out.toString();
  }
}
