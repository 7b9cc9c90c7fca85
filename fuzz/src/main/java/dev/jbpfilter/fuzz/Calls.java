package dev.jbpfilter.fuzz;

import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.packet.SocketCall;
import java.util.random.RandomGenerator;

/** Random socket calls. */
public final class Calls {
  /** The process that makes the calls. */
  private static final long PROCESS = 0x8000_0007L;

  private static final String COMMAND = "a-process-name";

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
    return call.by(PROCESS, COMMAND);
  }
}
