package dev.jbpfilter.cgen.analysis;

import dev.jbpfilter.bytecode.interpreter.Frame;
import dev.jbpfilter.bytecode.interpreter.KernelObject;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.packet.PacketInput;
import dev.jbpfilter.ruleset.packet.SocketCall;
import java.nio.ByteBuffer;

/**
 * What programs of a hook are given in the interpreter. The interface that the hook does not report
 * is another one than that which it does.
 */
final class HookFrames {
  static final int ETHERNET = 14;
  private static final int ETHER_TYPE = 12;

  /** {@code AF_INET} and {@code AF_INET6}, which are {@code NFPROTO_IPV4} and so on, too. */
  private static final int AF_INET = 2;

  private static final int AF_INET6 = 10;

  private HookFrames() {}

  /**
   * A packet as it comes to a hook, all of it linear.
   *
   * @throws IllegalArgumentException if the hook sees socket calls
   */
  static Frame of(PacketInput packet, Hook hook) {
    int ifindex = (int) packet.interfaceIndex();
    Frame plain = Frame.of(frame(packet)).withIngressIfindex(ifindex);
    int other = ifindex == 2 ? 1 : 2;
    return switch (hook.flavor()) {
      case XDP -> plain;
      case TC, CGROUP_SKB ->
          plain.withField("mark", packet.mark()).withField("ingress_ifindex", other);
      case NETFILTER -> {
        KernelObject skb = KernelObject.of("sk_buff").with("mark", 4, packet.mark());
        yield plain.withObject("state", state(packet, hook, other)).withObject("skb", skb);
      }
      case CGROUP_SOCK_ADDR -> throw new IllegalArgumentException(hook.keyword());
    };
  }

  /** With an Ethernet header that says what the packet is, if it has none. */
  static byte[] frame(PacketInput packet) {
    byte[] bytes = packet.toByteArray();
    if (packet.hasLinkHeader()) {
      return bytes;
    }
    return ByteBuffer.allocate(ETHERNET + bytes.length)
        .putShort(ETHER_TYPE, (short) packet.etherType())
        .put(ETHERNET, bytes)
        .array();
  }

  private static KernelObject state(PacketInput packet, Hook hook, int other) {
    int family = packet.etherType() == Protocol.IPV6.number() ? AF_INET6 : AF_INET;
    int ifindex = (int) packet.interfaceIndex();
    KernelObject device = ifindex == 0 ? null : device(ifindex);
    return switch (hook) {
      case NF_PRE_ROUTING -> KernelObject.hookState(0, family, device, null);
      case NF_LOCAL_IN -> KernelObject.hookState(1, family, device, null);
      case NF_FORWARD -> KernelObject.hookState(2, family, device, device(other));
      case NF_LOCAL_OUT -> KernelObject.hookState(3, family, null, device);
      case NF_POST_ROUTING -> KernelObject.hookState(4, family, null, device);
      default -> throw new IllegalArgumentException(hook.keyword());
    };
  }

  private static KernelObject device(int index) {
    return KernelObject.of("net_device").with("ifindex", 4, index);
  }

  /** A socket call ({@code struct bpf_sock_addr}); the socket is of the other family. */
  static Frame of(SocketCall call) {
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
