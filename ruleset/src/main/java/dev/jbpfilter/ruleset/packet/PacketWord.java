package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.Operator;
import dev.jbpfilter.ruleset.PayloadKind;
import org.jspecify.annotations.Nullable;

/** What can be said of a packet or a socket call, each once. */
public enum PacketWord {
  /** The transport protocol. */
  PROTOCOL("protocol", PayloadKind.PROTOCOL),
  /** The source address, IPv4 or IPv6. */
  SRC("src", null),
  /** The destination address, IPv4 or IPv6. */
  DST("dst", null),
  /** The source port of TCP or UDP. */
  SPORT("sport", PayloadKind.PORT),
  /** The destination port of TCP or UDP. */
  DPORT("dport", PayloadKind.PORT),
  /** The flags of TCP; SYN if nothing is said. */
  FLAGS("flags", PayloadKind.TCP_FLAGS),
  /** The type of ICMP or ICMPv6; an echo request if nothing is said. */
  TYPE("type", null),
  /** The code of ICMP or ICMPv6. */
  CODE("code", PayloadKind.ICMP_CODE),
  /** The differentiated-services code point. */
  DSCP("dscp", PayloadKind.DSCP),
  /** An extension header of IPv6 before the transport header. */
  BEHIND("behind", PayloadKind.PROTOCOL),
  /** A fragment that is not the first one, so that it has no transport header; no value. */
  FRAGMENT("fragment", null),
  /** Cut off within its transport header; no value. */
  CUT("cut", null),
  /** The bytes of the frame, its Ethernet header included. */
  SIZE("size", null),
  /** The number of the VLAN of a tagged frame. */
  VLAN("vlan", null),
  /** The interface that the hook reports. */
  ON("on", PayloadKind.INTERFACE),
  /** The mark. */
  MARK("mark", PayloadKind.MARK),
  /** The kernel's hash of the flow. */
  HASH("hash", PayloadKind.FLOW_HASH),
  /** The number that is drawn for {@code meta.probability}, of 32 bits. */
  RANDOM("random", PayloadKind.FLOW_HASH),
  /** The EtherType of a frame that is not IP. */
  FRAME("frame", PayloadKind.ETHERTYPE),
  /** The bytes of the frame, from its Ethernet header on, in hexadecimal. */
  HEX("hex", null);

  private final String text;
  private final @Nullable PayloadKind kind;

  PacketWord(String text, @Nullable PayloadKind kind) {
    this.text = text;
    this.kind = kind;
  }

  /** As the notation of {@link PacketDescription} has it. */
  public String text() {
    return text;
  }

  /** How a value is written, as rules have it; null if rules have no such value. */
  @Nullable PayloadKind kind() {
    return kind;
  }

  /** How a value is written, in words. */
  String form() {
    return switch (this) {
      case SRC, DST -> "an IPv4 or IPv6 address";
      case TYPE -> PayloadKind.ICMP_TYPE.form(Operator.EQ);
      case SIZE -> "a number of bytes from 14 to 65535";
      case VLAN -> "a number from 0 to 4095";
      case HEX -> "the bytes of a frame in hexadecimal";
      case FRAGMENT, CUT -> "nothing";
      default -> kind == null ? "a value" : kind.form(Operator.EQ);
    };
  }

  /** Whether a value follows. */
  public boolean takesValue() {
    return this != FRAGMENT && this != CUT;
  }
}
