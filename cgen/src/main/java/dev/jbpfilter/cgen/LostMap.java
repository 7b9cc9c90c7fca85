package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.AtomicOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.Size;

/**
 * How many log records found no room in the ring: one number of 64 bits, for all CPUs, because they
 * meet at the ring's lock anyway.
 */
public final class LostMap {
  /** Name of the map and of its pin. */
  public static final String NAME = "bf_lost";

  private LostMap() {}

  static MapSpec spec() {
    return new MapSpec(NAME, MapType.ARRAY, Integer.BYTES, Long.BYTES, 1, 0, null);
  }

  /** Emits: one more is lost. */
  static void emitCount(CodeBuilder code) {
    code.atomic(
        AtomicOp.ADD, Size.DW, code.constant(new Constant.MapValue(NAME, 0)), 0, code.constant(1));
  }
}
