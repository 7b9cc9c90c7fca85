package dev.jbpfilter.fuzz;

import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Payload;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * Random Ethernet frames: IPv4 with options, fragments and wrong lengths, IPv6 with extension
 * headers, all transports, other protocols, VLAN tags; some cut off at any byte, some padded.
 */
public final class Frames extends Picking {
  private static final int ETHERNET_LENGTH = 14;
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

  private final Aim aim;

  private Frames(RandomGenerator random, Aim aim) {
    super(random);
    this.aim = aim;
  }

  /** A frame of at least 14 bytes. */
  public static byte[] random(RandomGenerator random) {
    return random(random, Aim.none(random));
  }

  /** A frame with values that a chain's rules compare with, less often damaged than others. */
  static byte[] random(RandomGenerator random, Aim aim) {
    return new Frames(random, aim).frame();
  }

  /** Whether to do what few rules want: rarely where a rule is aimed at. */
  private boolean rarely() {
    return !aim.isAtRule() || oneIn(5);
  }

  private byte[] frame() {
    for (int i = 0; i < 12; i++) {
      u8(random.nextInt(256));
    }
    if (oneIn(20)) {
      u16(0x8100);
      u16(random.nextInt(65536));
    }
    int etherType = rarely() ? etherType() : aim.etherType().orElseGet(this::etherType);
    u16(etherType);
    switch (etherType) {
      case IPV4 -> ipv4();
      case IPV6 -> ipv6();
      default -> junk(random.nextInt(60));
    }
    byte[] frame = out.toByteArray();
    return switch (rarely() ? random.nextInt(8) : -1) {
      case 0 ->
          Arrays.copyOf(
              frame, ETHERNET_LENGTH + random.nextInt(frame.length - ETHERNET_LENGTH + 1));
      case 1 -> Arrays.copyOf(frame, frame.length + 1 + random.nextInt(20));
      default -> frame;
    };
  }

  private int etherType() {
    int kind = random.nextInt(20);
    if (kind < 18) {
      return kind < 10 ? IPV4 : IPV6;
    }
    return pick(Corners.ETHERTYPES);
  }

  private void ipv4() {
    int words = random.nextInt(10) < 8 || !rarely() ? 5 : random.nextInt(16);
    int protocol = protocol();
    u8(0x40 | words);
    u8(trafficClass());
    u16(random.nextInt(65536));
    u16(random.nextInt(65536));
    u16(fragmentField());
    u8(64);
    u8(protocol);
    u16(0);
    u32(number(Corners.IPV4_ADDRESSES, MatcherType.IP4_SADDR, MatcherType.IP4_SNET));
    u32(number(Corners.IPV4_ADDRESSES, MatcherType.IP4_DADDR, MatcherType.IP4_DNET));
    junk(Math.max(0, words - 5) * 4);
    transport(protocol);
  }

  private int fragmentField() {
    return switch (rarely() ? random.nextInt(12) : -1) {
      case 0 -> 0x2000;
      case 1 -> 1;
      case 2 -> 185;
      case 3 -> 0x3fff;
      case 4 -> 0xc000;
      case 5 -> 1 << random.nextInt(13);
      default -> 0x4000;
    };
  }

  private void ipv6() {
    int extensions = random.nextInt(3) == 0 && rarely() ? random.nextInt(9) : 0;
    int[] types = new int[extensions + 1];
    for (int i = 0; i < extensions; i++) {
      types[i] = pick(Corners.EXTENSION_HEADERS);
    }
    types[extensions] = protocol();
    u32(0x60000000 | trafficClass() << 20 | (oneIn(2) ? random.nextInt(1 << 20) : 0));
    u16(random.nextInt(65536));
    u8(types[0]);
    u8(64);
    ipv6Address(MatcherType.IP6_SADDR, MatcherType.IP6_SNET);
    ipv6Address(MatcherType.IP6_DADDR, MatcherType.IP6_DNET);
    for (int i = 0; i < extensions; i++) {
      extension(types[i], types[i + 1]);
    }
    transport(types[extensions]);
  }

  private void ipv6Address(MatcherType... types) {
    Payload.Ipv6Address address = aim.ipv6(types).orElseGet(() -> pick(Corners.IPV6_ADDRESSES));
    u32((int) (address.high() >> 32));
    u32((int) address.high());
    u32((int) (address.low() >> 32));
    u32((int) address.low());
  }

  /** A code point and two bits for congestion. */
  private int trafficClass() {
    int codePoint = number(Corners.CODE_POINTS, MatcherType.IP4_DSCP, MatcherType.IP6_DSCP);
    return (codePoint & 0x3f) << 2 | random.nextInt(4);
  }

  private void extension(int type, int following) {
    u8(following);
    switch (type) {
      case 44 -> {
        u8(random.nextInt(256));
        u16(random.nextInt(4) == 0 ? 8 << random.nextInt(13) : random.nextInt(8));
        u32(random.nextInt());
      }
      case 51 -> {
        int words = random.nextInt(4);
        u8(words);
        junk((words + 2) * 4 - 2);
      }
      default -> {
        int units = random.nextInt(3);
        u8(units);
        junk((units + 1) * 8 - 2);
      }
    }
  }

  private int protocol() {
    return rarely() ? anyProtocol() : aim.transport().orElseGet(this::anyProtocol);
  }

  private int anyProtocol() {
    return random.nextInt(5) == 0 ? pick(Corners.PROTOCOLS) : pick(Corners.TRANSPORTS);
  }

  private void transport(int protocol) {
    switch (protocol) {
      case 6 -> {
        ports();
        junk(8);
        u8(0x50);
        u8(number(Corners.TCP_FLAGS, MatcherType.TCP_FLAGS));
        junk(6);
      }
      case 17 -> {
        ports();
        junk(4);
      }
      case 1, 58 -> {
        u8(number(Corners.ICMP_BYTES, MatcherType.ICMP_TYPE, MatcherType.ICMPV6_TYPE));
        u8(number(Corners.ICMP_BYTES, MatcherType.ICMP_CODE, MatcherType.ICMPV6_CODE));
        junk(6);
      }
      default -> {}
    }
    junk(random.nextInt(40));
  }

  private void ports() {
    u16(
        number(
            Corners.PORTS, MatcherType.META_SPORT, MatcherType.TCP_SPORT, MatcherType.UDP_SPORT));
    u16(
        number(
            Corners.PORTS, MatcherType.META_DPORT, MatcherType.TCP_DPORT, MatcherType.UDP_DPORT));
  }

  /** What some rule compares such a field with; otherwise one of these. */
  private int number(int[] corners, MatcherType... types) {
    OptionalLong wanted = aim.number(types);
    return wanted.isPresent() ? (int) wanted.getAsLong() : pick(corners);
  }

  private void junk(int bytes) {
    for (int i = 0; i < bytes; i++) {
      u8(random.nextInt(256));
    }
  }

  private void u8(int value) {
    out.write(value);
  }

  private void u16(int value) {
    u8(value >>> 8);
    u8(value);
  }

  private void u32(int value) {
    u16(value >>> 16);
    u16(value);
  }
}
