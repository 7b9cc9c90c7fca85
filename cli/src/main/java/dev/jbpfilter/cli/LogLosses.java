package dev.jbpfilter.cli;

import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Tells when log records were lost, at most once in a second. */
final class LogLosses {
  private static final long INTERVAL = 1_000_000_000;

  private final Supplier<OptionalLong> lost;
  private final LongSupplier clock;
  private final Listener listener;
  private long told;
  private long toldAt;
  private boolean ever;

  /** Is told of losses. */
  interface Listener {
    /**
     * Records were lost.
     *
     * @param more how many since it was told last
     * @param all how many since the log is there
     */
    void lost(long more, long all);
  }

  /**
   * @param lost how many were lost since the log is there; empty if nobody counts
   * @param clock nanoseconds since any time; never goes back
   */
  LogLosses(Supplier<OptionalLong> lost, LongSupplier clock, Listener listener) {
    this.lost = lost;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Tells of losses, unless that would be too soon.
   *
   * @return whether it would be, so that this is to be called again
   */
  boolean check() {
    return tell(false);
  }

  /** Tells of all losses that were not told yet. */
  void end() {
    tell(true);
  }

  /** A message about losses. */
  static String text(String chain, long more, long all) {
    String text =
        "chain '" + chain + "': " + Long.toUnsignedString(more) + " log entries lost, no room";
    return more == all ? text : text + " (" + Long.toUnsignedString(all) + " in all)";
  }

  private boolean tell(boolean last) {
    long all = lost.get().orElse(0);
    if (all == told) {
      return false;
    }
    long now = clock.getAsLong();
    if (!last && ever && now - toldAt < INTERVAL) {
      return true;
    }
    long more = all - told;
    told = all;
    toldAt = now;
    ever = true;
    listener.lost(more, all);
    return false;
  }
}
