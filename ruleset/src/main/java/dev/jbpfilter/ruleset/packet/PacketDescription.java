package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.Layer;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.PayloadKind;
import dev.jbpfilter.ruleset.PayloadText;
import dev.jbpfilter.ruleset.Protocol;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A packet or a socket call in words, as commands take and print it. Immutable.
 *
 * <pre>
 * tcp 192.0.2.7:40000 > 198.51.100.1:80 syn,ack    a segment; with SYN if no flags are named
 * udp [2001:db8::7]:40000 > [2001:db8::1]:53       a datagram
 * icmp 192.0.2.7 > 192.0.2.1 redirect code 1       or icmpv6; a name or a number, and a code
 * gre 192.0.2.7 > 192.0.2.1                        or another protocol, by name or number
 * udp 192.0.2.7 > 192.0.2.1 fragment               not the first one
 * arp 192.0.2.7 > 192.0.2.1
 * frame 0x88cc                                     a frame with that EtherType
 * hex 020000000002…                                a frame, byte by byte
 * connect tcp 192.0.2.20:5432                      a call
 * send udp 192.0.2.7 > 192.0.2.20:53               a call
 * </pre>
 *
 * <p>A packet can begin with {@code vlan NUMBER} for a tagged frame, and end with {@code dscp
 * CLASS}, {@code behind HEADER} (an extension header of IPv6), {@code size BYTES}, {@code cut}
 * (within its transport header), {@code on INTERFACE}, {@code mark NUMBER}, {@code hash NUMBER} and
 * {@code random NUMBER}. {@link PacketWord} says what these are. What is not said is as usual.
 */
public final class PacketDescription {
  /** What a description is of. */
  public enum Form {
    /** A packet. */
    PACKET,
    /** A {@code connect} call. */
    CONNECT,
    /** The sending of a message through a socket that is not connected. */
    SEND
  }

  static final String IPV4_SOURCE = "192.0.2.1";
  static final String IPV4_DESTINATION = "198.51.100.1";
  static final String IPV6_SOURCE = "2001:db8::1";
  static final String IPV6_DESTINATION = "2001:db8::2";

  /** EtherType of ARP. */
  static final int ARP = 0x0806;

  private static final int LATER_FRAGMENT = 185;
  private static final int AUTHENTICATION = 51;

  /** How many bytes of a transport header are left when it is cut. */
  private static final int LEFT = 4;

  private final Form form;
  private final Map<PacketWord, Payload> values;
  private final byte @Nullable [] bytes;

  private PacketDescription(Form form, Map<PacketWord, Payload> values, byte @Nullable [] bytes) {
    this.form = form;
    this.values = values;
    this.bytes = bytes;
  }

  /** A description whose words go together. */
  static PacketDescription of(Form form, Map<PacketWord, Payload> values, byte @Nullable [] bytes) {
    return new PacketDescription(form, new EnumMap<>(values), bytes);
  }

  /**
   * Reads a description.
   *
   * @param interfaces knows the interfaces that it may name
   * @throws PacketSyntaxException if the text is none
   */
  public static PacketDescription parse(String text, InterfaceResolver interfaces) {
    return new PacketNotation(text, interfaces).read();
  }

  /**
   * A packet as its headers tell it. What they do not tell in these words, such as options and the
   * payload, is left out; a frame of which they tell nothing is given byte by byte.
   */
  public static PacketDescription of(PacketInput packet) {
    return PacketReading.describe(packet);
  }

  /** A packet byte by byte, and what is known of it besides. */
  public static PacketDescription exactly(PacketInput packet) {
    return PacketReading.bytes(packet);
  }

  /** Whether it is of a packet or of a call. */
  public Form form() {
    return form;
  }

  /** What is said of the number that {@code word} is about. */
  Optional<Payload> value(PacketWord word) {
    return Optional.ofNullable(values.get(word));
  }

  /** The number that {@code word} is about, or what it is if nothing is said. */
  long number(PacketWord word, long otherwise) {
    return values.get(word) instanceof Payload.Scalar(long number) ? number : otherwise;
  }

  /** What is drawn for {@code meta.probability}; empty if nothing is said of it. */
  public Optional<Integer> random() {
    return value(PacketWord.RANDOM).map(drawn -> (int) number(PacketWord.RANDOM, 0));
  }

  /** Whether something is said of the hash of the flow that only the kernel knows. */
  public boolean tellsFlowHash() {
    return values.containsKey(PacketWord.HASH);
  }

  /**
   * The packet as it comes to a chain: if nothing is said of the interface, it is that of the
   * chain's hook options, else interface 1.
   *
   * @throws IllegalArgumentException if the chain's hook sees no such packets
   */
  public PacketInput packet(Chain chain) {
    Hook hook = chain.hook();
    if (form != Form.PACKET) {
      throw new IllegalArgumentException(hook.keyword() + " chains see packets, not socket calls");
    }
    Integer attached = chain.options().ifindex();
    return PacketInput.ofFrame(frame(), hook)
        .withInterfaceIndex(number(PacketWord.ON, attached == null ? 1 : attached))
        .withMark(number(PacketWord.MARK, 0))
        .withFlowHash(number(PacketWord.HASH, 1));
  }

