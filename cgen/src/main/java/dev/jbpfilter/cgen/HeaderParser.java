package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Emits the code that parses a packet as deep as a program needs and loads every field that some
 * rule tests, once.
 *
 * <p>Each tested field has a value on every path, 0 where the packet has no such header: the
 * verifier follows paths on which a rule looks at a field although the test before it rules that
 * out.
 */
final class HeaderParser {
  private static final Set<Field> IPV4_FIELDS =
      EnumSet.of(Field.IP4_SADDR, Field.IP4_DADDR, Field.IP4_DSCP);
  private static final Set<Field> IPV6_FIELDS =
      EnumSet.of(
          Field.IP6_SADDR_HIGH,
          Field.IP6_SADDR_LOW,
          Field.IP6_DADDR_HIGH,
          Field.IP6_DADDR_LOW,
          Field.IP6_NEXTHDR,
          Field.IP6_EXTENSIONS,
          Field.IP6_DSCP);
  private static final Set<Field> NO_FIELDS = EnumSet.noneOf(Field.class);
  private static final Set<Field> PORT_FIELDS =
      EnumSet.of(Field.SPORT, Field.DPORT, Field.FLOW_DIGEST);
  private static final Set<Field> TCP_FIELDS =
      EnumSet.of(Field.SPORT, Field.DPORT, Field.FLOW_DIGEST, Field.TCP_FLAGS);
  private static final Set<Field> ICMP_FIELDS = EnumSet.of(Field.ICMP_TYPE, Field.ICMP_CODE);
  private static final Set<Field> TRANSPORT_FIELDS = EnumSet.copyOf(TCP_FIELDS);

  static {
    TRANSPORT_FIELDS.addAll(ICMP_FIELDS);
  }

  private final CodeBuilder code;
  private final PacketFlavor flavor;
  private final Virt context;
  private final PacketReader in;
  private final ParseDepth depth;
  private final FieldRegisters out;
  private final Malformed malformed;
  private final Label done;
  private final Label transport;
  private final Label noHeader;
  private final Label notIpv4;
  private final Label notTcp;
  private final Virt l3;
  private final Virt l4;
  private final Virt offset;

  /** Where the network header begins. */
  private final int network;

  private final @Nullable FlowDigest digest;

  /**
   * @param out where the fields go
   * @param malformed where to go if the packet contradicts itself
   * @param done where to go with all fields loaded
   */
  HeaderParser(
      CodeBuilder code,
      PacketFlavor flavor,
      Virt context,
      PacketReader in,
      ParseDepth depth,
      FieldRegisters out,
      Malformed malformed,
      Label done) {
    this.code = code;
    this.flavor = flavor;
    this.context = context;
    this.in = in;
    this.depth = depth;
    this.out = out;
    this.malformed = malformed;
    this.done = done;
    this.transport = code.label("transport");
    this.noHeader = code.label("no_header");
    this.notIpv4 = code.label("not_ipv4");
    this.notTcp = code.label("not_tcp");
    this.l3 = orFresh(out.find(Field.L3_PROTO));
    this.l4 = orFresh(out.find(Field.L4_PROTO));
    this.offset = code.fresh();
    this.network = flavor.hasLinkHeader() ? PacketLayout.ETHERNET_LENGTH : 0;
    Virt flow = out.find(Field.FLOW_DIGEST);
    this.digest = flow == null ? null : new FlowDigest(code, in, flow);
  }

  private Virt orFresh(@Nullable Virt register) {
    return register == null ? code.fresh() : register;
  }

  /**
   * Emits the path of most packets: TCP in IPv4. It ends at {@code done}, which may follow. Control
   * never goes from {@link #emitRest} into what follows that.
   */
  void emitMain() {
    in.malformed(malformed.link());
    if (flavor.hasLinkHeader()) {
      in.expect(network + (depth.includes(ParseDepth.NETWORK) ? PacketLayout.IPV4_LENGTH : 0));
      in.header(0, Header.ETHERNET);
      in.load(l3, Size.H, 12);
      code.toBigEndian(l3, 16);
    } else {
      flavor.loadNetworkProtocol(code, context, l3);
    }
    if (depth.includes(ParseDepth.NETWORK)) {
      code.branch(Condition.NE, Width.W32, l3, PacketLayout.ETHERTYPE_IPV4, notIpv4);
      ipv4();
    }
    if (depth.includes(ParseDepth.TRANSPORT)) {
      tcp();
    }
    code.jump(done);
  }

  /** Emits the paths of all other packets, to which the main path jumps. */
  void emitRest() {
    if (depth.includes(ParseDepth.TRANSPORT)) {
      otherTransport();
    }
    if (depth.includes(ParseDepth.NETWORK)) {
      Label notIp = code.label("not_ip");
      code.bind(notIpv4);
      code.branch(Condition.NE, Width.W32, l3, PacketLayout.ETHERTYPE_IPV6, notIp);
      ipv6();
      code.bind(notIp);
      out.clear(code, IPV4_FIELDS, NO_FIELDS);
      out.clear(code, IPV6_FIELDS, IPV4_FIELDS);
      Virt number = out.find(Field.L4_PROTO);
      if (number != null) {
        code.move(number, TransportValue.NONE);
      }
      out.clear(code, TRANSPORT_FIELDS, NO_FIELDS);
      code.jump(done);
    }
  }

