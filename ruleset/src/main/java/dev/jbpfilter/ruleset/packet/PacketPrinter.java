package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.PayloadKind;
import dev.jbpfilter.ruleset.PayloadText;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.packet.PacketDescription.Form;

/** Writes the notation of {@link PacketDescription}. */
final class PacketPrinter {
  private final PacketDescription packet;
  private final PayloadText payloads = PayloadText.rules();
  private final StringBuilder out = new StringBuilder();

  PacketPrinter(PacketDescription packet) {
    this.packet = packet;
  }

  String print() {
    switch (packet.form()) {
      case PACKET -> {}
      case CONNECT -> out.append("connect ");
      case SEND -> out.append("send ");
    }
    append(PacketWord.VLAN);
    if (packet.value(PacketWord.FRAME).isEmpty()) {
      internet();
    } else if (packet.value(PacketWord.SRC).isPresent()) {
      out.append("arp ");
      hosts();
    } else {
      append(PacketWord.FRAME);
    }
    for (PacketWord word : PacketWord.values()) {
      switch (word) {
        case CODE, DSCP, BEHIND, FRAGMENT, CUT, SIZE -> append(word);
        default -> {}
      }
    }
    return withMeta(out.toString().strip(), packet);
  }

  /** The text, and what is said beyond the packet's bytes. */
  static String withMeta(String text, PacketDescription packet) {
    PacketPrinter printer = new PacketPrinter(packet);
    printer.out.append(text);
    for (PacketWord word : PacketWord.values()) {
      switch (word) {
        case ON, MARK, HASH, RANDOM -> printer.append(word);
        default -> {}
      }
    }
    return printer.out.toString();
  }

  private void internet() {
    long number = packet.number(PacketWord.PROTOCOL, 0);
    blank();
    out.append(payloads.text(PayloadKind.PROTOCOL, new Payload.Scalar(number))).append(' ');
    hosts();
    if (packet.form() != Form.PACKET || packet.value(PacketWord.FRAGMENT).isPresent()) {
      return;
    }
    Protocol protocol = PacketDescription.protocol(number);
    if (protocol == Protocol.TCP) {
      int flags = (int) packet.number(PacketWord.FLAGS, 0);
      out.append(' ');
      out.append(
          flags == 0
              ? PacketWords.NO_FLAGS
              : payloads.text(PayloadKind.TCP_FLAGS, new Payload.Flags(flags)));
    } else if (protocol == Protocol.ICMP || protocol == Protocol.ICMPV6) {
      PayloadKind kind =
          protocol == Protocol.ICMP ? PayloadKind.ICMP_TYPE : PayloadKind.ICMPV6_TYPE;
      Payload type = new Payload.Scalar(packet.number(PacketWord.TYPE, 0));
      out.append(' ').append(payloads.text(kind, type));
    }
  }

  private void hosts() {
    if (packet.form() != Form.CONNECT) {
      host(PacketWord.SRC, PacketWord.SPORT);
      out.append(" > ");
    }
    host(PacketWord.DST, PacketWord.DPORT);
  }

  private void host(PacketWord address, PacketWord port) {
    Payload value = packet.address(address);
    boolean version6 = value instanceof Payload.Ipv6Address;
    String text =
        payloads.text(version6 ? PayloadKind.IPV6_ADDRESS : PayloadKind.IPV4_ADDRESS, value);
    long number = packet.number(port, -1);
    if (number < 0) {
      out.append(text);
    } else if (version6) {
      out.append('[').append(text).append("]:").append(number);
    } else {
      out.append(text).append(':').append(number);
    }
  }

  /** Writes a word and its value if it was said. */
  private void append(PacketWord word) {
    Payload value = packet.value(word).orElse(null);
    if (value == null) {
      return;
    }
    blank();
    out.append(word.text());
    if (!word.takesValue()) {
      return;
    }
    out.append(' ');
    PayloadKind kind = word.kind();
    if (kind != null) {
      out.append(payloads.text(kind, value));
    } else if (value instanceof Payload.Scalar(long number)) {
      out.append(number);
    }
    if (word == PacketWord.VLAN) {
      out.append(' ');
    }
  }

  private void blank() {
    if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
      out.append(' ');
    }
  }
}
