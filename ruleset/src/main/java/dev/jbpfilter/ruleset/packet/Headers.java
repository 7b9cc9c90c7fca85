package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.Layer;
import dev.jbpfilter.ruleset.Protocol;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Where the headers of a packet are, as far as they were looked for. */
final class Headers {
  static final int ETHERNET_SIZE = 14;

  private static final int ETHER_TYPE_OFFSET = 12;
  static final int IPV4_SIZE = 20;
  static final int IPV6_SIZE = 40;
  static final int TCP_SIZE = 20;
  static final int OTHER_TRANSPORT_SIZE = 8;

  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;
  private static final int DESTINATION_OPTIONS = 60;
  private static final int MOBILITY = 135;
  private static final int FRAGMENT_SIZE = 8;
  private static final int MOST_EXTENSIONS = 6;

  private final PacketInput packet;
  private final Needs needs;

  private int etherType;
  private @Nullable Protocol internet;
  private int internetOffset;
  private OptionalInt transportNumber = OptionalInt.empty();
  private @Nullable Protocol transport;
  private int transportOffset;
  private boolean laterFragment;
  private final boolean[] extensions = new boolean[256];

  private Headers(PacketInput packet, Needs needs) {
    this.packet = packet;
    this.needs = needs;
  }

  /** Looks for what {@code needs} names; empty if the packet is malformed. */
  static Optional<Headers> parse(PacketInput packet, Needs needs) {
    Headers headers = new Headers(packet, needs);
    return headers.parse() ? Optional.of(headers) : Optional.empty();
  }

  /** Whether nothing is missing. */
  private boolean parse() {
    return parseLink() && parseInternet() && parseExtensions() && parseTransport();
  }

  /** Looks for all headers; where something is missing, only what is before it is found. */
  static Headers find(PacketInput packet) {
    Headers headers = new Headers(packet, Needs.EVERYTHING);
    if (!headers.parse()) {
      headers.transport = null;
    }
    return headers;
  }

  static boolean isExtension(int number) {
    return switch (number) {
      case HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, DESTINATION_OPTIONS, MOBILITY -> true;
      default -> false;
    };
  }

  /** The EtherType as found, in host value. */
  int etherType() {
    return etherType;
  }

  /** Whether the packet has a header of {@code protocol}. */
  boolean has(Protocol protocol) {
    return protocol == (protocol.layer() == Layer.INTERNET ? internet : transport);
  }

  int internetOffset() {
    return internetOffset;
  }

  /** Where the header of a layer begins, if it was found. */
  int offset(Layer layer) {
    return switch (layer) {
      case LINK -> 0;
      case INTERNET -> internetOffset;
      case TRANSPORT -> transportOffset;
    };
  }

  /** The bytes of the header of a layer, without options; 0 if it was not found. */
  int length(Layer layer) {
    return switch (layer) {
      case LINK -> packet.hasLinkHeader() && packet.length() >= ETHERNET_SIZE ? ETHERNET_SIZE : 0;
      case INTERNET -> internet == null ? 0 : internet == Protocol.IPV4 ? IPV4_SIZE : IPV6_SIZE;
      case TRANSPORT ->
          transport == null ? 0 : transport == Protocol.TCP ? TCP_SIZE : OTHER_TRANSPORT_SIZE;
    };
  }

  /** The transport protocol number as found, also of what is not parsed; empty without IP. */
  OptionalInt transportNumber() {
    return transportNumber;
  }

  int transportOffset() {
    return transportOffset;
  }

  /** Whether the packet is a fragment that is not the first one. */
  boolean isLaterFragment() {
    return laterFragment;
  }

  /** Whether an extension header of that number was passed. */
  boolean hasExtension(int number) {
    return extensions[number];
  }

  private boolean parseLink() {
    if (!packet.hasLinkHeader()) {
      etherType = packet.etherType();
      return true;
    }
    if (!needs.link()) {
      return true;
    }
    if (packet.length() < ETHERNET_SIZE) {
      return false;
    }
    etherType = packet.u16(ETHER_TYPE_OFFSET);
    internetOffset = ETHERNET_SIZE;
    return true;
  }

  private boolean parseInternet() {
    if (!needs.internet()) {
      return true;
    }
    if (etherType == Protocol.IPV4.number()) {
      if (packet.length() < internetOffset + IPV4_SIZE) {
        return false;
      }
      internet = Protocol.IPV4;
      int words = packet.u8(internetOffset) & 0xf;
      transportNumber = OptionalInt.of(packet.u8(internetOffset + 9));
      transportOffset = internetOffset + 4 * words;
      laterFragment = (packet.u16(internetOffset + 6) & 0x1fff) != 0;
      return 4 * words >= IPV4_SIZE;
    }
    if (etherType == Protocol.IPV6.number()) {
      if (packet.length() < internetOffset + IPV6_SIZE) {
        return false;
      }
      internet = Protocol.IPV6;
      transportNumber = OptionalInt.of(packet.u8(internetOffset + 6));
      transportOffset = internetOffset + IPV6_SIZE;
    }
    return true;
  }

  private boolean parseExtensions() {
    if (!needs.extensions() || internet != Protocol.IPV6) {
      return true;
    }
    int number = transportNumber.orElseThrow();
    for (int walked = 0; walked < MOST_EXTENSIONS; walked++) {
      if (!isExtension(number) || laterFragment) {
        break;
      }
      transportNumber = OptionalInt.of(number);
      if (packet.length() < transportOffset + (number == FRAGMENT ? FRAGMENT_SIZE : 2)) {
        return false;
      }
      extensions[number] = true;
      int length = packet.u8(transportOffset + 1);
      int size =
          switch (number) {
            case FRAGMENT -> FRAGMENT_SIZE;
            case AUTHENTICATION -> (length + 2) * 4;
            default -> (length + 1) * 8;
          };
      laterFragment = number == FRAGMENT && packet.u16(transportOffset + 2) >> 3 != 0;
      number = packet.u8(transportOffset);
      transportOffset += size;
    }
    transportNumber = OptionalInt.of(number);
    return true;
  }

  private boolean parseTransport() {
    if (!needs.transport() || transportNumber.isEmpty() || laterFragment) {
      return true;
    }
    int number = transportNumber.getAsInt();
    for (Protocol protocol : Protocol.values()) {
      if (protocol.layer() == Layer.TRANSPORT && protocol.number() == number) {
        transport = protocol;
        return packet.length() >= transportOffset + length(Layer.TRANSPORT);
      }
    }
    return true;
  }
}
