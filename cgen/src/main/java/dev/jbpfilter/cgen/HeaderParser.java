package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Emits the code that parses an Ethernet frame as deep as a program needs and loads every field
 * that some rule tests, once.
 *
 * <p>Each tested field has a value on every path, 0 where the packet has no such header: the
 * verifier follows paths on which a rule looks at a field although the test before it rules that
 * out.
 */
final class HeaderParser {
  private static final int ETHERNET_LENGTH = 14;
  private static final int IPV4_LENGTH = 20;
  private static final int IPV6_LENGTH = 40;
  private static final int TCP_LENGTH = 20;
  private static final int SHORT_TRANSPORT_LENGTH = 8;
  private static final int MAX_EXTENSION_HEADERS = 6;

  private static final int ETHERTYPE_IPV4 = 0x0800;
  private static final int ETHERTYPE_IPV6 = 0x86dd;
  private static final int ICMP = 1;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int ICMPV6 = 58;
  private static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;

  /** Hop-by-hop options, routing, destination options and mobility besides these two. */
  private static final List<Integer> EXTENSION_HEADERS =
      List.of(0, 43, FRAGMENT, AUTHENTICATION, 60, 135);

  /** Fragment offset of IPv4, as the two bytes lie in memory. */
  private static final int IPV4_FRAGMENT_OFFSET = 0xff1f;

  /** Fragment offset of the IPv6 fragment header, as the two bytes lie in memory. */
  private static final int IPV6_FRAGMENT_OFFSET = 0xf8ff;

  private final CodeBuilder code;
  private final PacketReader in;
  private final ParseDepth depth;
  private final FieldRegisters out;
  private final Label malformed;
  private final Label done;
  private final Label transport;
  private final Label noHeader;
  private final Label notIpv4;
  private final Label notTcp;
  private final Virt l3;
  private final Virt l4;
  private final Virt offset;

  /**
   * @param out where the fields go
   * @param malformed where to go if the packet contradicts itself
   * @param done where to go with all fields loaded
   */
  HeaderParser(
      CodeBuilder code,
      PacketReader in,
      ParseDepth depth,
      FieldRegisters out,
      Label malformed,
      Label done) {
    this.code = code;
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
  }

  private Virt orFresh(@Nullable Virt register) {
    return register == null ? code.fresh() : register;
  }

  /**
   * Emits the path of most packets: TCP in IPv4. It ends at {@code done}, which may follow. Control
   * never goes from {@link #emitRest} into what follows that.
   */
  void emitMain() {
    boolean network = depth.includes(ParseDepth.NETWORK);
    if (depth.includes(ParseDepth.LINK)) {
      in.expect(network ? ETHERNET_LENGTH + IPV4_LENGTH : ETHERNET_LENGTH);
      in.header(0, ETHERNET_LENGTH);
      in.load(l3, Size.H, 12);
      code.toBigEndian(l3, 16);
    }
    if (network) {
      code.branch(Condition.NE, Width.W32, l3, ETHERTYPE_IPV4, notIpv4);
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
      code.branch(Condition.NE, Width.W32, l3, ETHERTYPE_IPV6, notIp);
      ipv6();
      code.bind(notIp);
      clear(Field.IP4_SADDR, Field.IP4_DADDR);
      set(Field.L4_PROTO, TransportValue.NONE);
      clear(Field.SPORT, Field.DPORT, Field.TCP_FLAGS);
      code.jump(done);
    }
  }

  private void ipv4() {
    in.header(ETHERNET_LENGTH, IPV4_LENGTH);
    Virt headerLength = code.fresh();
    in.load(headerLength, Size.B, 0);
    code.alu(AluOp.AND, headerLength, 0xf);
    code.branch(Condition.LT, Width.W32, headerLength, IPV4_LENGTH / 4, malformed);
    loadBigEndian(Field.IP4_SADDR, Size.W, 12);
    loadBigEndian(Field.IP4_DADDR, Size.W, 16);
    loadProtocol(9);
    if (!depth.includes(ParseDepth.TRANSPORT)) {
      return;
    }
    Virt fragment = code.fresh();
    in.load(fragment, Size.H, 6);
    code.branch(Condition.SET, Width.W32, fragment, IPV4_FRAGMENT_OFFSET, noHeader);
    code.alu(AluOp.LSH, headerLength, 2);
    code.alu(AluOp.ADD, headerLength, ETHERNET_LENGTH);
    code.move(offset, headerLength);
  }

  private void ipv6() {
    in.header(ETHERNET_LENGTH, IPV6_LENGTH);
    loadProtocol(6);
    boolean transportFollows = depth.includes(ParseDepth.TRANSPORT);
    Label stop = code.label("ipv6_no_transport");
    if (depth.includes(ParseDepth.EXTENSIONS)) {
      code.move(offset, ETHERNET_LENGTH + IPV6_LENGTH);
      extensionHeaders(stop);
    }
    clear(Field.IP4_SADDR, Field.IP4_DADDR);
    code.jump(transportFollows ? transport : done);
    code.bind(stop);
    clear(Field.IP4_SADDR, Field.IP4_DADDR);
    code.jump(transportFollows ? noHeader : done);
  }

