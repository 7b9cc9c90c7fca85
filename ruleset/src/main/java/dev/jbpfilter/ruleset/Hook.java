package dev.jbpfilter.ruleset;

import java.util.Optional;

/** A place in the kernel where a chain can run. */
public enum Hook {
  XDP(0, Flavor.XDP),
  TC_INGRESS(1, Flavor.TC),
  NF_PRE_ROUTING(2, Flavor.NETFILTER),
  NF_LOCAL_IN(3, Flavor.NETFILTER),
  NF_FORWARD(4, Flavor.NETFILTER),
  CGROUP_SKB_INGRESS(5, Flavor.CGROUP_SKB),
  CGROUP_SKB_EGRESS(6, Flavor.CGROUP_SKB),
  NF_LOCAL_OUT(7, Flavor.NETFILTER),
  NF_POST_ROUTING(8, Flavor.NETFILTER),
  TC_EGRESS(9, Flavor.TC),
  CGROUP_SOCK_ADDR_CONNECT4(10, Flavor.CGROUP_SOCK_ADDR),
  CGROUP_SOCK_ADDR_CONNECT6(11, Flavor.CGROUP_SOCK_ADDR),
  CGROUP_SOCK_ADDR_SENDMSG4(12, Flavor.CGROUP_SOCK_ADDR),
  CGROUP_SOCK_ADDR_SENDMSG6(13, Flavor.CGROUP_SOCK_ADDR);

  private final int code;
  private final Flavor flavor;
  private final String keyword;

  Hook(int code, Flavor flavor) {
    this.code = code;
    this.flavor = flavor;
    this.keyword = "BF_HOOK_" + name();
  }

  /** The number in saved state. */
  public int code() {
    return code;
  }

  public Flavor flavor() {
    return flavor;
  }

  /** The word of the rule language, for example {@code BF_HOOK_XDP}. */
  public String keyword() {
    return keyword;
  }

  /** The hook written as {@code keyword}, if there is one. */
  public static Optional<Hook> ofKeyword(String keyword) {
    for (Hook hook : values()) {
      if (hook.keyword.equals(keyword)) {
        return Optional.of(hook);
      }
    }
    return Optional.empty();
  }
}
