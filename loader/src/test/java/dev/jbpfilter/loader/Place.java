package dev.jbpfilter.loader;

import dev.jbpfilter.ruleset.Hook;
import java.util.Locale;

/**
 * Where a test's chains filter, one for each way that links are made and replaced. Every place has
 * a port of its own, so that what passes tells where there is no filter.
 */
enum Place {
  XDP(Hook.XDP, true, false),
  TC_INGRESS(Hook.TC_INGRESS, true, false),
  TC_EGRESS(Hook.TC_EGRESS, false, false),
  LOCAL_IN(Hook.NF_LOCAL_IN, true, false),
  LOCAL_OUT(Hook.NF_LOCAL_OUT, false, false),
  CGROUP_INGRESS(Hook.CGROUP_SKB_INGRESS, true, true),
  CGROUP_EGRESS(Hook.CGROUP_SKB_EGRESS, false, true);

  private static final int FIRST_PORT = 4001;

  private final Hook hook;
  private final boolean incoming;
  private final boolean grouped;

  Place(Hook hook, boolean incoming, boolean grouped) {
    this.hook = hook;
    this.incoming = incoming;
    this.grouped = grouped;
  }

  /** The hook of the place's chains. */
  Hook hook() {
    return hook;
  }

  /** Whether it sees packets that come in. */
  boolean incoming() {
    return incoming;
  }

  /** Whether it sees packets of a cgroup only. */
  boolean grouped() {
    return grouped;
  }

  /** The port that its chains close. */
  int port() {
    int port = FIRST_PORT;
    for (Place place : values()) {
      if (place == this) {
        break;
      }
      port++;
    }
    return port;
  }

  /** The usual name of its chain. */
  String chain() {
    return name().toLowerCase(Locale.ROOT);
  }
}
