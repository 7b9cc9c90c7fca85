package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.ruleset.Verdict;

/**
 * Socket calls of the tasks in a control group: the arguments of connect and sendmsg. What the
 * socket's family is does not matter: an IPv6 socket that sends to a mapped address makes an IPv4
 * call.
 */
enum SocketAddressFlavor implements HookFlavor {
  CONNECT4(AttachType.CGROUP_INET4_CONNECT, true, false),
  CONNECT6(AttachType.CGROUP_INET6_CONNECT, false, false),
  SENDMSG4(AttachType.CGROUP_UDP4_SENDMSG, true, true),
  SENDMSG6(AttachType.CGROUP_UDP6_SENDMSG, false, true);

  private static final int USER_IP4 = 4;
  private static final int USER_IP6 = 8;
  private static final int USER_PORT = 24;
  private static final int PROTOCOL = 36;
  private static final int MSG_SRC_IP4 = 40;
  private static final int MSG_SRC_IP6 = 44;

  private static final int DENY = 0;
  private static final int ALLOW = 1;

  private final AttachType attachType;
  private final boolean ipv4;
  private final boolean hasSource;

  SocketAddressFlavor(AttachType attachType, boolean ipv4, boolean hasSource) {
    this.attachType = attachType;
    this.ipv4 = ipv4;
    this.hasSource = hasSource;
  }

  @Override
  public ProgramType programType() {
    return ProgramType.CGROUP_SOCK_ADDR;
  }

  @Override
  public AttachType attachType() {
    return attachType;
  }

  /** Whether the source address is known. */
  boolean hasSource() {
    return hasSource;
  }

  /** Loads all tested fields. */
  void loadFields(CodeBuilder code, Virt context, FieldRegisters out) {
    out.load(Field.L3_PROTO, register -> code.move(register, networkProtocol()));
    Virt number = out.find(Field.L4_PROTO);
    if (number != null) {
      code.move(number, protocol(code, context));
    }
    out.load(Field.DPORT, register -> code.move(register, port(code, context)));
    if (ipv4) {
      loadIpv4(code, context, destination(), Field.IP4_DADDR, out);
    } else {
      loadIpv6(code, context, destination(), Field.IP6_DADDR_HIGH, Field.IP6_DADDR_LOW, out);
    }
    if (hasSource && ipv4) {
      loadIpv4(code, context, source(), Field.IP4_SADDR, out);
    } else if (hasSource) {
      loadIpv6(code, context, source(), Field.IP6_SADDR_HIGH, Field.IP6_SADDR_LOW, out);
    }
  }

  /** The EtherType of what the calls are about. */
  int networkProtocol() {
    return ipv4 ? PacketLayout.ETHERTYPE_IPV4 : PacketLayout.ETHERTYPE_IPV6;
  }

  private static void loadIpv4(
      CodeBuilder code, Virt context, int at, Field field, FieldRegisters out) {
    out.load(
        field,
        register -> {
          code.load(register, Size.W, context, at);
          code.toBigEndian(register, Integer.SIZE);
        });
  }

  private static void loadIpv6(
      CodeBuilder code, Virt context, int at, Field high, Field low, FieldRegisters out) {
    out.load(high, register -> loadHalf(code, context, at, register));
    out.load(low, register -> loadHalf(code, context, at + Long.BYTES, register));
  }

  /** Loads 8 bytes, in words of 4: the kernel allows no others where they are not aligned. */
  private static void loadHalf(CodeBuilder code, Virt context, int at, Virt register) {
    code.load(register, Size.W, context, at);
    Virt second = code.load(Size.W, context, at + Integer.BYTES);
    code.alu(AluOp.OR, register, code.shiftLeft(second, Integer.SIZE));
    code.toBigEndian(register, Long.SIZE);
  }

  /** Loads the transport protocol's number. */
  Virt protocol(CodeBuilder code, Virt context) {
    return code.load(Size.W, context, PROTOCOL);
  }

  /** Loads the destination port, in host order. */
  Virt port(CodeBuilder code, Virt context) {
    Virt port = code.load(Size.W, context, USER_PORT);
    code.toBigEndian(port, Short.SIZE);
    return port;
  }

  /** Where in the context the destination address is. */
  int destination() {
    return ipv4 ? USER_IP4 : USER_IP6;
  }

  /** Where in the context the source address is, if it is known. */
  int source() {
    return ipv4 ? MSG_SRC_IP4 : MSG_SRC_IP6;
  }

  /** The size of an address. */
  int addressBytes() {
    return ipv4 ? Integer.BYTES : 2 * Long.BYTES;
  }

  @Override
  public Virt packetSize(CodeBuilder code, Virt context) {
    return code.constant(0);
  }

  @Override
  public Virt unknown(CodeBuilder code, Virt context) {
    return code.load(Size.W, context, PROTOCOL);
  }

  @Override
  public int returnCode(Verdict.Basic verdict) {
    return switch (verdict) {
      case ACCEPT, NEXT -> ALLOW;
      case DROP -> DENY;
      case CONTINUE -> throw HookFlavor.notTerminal();
    };
  }
}
