package dev.jbpfilter.fuzz;

import dev.jbpfilter.bytecode.interpreter.Frame;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.packet.SocketCall;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/** Random socket calls, and what a program sees of one ({@code struct bpf_sock_addr}). */
public final class Calls {
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;

  private Calls() {}

  /** A call that a hook sees. */
  public static SocketCall random(RandomGenerator random, Hook hook) {
    Picking draw = new Picking(random);
    int protocol = draw.pick(draw.oneIn(3) ? Corners.PROTOCOLS : Corners.TRANSPORTS);
    int port = draw.pick(Corners.PORTS);
    Payload.Ipv4Address from4 = new Payload.Ipv4Address(draw.pick(Corners.IPV4_ADDRESSES));
    Payload.Ipv4Address to4 = new Payload.Ipv4Address(draw.pick(Corners.IPV4_ADDRESSES));
    Payload.Ipv6Address from6 = draw.pick(Corners.IPV6_ADDRESSES);
    Payload.Ipv6Address to6 = draw.pick(Corners.IPV6_ADDRESSES);
    SocketCall call =
        switch (hook) {
          case CGROUP_SOCK_ADDR_CONNECT4 -> SocketCall.to(to4, port, protocol);
          case CGROUP_SOCK_ADDR_CONNECT6 -> SocketCall.to(to6, port, protocol);
          case CGROUP_SOCK_ADDR_SENDMSG4 -> SocketCall.to(to4, port, protocol).from(from4);
          case CGROUP_SOCK_ADDR_SENDMSG6 -> SocketCall.to(to6, port, protocol).from(from6);
          default -> throw new IllegalArgumentException(hook.keyword());
        };
    return call.by(InterpretedChain.PROCESS, InterpretedChain.COMMAND);
  }

  /** The call as the interpreter takes it; the socket is of the other family. */
  static Frame interpreted(SocketCall call) {
    boolean version4 = call.destination() instanceof Payload.Ipv4Address;
    byte[] port = ByteBuffer.allocate(4).putShort((short) call.port()).array();
    Frame frame =
        Frame.of(new byte[0])
            .withField("user_family", version4 ? AF_INET : AF_INET6)
            .withField("family", version4 ? AF_INET6 : AF_INET)
            .withField("user_port", port)
            .withField("protocol", call.protocol())
            .withField(version4 ? "user_ip4" : "user_ip6", bytes(call.destination()));
    return call.source()
        .map(s -> frame.withField(version4 ? "msg_src_ip4" : "msg_src_ip6", bytes(s)))
        .orElse(frame);
  }

  private static byte[] bytes(Payload address) {
    return switch (address) {
      case Payload.Ipv4Address(int value) -> ByteBuffer.allocate(4).putInt(value).array();
      case Payload.Ipv6Address(long high, long low) ->
          ByteBuffer.allocate(16).putLong(high).putLong(low).array();
      default -> throw new IllegalArgumentException(address.toString());
    };
  }
}
