package dev.jbpfilter.cgen.analysis;

import java.util.function.IntSupplier;

/**
 * What chance draws for the packets of a capture: numbers that depend on nothing but a seed, the
 * number of the packet, and how often was drawn for it before. So a rule more or less changes
 * nothing for other packets. The numbers are those of SplitMix64 (Steele, Lea and Flood).
 */
final class Chance implements IntSupplier {
  private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

  private final long seed;
  private long state;

  Chance(long seed) {
    this.seed = mix(seed + GOLDEN);
  }

  /** Goes on to a packet. */
  void next(long number) {
    state = mix(seed ^ number * GOLDEN);
  }

  @Override
  public int getAsInt() {
    state += GOLDEN;
    return (int) (mix(state) >>> Integer.SIZE);
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xbf58_476d_1ce4_e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d0_49bb_1331_11ebL;
    return mixed ^ mixed >>> 31;
  }
}
