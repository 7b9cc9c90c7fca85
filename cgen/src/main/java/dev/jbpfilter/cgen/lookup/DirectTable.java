package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;

/** The result for each value of a dimension of at most 16 bits, in a table. */
record DirectTable(Intervals intervals) implements Structure {
  private static final int MOST_BITS = 16;

  /** Nanoseconds that the table must save: it takes cache from others. */
  private static final double LEAST_SAVED = 0.5;

  static Proposal propose(Intervals intervals) {
    return intervals.bits() > MOST_BITS
        ? new Proposal.Refused(StructureKind.DIRECT_TABLE, intervals.bits() + " bits")
        : new Proposal.Fits(new DirectTable(intervals));
  }

  @Override
  public StructureKind kind() {
    return StructureKind.DIRECT_TABLE;
  }

  @Override
  public double nanos() {
    return LEAST_SAVED + 2 * CostModel.PARALLEL_OPERATION + CostModel.overlappedLoad(bytes());
  }

  @Override
  public long bytes() {
    return (long) Integer.BYTES << intervals.bits();
  }

  @Override
  public String details() {
    return (1 << intervals.bits()) + " entries";
  }

  @Override
  public StoredStructure store(Tables tables) {
    int table = tables.reserve((int) bytes());
    for (int interval = 0; interval < intervals.size(); interval++) {
      long end = intervals.end(interval);
      for (long value = intervals.start(interval); value <= end; value++) {
        tables.putInt(table + (int) value * Integer.BYTES, intervals.result(interval));
      }
    }
    return (code, result) -> {
      Virt index = code.bits(Width.W32, code.value(intervals.dimension()), 0, intervals.bits());
      code.load(result, Size.W, table, index);
    };
  }
}