  /**
   * Walks IPv6 extension headers. Each turn looks at the type first and fetches only then, so that
   * a packet may end where no further header is announced. Control goes on where the transport
   * header is, or leaves for {@code stop} if it cannot be reached.
   */
  private void extensionHeaders(Label stop) {
    Label walk = code.label("walk");
    Label extension = code.label("extension");
    Label fragment = code.label("fragment");
    Label later = code.label("later_fragment");
    Label authentication = code.label("authentication");
    Label next = code.label("next_header");
    Label end = code.label("last_header");
    Virt walked = code.constant(0);
    Virt following = code.fresh();
    Virt length = code.fresh();

    code.bind(walk);
    for (int type : EXTENSION_HEADERS) {
      code.branch(Condition.EQ, Width.W32, l4, type, extension);
    }
    code.jump(end);

    code.bind(extension);
    code.branch(Condition.EQ, Width.W32, walked, MAX_EXTENSION_HEADERS, stop);
    code.branch(Condition.EQ, Width.W32, l4, FRAGMENT, fragment);
    in.header(offset, 2);
    in.load(following, Size.B, 0);
    in.load(length, Size.B, 1);
    code.branch(Condition.EQ, Width.W32, l4, AUTHENTICATION, authentication);
    code.alu(AluOp.LSH, length, 3);
    code.alu(AluOp.ADD, length, 8);

    code.bind(next);
    code.alu(AluOp.ADD, offset, length);
    code.move(l4, following);
    code.alu(AluOp.ADD, walked, 1);
    code.jump(walk);

    code.bind(authentication);
    code.alu(AluOp.LSH, length, 2);
    code.alu(AluOp.ADD, length, 8);
    code.jump(next);

    code.bind(fragment);
    in.header(offset, 8);
    in.load(following, Size.B, 0);
    in.load(length, Size.H, 2);
    code.branch(Condition.SET, Width.W32, length, IPV6_FRAGMENT_OFFSET, later);
    code.move(length, 8);
    code.jump(next);

    code.bind(later);
    code.move(l4, following);
    code.jump(stop);

    code.bind(end);
  }

  /** Parses the header at {@link #offset} of the protocol {@link #l4}. */
  private void tcp() {
    code.bind(transport);
    code.branch(Condition.NE, Width.W32, l4, TCP, notTcp);
    in.header(offset, TCP_LENGTH);
    ports();
    Virt flags = out.find(Field.TCP_FLAGS);
    if (flags != null) {
      in.load(flags, Size.B, 13);
    }
  }

  private void otherTransport() {
    Label notUdp = code.label("not_udp");
    Label icmp = code.label("icmp");
    code.bind(notTcp);
    code.branch(Condition.NE, Width.W32, l4, UDP, notUdp);
    in.header(offset, SHORT_TRANSPORT_LENGTH);
    ports();
    clear(Field.TCP_FLAGS);
    code.jump(done);

    code.bind(notUdp);
    code.branch(Condition.EQ, Width.W32, l4, ICMP, icmp);
    code.branch(Condition.NE, Width.W32, l4, ICMPV6, noHeader);
    code.bind(icmp);
    in.header(offset, SHORT_TRANSPORT_LENGTH);
    loadByte(Field.ICMP_TYPE, 0);
    loadByte(Field.ICMP_CODE, 1);
    clear(Field.TCP_FLAGS);
    code.jump(done);

    code.bind(noHeader);
    code.alu(AluOp.OR, l4, TransportValue.NO_HEADER);
    clear(Field.SPORT, Field.DPORT, Field.TCP_FLAGS);
    code.jump(done);
  }

  /** Loads the number of the next header, if anything looks at it. */
  private void loadProtocol(int at) {
    if (depth.includes(ParseDepth.EXTENSIONS) || out.find(Field.L4_PROTO) != null) {
      in.load(l4, Size.B, at);
    }
  }

  private void ports() {
    loadBigEndian(Field.SPORT, Size.H, 0);
    loadBigEndian(Field.DPORT, Size.H, 2);
  }

  private void loadByte(Field field, int at) {
    Virt register = out.find(field);
    if (register != null) {
      in.load(register, Size.B, at);
    }
  }

  private void loadBigEndian(Field field, Size size, int at) {
    Virt register = out.find(field);
    if (register != null) {
      in.load(register, size, at);
      code.toBigEndian(register, size.bytes() * Byte.SIZE);
    }
  }

  private void clear(Field... fields) {
    for (Field field : fields) {
      set(field, 0);
    }
  }

  private void set(Field field, int value) {
    Virt register = out.find(field);
    if (register != null) {
      code.move(register, value);
    }
  }
}
