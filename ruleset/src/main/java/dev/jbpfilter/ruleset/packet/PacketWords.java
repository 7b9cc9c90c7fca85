package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.PayloadKind;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.packet.PacketDescription.Form;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is said of a packet, and makes a {@link PacketDescription} of it. What is missing
 * becomes usual: addresses for documentation, source port 40000, destination port 9, SYN, an echo
 * request.
 *
 * <pre>{@code
 * PacketDescription packet =
 *     new PacketWords(PacketDescription.Form.PACKET, interfaces, PacketWord::text)
 *         .say(PacketWord.PROTOCOL, "tcp")
 *         .say(PacketWord.DPORT, "443")
 *         .build();
 * }</pre>
 */
public final class PacketWords {
  private static final long SOURCE_PORT = 40_000;

  /** Discard. */
  private static final long DESTINATION_PORT = 9;

  /** In place of the flags of a segment that has none. */
  static final String NO_FLAGS = "none";

  private static final int SYN = 0x02;
  private static final long ECHO_REQUEST = 8;
  private static final long ECHO_REQUEST_6 = 128;
  private static final int ETHERNET = 14;
  private static final int MOST_BYTES = 0xffff;
  private static final int MOST_VLANS = 0xfff;

  /** What the kernel knows besides the bytes. */
  private static final Set<PacketWord> KNOWN =
      Set.of(PacketWord.ON, PacketWord.MARK, PacketWord.HASH, PacketWord.RANDOM);

  private final Form form;
  private final InterfaceResolver interfaces;
  private final Function<PacketWord, String> spelling;
  private final Map<PacketWord, Payload> values = new EnumMap<>(PacketWord.class);
  private byte @Nullable [] bytes;

  /** The type of ICMP or ICMPv6, which can be read only when it is known which of them. */
  private @Nullable String type;

  /**
   * @param interfaces knows the interfaces that may be named
   * @param spelling how messages name words
   */
  public PacketWords(
      Form form, InterfaceResolver interfaces, Function<PacketWord, String> spelling) {
    this.form = form;
    this.interfaces = interfaces;
    this.spelling = spelling;
  }

  /**
   * Says something; an empty value of a word that takes none.
   *
   * @throws IllegalArgumentException if the value is none of the word's, or the word was said
   */
  public PacketWords say(PacketWord word, String value) {
    if (has(word)) {
      throw new IllegalArgumentException(spelling.apply(word) + " is said twice");
    }
    switch (word) {
      case HEX -> bytes = bytes(value);
      case TYPE -> type = value;
      default -> values.put(word, payload(word, value));
    }
    return this;
  }

  /** Whether something was said of {@code word}. */
  boolean has(PacketWord word) {
    return switch (word) {
      case HEX -> bytes != null;
      case TYPE -> type != null || values.containsKey(word);
      default -> values.containsKey(word);
    };
  }

  /** The number that was said. */
  long number(PacketWord word) {
    return values.get(word) instanceof Payload.Scalar(long number) ? number : 0;
  }

  /** Sets the value of a word. */
  PacketWords put(PacketWord word, Payload value) {
    values.put(word, value);
    return this;
  }

  /** What was said so far, as values. */
  Map<PacketWord, Payload> values() {
    return values;
  }

