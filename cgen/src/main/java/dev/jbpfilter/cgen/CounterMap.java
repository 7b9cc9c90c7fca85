package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.Btf;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import java.util.List;

/**
 * The map of a chain's counters: per CPU, one entry for each rule, then the policy's, then that of
 * malformed packets. Name, layout and type names are what other tools read.
 */
public final class CounterMap {
  /** Name of the map and of its pin. */
  public static final String NAME = "bf_cmap";

  /** Offset of the number of packets in an entry. */
  public static final int COUNT = 0;

  /** Offset of the number of bytes in an entry. */
  public static final int SIZE = 8;

  private static final int KEY_BYTES = 4;
  private static final int ENTRY_BYTES = 16;

  private CounterMap() {}

  /** The map for a chain with a number of rules. */
  static MapSpec spec(int rules) {
    Btf.Type u64 = new Btf.Int("u64", Long.BYTES);
    Btf.Type u32 = new Btf.Int("u32", Integer.BYTES);
    Btf.Type counters =
        new Btf.Struct(
            "bf_counters",
            ENTRY_BYTES,
            List.of(
                new Btf.Member("count", 1, COUNT * Byte.SIZE),
                new Btf.Member("size", 1, SIZE * Byte.SIZE)));
    Btf btf = new Btf(List.of(u64, u32, counters));
    return new MapSpec(
        NAME,
        MapType.PERCPU_ARRAY,
        KEY_BYTES,
        ENTRY_BYTES,
        rules + 2,
        0,
        new MapSpec.MapBtf(btf, 2, 3));
  }
}
