package dev.jbpfilter.ruleset;

/** A hook family: hooks of one flavor share program type, context layout and return codes. */
public enum Flavor {
  XDP,
  TC,
  NETFILTER,
  CGROUP_SKB,
  CGROUP_SOCK_ADDR;

  /** Whether packets reach programs of this flavor with their Ethernet header. */
  public boolean hasLinkHeader() {
    return this == XDP || this == TC;
  }

  /** Whether programs see packets, as opposed to the arguments of a socket call. */
  public boolean seesPackets() {
    return this != CGROUP_SOCK_ADDR;
  }

  /** Whether a rule may set the packet mark. */
  public boolean canSetMark() {
    return this == TC || this == CGROUP_SKB;
  }
}