  private byte[] bytes(String hex) {
    byte[] frame;
    try {
      frame = HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      throw refusal(PacketWord.HEX, hex);
    }
    if (frame.length < ETHERNET || frame.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          spelling.apply(PacketWord.HEX) + " has " + frame.length + " bytes, not 14 to 65535");
    }
    return frame;
  }

  private Payload payload(PacketWord word, String value) {
    PayloadKind kind = word.kind();
    if (kind != null) {
      if (word == PacketWord.FLAGS && value.equals(NO_FLAGS)) {
        return new Payload.Scalar(0);
      }
      Payload read = kind.parse(value, interfaces).orElseThrow(() -> refusal(word, value));
      return read instanceof Payload.Flags(int bits) ? new Payload.Scalar(bits) : read;
    }
    return switch (word) {
      case SRC, DST ->
          Payload.Ipv4Address.parse(value)
              .map(Payload.class::cast)
              .or(() -> Payload.Ipv6Address.parse(value))
              .orElseThrow(() -> refusal(word, value));
      case SIZE -> number(word, value, ETHERNET, MOST_BYTES);
      case VLAN -> number(word, value, 0, MOST_VLANS);
      default -> new Payload.Scalar(1);
    };
  }

  private Payload number(PacketWord word, String value, int least, int most) {
    return PayloadKind.PORT
        .parse(value, interfaces)
        .filter(p -> p instanceof Payload.Scalar(long n) && n >= least && n <= most)
        .orElseThrow(() -> refusal(word, value));
  }

  private IllegalArgumentException refusal(PacketWord word, String value) {
    return new IllegalArgumentException(
        spelling.apply(word) + " expects " + word.form() + ", not '" + value + "'");
  }

  /**
   * The description.
   *
   * @throws IllegalArgumentException if what was said does not go together, or too little was said
   */
  public PacketDescription build() {
    if (bytes != null) {
      requireOnly(PacketWord.HEX, KNOWN);
    } else if (values.containsKey(PacketWord.FRAME)) {
      requireFrame();
    } else {
      completeInternet();
    }
    return PacketDescription.of(form, values, bytes);
  }

  private void requireFrame() {
    for (PacketWord word : values.keySet()) {
      boolean arp =
          (word == PacketWord.SRC || word == PacketWord.DST)
              && values.get(PacketWord.FRAME) instanceof Payload.Scalar(long etherType)
              && etherType == PacketDescription.ARP;
      if (!arp && word != PacketWord.SIZE && word != PacketWord.VLAN && word != PacketWord.FRAME) {
        requireKnown(PacketWord.FRAME, word, KNOWN);
      }
    }
    if (type != null) {
      throw conflict(PacketWord.FRAME, PacketWord.TYPE);
    }
  }

  private void requireOnly(PacketWord one, Set<PacketWord> others) {
    for (PacketWord word : values.keySet()) {
      requireKnown(one, word, others);
    }
    if (type != null) {
      throw conflict(one, PacketWord.TYPE);
    }
  }

  private void requireKnown(PacketWord one, PacketWord word, Set<PacketWord> others) {
    if (!others.contains(word)) {
      throw conflict(one, word);
    }
  }

  private IllegalArgumentException conflict(PacketWord one, PacketWord other) {
    return new IllegalArgumentException(
        spelling.apply(one) + " does not go with " + spelling.apply(other));
  }

  private void completeInternet() {
    if (!(values.get(PacketWord.PROTOCOL) instanceof Payload.Scalar(long number))) {
      throw new IllegalArgumentException(
          "the protocol is missing: tcp, udp, icmp, icmpv6 or other");
    }
    Protocol protocol = PacketDescription.protocol(number);
    completeAddresses(protocol);
    boolean ports = protocol == Protocol.TCP || protocol == Protocol.UDP;
    if (form != Form.PACKET) {
      requireCall();
      return;
    }
    if (values.containsKey(PacketWord.FRAGMENT)) {
      requireFragment();
      return;
    }
    if (ports) {
      values.putIfAbsent(PacketWord.SPORT, new Payload.Scalar(SOURCE_PORT));
      values.putIfAbsent(PacketWord.DPORT, new Payload.Scalar(DESTINATION_PORT));
    } else {
      refuse(PacketWord.SPORT, "tcp or udp");
      refuse(PacketWord.DPORT, "tcp or udp");
    }
    if (protocol == Protocol.TCP) {
      values.putIfAbsent(PacketWord.FLAGS, new Payload.Scalar(SYN));
    } else {
      refuse(PacketWord.FLAGS, "tcp");
    }
    if (protocol == null) {
      refuse(PacketWord.CUT, "tcp, udp, icmp or icmpv6");
    }
    completeType(protocol);
  }

  /** A call has addresses, a destination port and a protocol. */
  private void requireCall() {
    values.putIfAbsent(PacketWord.DPORT, new Payload.Scalar(DESTINATION_PORT));
    for (PacketWord word : PacketWord.values()) {
      switch (word) {
        case PROTOCOL, SRC, DST, DPORT, RANDOM -> {}
        default -> refuse(word, "a packet; this is a call");
      }
    }
  }

  /** Behind the Internet header of a later fragment are bytes that nobody can read. */
  private void requireFragment() {
    for (PacketWord word : PacketWord.values()) {
      switch (word) {
        case SPORT, DPORT, FLAGS, TYPE, CODE, CUT -> {
          if (has(word)) {
            throw conflict(PacketWord.FRAGMENT, word);
          }
        }
        default -> {}
      }
    }
  }

  private void completeAddresses(@Nullable Protocol protocol) {
    Payload from = values.get(PacketWord.SRC);
    Payload to = values.get(PacketWord.DST);
    if (from != null && to != null && from.getClass() != to.getClass()) {
      throw new IllegalArgumentException(
          spelling.apply(PacketWord.SRC)
              + " and "
              + spelling.apply(PacketWord.DST)
              + " are addresses of different families");
    }
    Payload one = from == null ? to : from;
    boolean version6 =
        one == null
            ? protocol == Protocol.ICMPV6 || values.containsKey(PacketWord.BEHIND)
            : one instanceof Payload.Ipv6Address;
    if (!version6) {
      refuse(PacketWord.BEHIND, "addresses of IPv6");
    }
    values.putIfAbsent(
        PacketWord.SRC,
        payload(
            PacketWord.SRC,
            version6 ? PacketDescription.IPV6_SOURCE : PacketDescription.IPV4_SOURCE));
    values.putIfAbsent(
        PacketWord.DST,
        payload(
            PacketWord.DST,
            version6 ? PacketDescription.IPV6_DESTINATION : PacketDescription.IPV4_DESTINATION));
    if (values.get(PacketWord.BEHIND) instanceof Payload.Scalar(long header)
        && !Headers.isExtension((int) header)) {
      throw new IllegalArgumentException(
          spelling.apply(PacketWord.BEHIND) + " expects an extension header, such as hop or 43");
    }
  }

  private void completeType(@Nullable Protocol protocol) {
    boolean icmp = protocol == Protocol.ICMP;
    if (!icmp && protocol != Protocol.ICMPV6) {
      refuse(PacketWord.TYPE, "icmp or icmpv6");
      refuse(PacketWord.CODE, "icmp or icmpv6");
      return;
    }
    String said = type;
    if (said != null) {
      PayloadKind kind = icmp ? PayloadKind.ICMP_TYPE : PayloadKind.ICMPV6_TYPE;
      values.put(
          PacketWord.TYPE,
          kind.parse(said, interfaces).orElseThrow(() -> refusal(PacketWord.TYPE, said)));
    }
    values.putIfAbsent(PacketWord.TYPE, new Payload.Scalar(icmp ? ECHO_REQUEST : ECHO_REQUEST_6));
  }

  private void refuse(PacketWord word, String needed) {
    if (has(word)) {
      throw new IllegalArgumentException(spelling.apply(word) + " needs " + needed);
    }
  }
}
