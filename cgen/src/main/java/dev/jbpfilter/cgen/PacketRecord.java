package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.StackVariable;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.ruleset.Layer;
import dev.jbpfilter.ruleset.packet.LogLayout;

/**
 * Emits what a log record says of a packet. The packet is parsed anew and as far as it goes,
 * whatever the chain parsed: what is cut off is merely not there.
 *
 * <p>Headers are copied into the record as they are found, and those that nobody asked for are
 * cleared in the end.
 */
final class PacketRecord {
  private static final int INTERNET_ROOM = LogLayout.TRANSPORT - LogLayout.INTERNET;
  private static final int TRANSPORT_ROOM = LogLayout.SIZE - LogLayout.TRANSPORT;
  private static final int LINK_ROOM = LogLayout.INTERNET - LogLayout.LINK;
  private static final int PRESENT_SHIFT = 4;

  private final CodeBuilder code;
  private final PacketFlavor flavor;
  private final Virt context;
  private final StackVariable record;
  private final int network;
  private final Label parsed;
  private final Virt protocol;
  private final Virt number;
  private final Virt present;
  private final Virt offset;

  /**
   * @param record cleared but for time, rule and verdict
   */
  PacketRecord(CodeBuilder code, PacketFlavor flavor, Virt context, StackVariable record) {
    this.code = code;
    this.flavor = flavor;
    this.context = context;
    this.record = record;
    this.network = flavor.hasLinkHeader() ? PacketLayout.ETHERNET_LENGTH : 0;
    this.parsed = code.label("parsed");
    this.protocol = code.constant(0);
    this.number = code.constant(0);
    this.present = code.constant(0);
    this.offset = code.fresh();
  }

  /**
   * @param requested the layers that are asked for, a bit each
   */
  void emit(Virt requested) {
    code.store(record, LogLayout.PACKET_SIZE, Size.DW, flavor.packetSize(code, context));
    if (!flavor.hasLinkHeader()) {
      flavor.loadNetworkProtocol(code, context, protocol);
    }
    PacketCopier copier = flavor.copier(code, context, parsed);
    parse(copier);
    code.bind(parsed);
    code.store(record, LogLayout.ETHER_TYPE, Size.H, protocol);
    code.store(record, LogLayout.PROTOCOL, Size.B, number);
    code.alu(AluOp.AND, present, requested);
    keep(Layer.LINK, LogLayout.LINK, LINK_ROOM);
    keep(Layer.INTERNET, LogLayout.INTERNET, INTERNET_ROOM);
    keep(Layer.TRANSPORT, LogLayout.TRANSPORT, TRANSPORT_ROOM);
    Virt flags = code.shiftLeft(present, PRESENT_SHIFT);
    code.alu(AluOp.OR, flags, requested);
    code.store(record, LogLayout.HEADERS, Size.B, flags);
  }

  private void parse(PacketCopier copier) {
    if (flavor.hasLinkHeader()) {
      copy(copier, code.constant(0), LogLayout.LINK, PacketLayout.ETHERNET_LENGTH, Layer.LINK);
      code.load(protocol, Size.H, Virt.FRAME, record.offset(LogLayout.LINK + 12, Size.H));
      code.toBigEndian(protocol, Short.SIZE);
    }
    Label ipv6 = code.label("ipv6");
    Label transport = code.label("transport");
    code.branch(Condition.EQ, Width.W32, protocol, PacketLayout.ETHERTYPE_IPV6, ipv6);
    code.branch(Condition.NE, Width.W32, protocol, PacketLayout.ETHERTYPE_IPV4, parsed);
    ipv4(copier);
    code.jump(transport);
    code.bind(ipv6);
    ipv6(copier);
    code.bind(transport);
    transport(copier);
  }

  private void ipv4(PacketCopier copier) {
    copy(
        copier,
        code.constant(network),
        LogLayout.INTERNET,
        PacketLayout.IPV4_LENGTH,
        Layer.INTERNET);
    load(number, LogLayout.INTERNET + 9, Size.B);
    load(offset, LogLayout.INTERNET, Size.B);
    code.alu(AluOp.AND, offset, 0xf);
    code.branch(Condition.LT, Width.W32, offset, PacketLayout.IPV4_LENGTH / 4, parsed);
    code.alu(AluOp.LSH, offset, 2);
    code.alu(AluOp.ADD, offset, network);
    Virt fragment = code.load(record, LogLayout.INTERNET + 6, Size.H);
    code.branch(Condition.SET, Width.W32, fragment, PacketLayout.IPV4_FRAGMENT_OFFSET, parsed);
  }

  private void ipv6(PacketCopier copier) {
    copy(
        copier,
        code.constant(network),
        LogLayout.INTERNET,
        PacketLayout.IPV6_LENGTH,
        Layer.INTERNET);
    load(number, LogLayout.INTERNET + 6, Size.B);
    code.move(offset, network + PacketLayout.IPV6_LENGTH);
    PacketReader reader = new CopyingReader(code, copier, parsed);
    new ExtensionWalk(code, reader, number, offset, null, parsed).emit();
  }

  private void transport(PacketCopier copier) {
    Label notTcp = code.label("not_tcp");
    Label others = code.label("short_header");
    code.branch(Condition.NE, Width.W32, number, PacketLayout.TCP, notTcp);
    copy(copier, offset, LogLayout.TRANSPORT, PacketLayout.TCP_LENGTH, Layer.TRANSPORT);
    code.jump(parsed);
    code.bind(notTcp);
    code.branch(Condition.EQ, Width.W32, number, PacketLayout.UDP, others);
    code.branch(Condition.EQ, Width.W32, number, PacketLayout.ICMP, others);
    code.branch(Condition.NE, Width.W32, number, PacketLayout.ICMPV6, parsed);
    code.bind(others);
    copy(copier, offset, LogLayout.TRANSPORT, PacketLayout.SHORT_TRANSPORT_LENGTH, Layer.TRANSPORT);
  }

  private void copy(PacketCopier copier, Virt from, int to, int length, Layer layer) {
    copier.copy(from, code.add(Virt.FRAME, record.offset(to, Size.B)), length, parsed);
    code.alu(AluOp.OR, present, layer.logBit());
  }

  private void load(Virt register, int at, Size size) {
    code.load(register, size, Virt.FRAME, record.offset(at, size));
  }

  /** Emits: clear a header unless it is there and asked for. */
  private void keep(Layer layer, int at, int room) {
    Label kept = code.label("kept");
    code.branch(Condition.SET, Width.W32, present, layer.logBit(), kept);
    LogFunction.clear(code, record, at, at + room);
    code.bind(kept);
  }
}
