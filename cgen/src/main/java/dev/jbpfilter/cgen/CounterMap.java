package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.btf.BtfBuilder;
import dev.jbpfilter.bytecode.btf.BtfType;
import dev.jbpfilter.bytecode.btf.Member;
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
    BtfBuilder types = new BtfBuilder();
    int u64 = types.unsigned("u64", Long.BYTES);
    int u32 = types.unsigned("u32", KEY_BYTES);
    int counters =
        types.add(
            new BtfType.Struct(
                "bf_counters",
                ENTRY_BYTES,
                List.of(
                    new Member("count", u64, COUNT * Byte.SIZE),
                    new Member("size", u64, SIZE * Byte.SIZE))));
    return new MapSpec(
        NAME,
        MapType.PERCPU_ARRAY,
        KEY_BYTES,
        ENTRY_BYTES,
        rules + 2,
        0,
        new MapSpec.MapBtf(types.build(), u32, counters));
  }
}
