package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.Layer;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.packet.PacketDescription.Form;
import java.nio.ByteBuffer;

/** Puts the headers of a packet into words. */
final class PacketReading {
  private static final int ETHERNET = 14;
  private static final int ETHER_TYPE = 12;
  private static final int TAG = 4;
  private static final int VLAN_TAG = 0x8100;
  private static final int ARP_ADDRESSES = 14;
  private static final int ARP_SIZE = 28;

  private final PacketInput packet;
  private final PacketWords words =
      new PacketWords(Form.PACKET, InterfaceResolver.none(), PacketWord::text);

  private PacketReading(PacketInput packet) {
    this.packet = packet;
  }

  static PacketDescription describe(PacketInput packet) {
    return new PacketReading(packet).describe();
  }

  private PacketDescription describe() {
    PacketInput seen = packet;
    if (packet.hasLinkHeader() && packet.length() >= ETHERNET + TAG && etherType() == VLAN_TAG) {
      number(PacketWord.VLAN, packet.u16(ETHERNET) & 0xfff);
      byte[] bytes = packet.toByteArray();
      byte[] untagged = new byte[bytes.length - TAG];
      System.arraycopy(bytes, 0, untagged, 0, ETHER_TYPE);
      System.arraycopy(bytes, ETHER_TYPE + TAG, untagged, ETHER_TYPE, untagged.length - ETHER_TYPE);
      seen = PacketInput.ofFrame(untagged);
    }
    number(PacketWord.ON, packet.interfaceIndex());
    if (packet.mark() != 0) {
      number(PacketWord.MARK, packet.mark());
    }
    Headers headers = Headers.find(seen);
    int etherType = headers.etherType();
    if (headers.length(Layer.INTERNET) == 0) {
      return frame(seen, etherType);
    }
    if (hasManyExtensions(headers)) {
      return bytes(packet);
    }
    internet(seen, headers);
    return words.build();
  }

  private int etherType() {
    return packet.u16(ETHER_TYPE);
  }

  private PacketDescription frame(PacketInput seen, int etherType) {
    int payload = seen.hasLinkHeader() ? ETHERNET : 0;
    boolean internet = etherType == Protocol.IPV4.number() || etherType == Protocol.IPV6.number();
    if (seen.length() < payload || internet || etherType == VLAN_TAG) {
      return bytes(packet);
    }
    number(PacketWord.FRAME, etherType);
    if (etherType == PacketDescription.ARP && seen.length() >= payload + ARP_SIZE) {
      int at = payload + ARP_ADDRESSES;
      words.put(PacketWord.SRC, new Payload.Ipv4Address(seen.i32(at)));
      words.put(PacketWord.DST, new Payload.Ipv4Address(seen.i32(at + 10)));
    }
    return words.build();
  }

  /** A packet byte by byte. */
  static PacketDescription bytes(PacketInput packet) {
    byte[] frame = packet.toByteArray();
    if (!packet.hasLinkHeader()) {
      frame =
          ByteBuffer.allocate(ETHERNET + frame.length)
              .putShort(ETHER_TYPE, (short) packet.etherType())
              .put(ETHERNET, frame)
              .array();
    }
    PacketWords hex =
        new PacketWords(Form.PACKET, InterfaceResolver.none(), PacketWord::text)
            .put(PacketWord.ON, new Payload.Scalar(packet.interfaceIndex()));
    if (packet.mark() != 0) {
      hex.put(PacketWord.MARK, new Payload.Scalar(packet.mark()));
    }
    return PacketDescription.of(Form.PACKET, hex.values(), frame);
  }

  /** Whether there are more extension headers than words, or one of them is cut off. */
  private static boolean hasManyExtensions(Headers headers) {
    if (!headers.has(Protocol.IPV6)) {
      return false;
    }
    int count = 0;
    for (int number = 0; number < 256; number++) {
      count += headers.hasExtension(number) ? 1 : 0;
    }
    boolean open = Headers.isExtension(headers.transportNumber().orElse(0));
    return open || count > (headers.isLaterFragment() ? 2 : 1);
  }

  private void internet(PacketInput seen, Headers headers) {
    int at = headers.internetOffset();
    boolean version6 = headers.has(Protocol.IPV6);
    if (version6) {
      address6(seen, PacketWord.SRC, at + 8);
      address6(seen, PacketWord.DST, at + 24);
    } else {
      words.put(PacketWord.SRC, new Payload.Ipv4Address(seen.i32(at + 12)));
      words.put(PacketWord.DST, new Payload.Ipv4Address(seen.i32(at + 16)));
    }
    int dscp = version6 ? (seen.u16(at) & 0x0fc0) >> 6 : seen.u8(at + 1) >> 2;
    if (dscp != 0) {
      number(PacketWord.DSCP, dscp);
    }
    for (int number = 0; number < 256; number++) {
      if (version6 && headers.hasExtension(number) && number != Headers.FRAGMENT) {
        number(PacketWord.BEHIND, number);
        break;
      }
    }
    number(PacketWord.PROTOCOL, headers.transportNumber().orElse(0));
    if (headers.length(Layer.TRANSPORT) > 0) {
      transport(seen, headers);
    } else if (headers.isLaterFragment()) {
      words.put(PacketWord.FRAGMENT, new Payload.Scalar(1));
    } else if (PacketDescription.protocol(headers.transportNumber().orElse(0)) != null) {
      words.put(PacketWord.CUT, new Payload.Scalar(1));
    }
  }

  private void transport(PacketInput seen, Headers headers) {
    int at = headers.transportOffset();
    if (headers.has(Protocol.TCP) || headers.has(Protocol.UDP)) {
      number(PacketWord.SPORT, seen.u16(at));
      number(PacketWord.DPORT, seen.u16(at + 2));
    } else {
      number(PacketWord.TYPE, seen.u8(at));
      int code = seen.u8(at + 1);
      if (code != 0) {
        number(PacketWord.CODE, code);
      }
    }
    if (headers.has(Protocol.TCP)) {
      number(PacketWord.FLAGS, seen.u8(at + 13));
    }
  }

  private void address6(PacketInput seen, PacketWord word, int at) {
    words.put(word, new Payload.Ipv6Address(seen.i64(at), seen.i64(at + 8)));
  }

  private void number(PacketWord word, long value) {
    words.put(word, new Payload.Scalar(value));
  }
}