  /**
   * The call as a hook sees it. A packet is taken for the call that sends it.
   *
   * @throws IllegalArgumentException if there is no such call, or the hook sees others
   */
  public SocketCall call(Hook hook) {
    boolean sends =
        switch (hook) {
          case CGROUP_SOCK_ADDR_SENDMSG4, CGROUP_SOCK_ADDR_SENDMSG6 -> true;
          default -> false;
        };
    if (hook.flavor() != Flavor.CGROUP_SOCK_ADDR
        || form == (sends ? Form.CONNECT : Form.SEND)
        || bytes != null
        || values.containsKey(PacketWord.FRAME)) {
      throw new IllegalArgumentException(hook.keyword() + " chains see no such call");
    }
    int port = (int) number(PacketWord.DPORT, 0);
    int protocol = (int) number(PacketWord.PROTOCOL, 0);
    SocketCall call =
        switch (address(PacketWord.DST)) {
          case Payload.Ipv4Address version4 -> SocketCall.to(version4, port, protocol);
          case Payload.Ipv6Address version6 -> SocketCall.to(version6, port, protocol);
          default -> throw new IllegalStateException();
        };
    if (!sends) {
      return call;
    }
    return switch (address(PacketWord.SRC)) {
      case Payload.Ipv4Address version4 -> call.from(version4);
      case Payload.Ipv6Address version6 -> call.from(version6);
      default -> throw new IllegalStateException();
    };
  }

  /** An address that was said, or the usual one. */
  Payload address(PacketWord word) {
    Payload said = values.get(word);
    return said != null ? said : new Payload.Ipv4Address(0);
  }

  /** The bytes, from the Ethernet header on. */
  public byte[] frame() {
    if (bytes != null) {
      return bytes.clone();
    }
    PacketBuilder builder = builder();
    byte[] frame = builder.build();
    int size = (int) number(PacketWord.SIZE, frame.length);
    if (size > frame.length) {
      frame = builder.payload(size - frame.length).build();
    } else if (size < frame.length) {
      frame = Arrays.copyOf(frame, size);
    }
    return frame;
  }

  private PacketBuilder builder() {
    PacketBuilder builder = PacketBuilder.ethernet();
    if (values.containsKey(PacketWord.VLAN)) {
      builder.vlan((int) number(PacketWord.VLAN, 0));
    }
    int etherType = (int) number(PacketWord.FRAME, 0);
    String from = text(PacketWord.SRC);
    String to = text(PacketWord.DST);
    if (etherType == ARP && values.containsKey(PacketWord.SRC)) {
      return builder.arp(from, to);
    }
    if (values.containsKey(PacketWord.FRAME)) {
      return builder.etherType(etherType, 1, 2, 3, 4);
    }
    boolean version6 = isVersion6();
    if (version6) {
      builder.ipv6(from, to);
    } else {
      builder.ipv4(from, to);
    }
    builder.trafficClass((int) number(PacketWord.DSCP, 0) << 2);
    addHeaders(builder, version6);
    return builder;
  }

  private boolean isVersion6() {
    return address(PacketWord.DST) instanceof Payload.Ipv6Address;
  }

  private void addHeaders(PacketBuilder builder, boolean version6) {
    int behind = (int) number(PacketWord.BEHIND, -1);
    if (behind == AUTHENTICATION) {
      builder.authentication(2);
    } else if (behind == Headers.FRAGMENT) {
      builder.fragmentHeader(0, false);
    } else if (behind >= 0) {
      builder.extension(behind, 0);
    }
    int protocol = (int) number(PacketWord.PROTOCOL, 0);
    if (values.containsKey(PacketWord.FRAGMENT)) {
      if (version6) {
        builder.fragmentHeader(LATER_FRAGMENT, false);
      } else {
        builder.fragment(LATER_FRAGMENT, false);
      }
      builder.transport(protocol, 1, 2, 3, 4);
      return;
    }
    if (values.containsKey(PacketWord.CUT)) {
      builder.truncate(builder.build().length + LEFT);
    }
    int sport = (int) number(PacketWord.SPORT, 0);
    int dport = (int) number(PacketWord.DPORT, 0);
    int type = (int) number(PacketWord.TYPE, 0);
    int code = (int) number(PacketWord.CODE, 0);
    Protocol known = protocol(protocol);
    switch (known) {
      case TCP -> builder.tcp(sport, dport, (int) number(PacketWord.FLAGS, 0));
      case UDP -> builder.udp(sport, dport);
      case ICMP -> builder.icmp(type, code);
      case ICMPV6 -> builder.icmpv6(type, code);
      case null, default -> builder.transport(protocol, 0, 0, 8, 0);
    }
  }

  static @Nullable Protocol protocol(long number) {
    for (Protocol protocol : Protocol.values()) {
      if (protocol.layer() == Layer.TRANSPORT && protocol.number() == number) {
        return protocol;
      }
    }
    return null;
  }

  /** An address as text; the kind only chooses among forms of numbers. */
  private String text(PacketWord word) {
    return PayloadText.rules().text(PayloadKind.IPV4_ADDRESS, address(word));
  }

  /** The notation, interfaces by their numbers. */
  @Override
  public String toString() {
    return bytes == null
        ? new PacketPrinter(this).print()
        : PacketPrinter.withMeta("hex " + HexFormat.of().formatHex(bytes), this);
  }
}
