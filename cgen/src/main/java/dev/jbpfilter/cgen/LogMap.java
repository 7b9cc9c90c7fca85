package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;

/** The ring buffer that rules log to. */
public final class LogMap {
  /** Name of the map and of its pin. */
  public static final String NAME = "bf_lmap";

  /** Bytes of the ring: the next power of two that holds a thousand records. */
  public static final int BYTES = 1 << 17;

  private LogMap() {}

  static MapSpec spec() {
    return new MapSpec(NAME, MapType.RINGBUF, 0, 0, BYTES, 0, null);
  }
}