  private void ipv4() {
    in.malformed(malformed.network());
    in.header(network, Header.IPV4);
    Virt headerLength = code.fresh();
    in.load(headerLength, Size.B, 0);
    code.alu(AluOp.AND, headerLength, 0xf);
    code.branch(
        Condition.LT, Width.W32, headerLength, PacketLayout.IPV4_LENGTH / 4, malformed.network());
    loadBigEndian(Field.IP4_SADDR, Size.W, 12);
    loadBigEndian(Field.IP4_DADDR, Size.W, 16);
    out.load(
        Field.IP4_DSCP,
        register -> {
          in.load(register, Size.B, 1);
          code.alu(AluOp.RSH, register, 2);
        });
    out.clear(code, IPV6_FIELDS, IPV4_FIELDS);
    if (digest != null) {
      digest.addIpv4();
    }
    loadProtocol(9);
    if (!depth.includes(ParseDepth.TRANSPORT)) {
      return;
    }
    Virt fragment = code.fresh();
    in.load(fragment, Size.H, 6);
    code.branch(Condition.SET, Width.W32, fragment, PacketLayout.IPV4_FRAGMENT_OFFSET, noHeader);
    code.alu(AluOp.LSH, headerLength, 2);
    if (network != 0) {
      code.alu(AluOp.ADD, headerLength, network);
    }
    code.move(offset, headerLength);
  }

  private void ipv6() {
    in.malformed(malformed.network());
    in.header(network, Header.IPV6);
    loadBigEndian(Field.IP6_SADDR_HIGH, Size.DW, 8);
    loadBigEndian(Field.IP6_SADDR_LOW, Size.DW, 16);
    loadBigEndian(Field.IP6_DADDR_HIGH, Size.DW, 24);
    loadBigEndian(Field.IP6_DADDR_LOW, Size.DW, 32);
    loadByte(Field.IP6_NEXTHDR, 6);
    out.load(
        Field.IP6_DSCP,
        register -> {
          in.load(register, Size.H, 0);
          code.toBigEndian(register, Short.SIZE);
          code.alu(AluOp.RSH, register, 6);
          code.alu(AluOp.AND, register, 0x3f);
        });
    if (digest != null) {
      digest.addIpv6();
    }
    loadProtocol(6);
    boolean transportFollows = depth.includes(ParseDepth.TRANSPORT);
    if (depth.includes(ParseDepth.EXTENSIONS)) {
      code.move(offset, network + PacketLayout.IPV6_LENGTH);
      HiddenNumber passed = passedExtensions();
      Label stop = code.label("ipv6_no_transport");
      new ExtensionWalk(code, in, l4, offset, passed, stop).emit();
      endOfIpv6(passed, transportFollows ? transport : done);
      code.bind(stop);
      endOfIpv6(passed, transportFollows ? noHeader : done);
    } else {
      endOfIpv6(null, done);
    }
  }

  /** Where the walk notes extension headers; null if nothing tests which there were. */
  private @Nullable HiddenNumber passedExtensions() {
    if (out.find(Field.IP6_EXTENSIONS) == null) {
      return null;
    }
    HiddenNumber passed = HiddenNumber.reserve(code, "extensions");
    passed.store(0);
    return passed;
  }

  private void endOfIpv6(@Nullable HiddenNumber passed, Label target) {
    if (passed != null) {
      out.load(Field.IP6_EXTENSIONS, register -> code.move(register, passed.load()));
    }
    out.clear(code, IPV4_FIELDS, IPV6_FIELDS);
    code.jump(target);
  }

  /** Parses the header at {@link #offset} of the protocol {@link #l4}. */
  private void tcp() {
    in.malformed(malformed.transport());
    code.bind(transport);
    code.branch(Condition.NE, Width.W32, l4, PacketLayout.TCP, notTcp);
    in.header(offset, Header.TCP);
    ports(PacketLayout.TCP);
    loadByte(Field.TCP_FLAGS, 13);
    out.clear(code, ICMP_FIELDS, TCP_FIELDS);
  }

  private void otherTransport() {
    Label notUdp = code.label("not_udp");
    Label icmp = code.label("icmp");
    in.malformed(malformed.transport());
    code.bind(notTcp);
    code.branch(Condition.NE, Width.W32, l4, PacketLayout.UDP, notUdp);
    in.header(offset, Header.UDP);
    ports(PacketLayout.UDP);
    out.clear(code, TRANSPORT_FIELDS, PORT_FIELDS);
    code.jump(done);

    code.bind(notUdp);
    code.branch(Condition.EQ, Width.W32, l4, PacketLayout.ICMP, icmp);
    code.branch(Condition.NE, Width.W32, l4, PacketLayout.ICMPV6, noHeader);
    code.bind(icmp);
    in.header(offset, Header.ICMP);
    loadByte(Field.ICMP_TYPE, 0);
    loadByte(Field.ICMP_CODE, 1);
    out.clear(code, TCP_FIELDS, ICMP_FIELDS);
    code.jump(done);

    code.bind(noHeader);
    code.alu(AluOp.OR, l4, TransportValue.NO_HEADER);
    out.clear(code, TRANSPORT_FIELDS, NO_FIELDS);
    code.jump(done);
  }

  /** Loads the number of the next header, if anything looks at it. */
  private void loadProtocol(int at) {
    if (depth.includes(ParseDepth.EXTENSIONS) || out.find(Field.L4_PROTO) != null) {
      in.load(l4, Size.B, at);
    }
  }

  private void ports(int protocol) {
    loadBigEndian(Field.SPORT, Size.H, 0);
    loadBigEndian(Field.DPORT, Size.H, 2);
    if (digest != null) {
      digest.addPorts(protocol);
    }
  }

  private void loadByte(Field field, int at) {
    out.load(field, register -> in.load(register, Size.B, at));
  }

  private void loadBigEndian(Field field, Size size, int at) {
    out.load(
        field,
        register -> {
          in.load(register, size, at);
          code.toBigEndian(register, size.bytes() * Byte.SIZE);
        });
  }
}
