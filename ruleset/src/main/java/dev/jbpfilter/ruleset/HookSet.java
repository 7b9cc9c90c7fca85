package dev.jbpfilter.ruleset;

import java.util.function.Predicate;

/**
 * The groups of hooks that the compatibility table of the matchers is made of, as bit masks of the
 * hooks' codes.
 */
final class HookSet {
  static final int PACKET = of(f -> f.seesPackets());
  static final int ALL = of(f -> true);
  static final int SKB = of(f -> f.seesPackets() && f != Flavor.XDP);
  static final int TC = of(f -> f == Flavor.TC);
  static final int NOT_NETFILTER = of(f -> f.seesPackets() && f != Flavor.NETFILTER);
  static final int PACKET_SENDMSG4 = packetAnd(Hook.CGROUP_SOCK_ADDR_SENDMSG4);
  static final int PACKET_SENDMSG6 = packetAnd(Hook.CGROUP_SOCK_ADDR_SENDMSG6);
  static final int PACKET_IPV4 =
      packetAnd(Hook.CGROUP_SOCK_ADDR_CONNECT4, Hook.CGROUP_SOCK_ADDR_SENDMSG4);
  static final int PACKET_IPV6 =
      packetAnd(Hook.CGROUP_SOCK_ADDR_CONNECT6, Hook.CGROUP_SOCK_ADDR_SENDMSG6);
  static final int PACKET_CONNECT =
      packetAnd(Hook.CGROUP_SOCK_ADDR_CONNECT4, Hook.CGROUP_SOCK_ADDR_CONNECT6);

  private HookSet() {}

  static boolean contains(int hooks, Hook hook) {
    return (hooks & 1 << hook.code()) != 0;
  }

  private static int of(Predicate<Flavor> flavors) {
    int hooks = 0;
    for (Hook hook : Hook.values()) {
      if (flavors.test(hook.flavor())) {
        hooks |= 1 << hook.code();
      }
    }
    return hooks;
  }

  private static int packetAnd(Hook... more) {
    int hooks = PACKET;
    for (Hook hook : more) {
      hooks |= 1 << hook.code();
    }
    return hooks;
  }
}
