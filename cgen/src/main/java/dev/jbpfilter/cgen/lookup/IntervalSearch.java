package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;

/**
 * Binary search of the bounds in a table, with a fixed number of steps and no branches. Where it
 * pays, a table that is indexed by the highest bits says where the search begins; it ends where
 * most bounds that have these bits in common would.
 *
 * <p>An entry is the last value before an interval, and the interval's result: a step goes forward
 * if that value less the one that is looked up is negative. With all 64 bits the difference's
 * borrow is computed.
 *
 * @param rootBits how many of the highest bits are an index first, or 0
 * @param steps so many entries, as a power of two, may be the one
 */
record IntervalSearch(Narrowing narrowing, int rootBits, int steps) implements Structure {
  private static final int[] ROOT_BITS = {0, 4, 6, 8, 10, 12, 14, 16};

  /** Nanoseconds that a larger table must save: it takes cache from others. */
  private static final double LEAST_SAVED = 1.5;

  private static final int LEAST_COMMON = 1;

  private static final int MOST_INTERVALS = 1 << 24;

  /** Operations of a step, which wait for each other. */
  private static final int OPERATIONS = 4;

  /** Instructions of a step besides. */
  private static final int OTHERS = 2;

  /** More for numbers of 64 bits. */
  private static final int BORROW_OPERATIONS = 3;

  static Proposal propose(Intervals intervals) {
    if (intervals.size() > MOST_INTERVALS) {
      return new Proposal.Refused(StructureKind.INTERVAL_SEARCH, intervals.size() + " intervals");
    }
    Narrowing narrowing = Narrowing.both(intervals, LEAST_COMMON);
    IntervalSearch best = new IntervalSearch(narrowing, 0, steps(narrowing.inner().size() - 1));
    for (int bits : ROOT_BITS) {
      if (bits <= narrowing.inner().bits()) {
        IntervalSearch search = new IntervalSearch(narrowing, bits, steps(narrowing.inner(), bits));
        best = search.nanos() < best.nanos() - LEAST_SAVED ? search : best;
      }
    }
    return new Proposal.Fits(best);
  }

  /** How many steps find one of so many bounds, or none. */
  private static int steps(int bounds) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(bounds);
  }

  /** How many steps are needed if so many of the highest bits are known. */
  private static int steps(Intervals intervals, int rootBits) {
    int shift = intervals.bits() - rootBits;
    int most = 0;
    int same = 0;
    long block = -1;
    for (int interval = 1; interval < intervals.size(); interval++) {
      long start = intervals.start(interval);
      boolean inside = shift > 0 && start << (Long.SIZE - shift) != 0;
      long its = rootBits == 0 ? 0 : start >>> shift;
      same = its == block ? same : 0;
      block = its;
      same += inside ? 1 : 0;
      most = Math.max(most, same);
    }
    return steps(most);
  }

  @Override
  public StructureKind kind() {
    return StructureKind.INTERVAL_SEARCH;
  }

  private boolean isWide() {
    return narrowing.inner().bits() > Integer.SIZE;
  }

  private boolean needsBorrow() {
    return narrowing.inner().bits() == Long.SIZE;
  }

  private int entryShift() {
    return isWide() ? 4 : 3;
  }

  /** Entries that the search may touch from the last interval on; they lie above all values. */
  private int entries() {
    return narrowing.inner().size() + (1 << steps);
  }

  private long rootBytes() {
    return rootBits == 0 ? 0 : (long) Integer.BYTES << rootBits;
  }

  @Override
  public double nanos() {
    double loads = 0;
    if (rootBits > 0) {
      loads += CostModel.load(Math.min(rootBytes(), touched()));
    }
    int window = steps + entryShift();
    for (int step = 0; step < steps; step++) {
      // What the first steps load stays in the cache, and so does the line that the last ones
      // share.
      boolean sameLine = step > 0 && window - step <= CostModel.CACHE_LINE_BITS;
      long places = rootBits > 0 ? touched() : CostModel.CACHE_LINE << step;
      loads += CostModel.load(sameLine ? CostModel.CACHE_LINE : Math.min(places, bytes()));
    }
    loads += CostModel.load(steps > 0 ? CostModel.CACHE_LINE : bytes());
    int operations = steps * (OPERATIONS + (needsBorrow() ? BORROW_OPERATIONS : 0));
    return narrowing.nanos()
        + CostModel.PARALLEL_OPERATION
        + operations * CostModel.PARALLEL_OPERATION
        + loads * CostModel.overlapped(operations + OTHERS * steps);
  }

  /** Bytes of the lines that values at bounds lead to. */
  private long touched() {
    return CostModel.CACHE_LINE * narrowing.inner().size();
  }

  @Override
  public long bytes() {
    return rootBytes() + ((long) entries() << entryShift());
  }

  @Override
  public String details() {
    String search =
        Counted.of(narrowing.inner().size(), "interval") + ", " + Counted.of(steps, "step");
    return narrowing.details(
        rootBits == 0 ? search : search + " behind " + Counted.of(rootBits, "bit"));
  }

  @Override
  public StoredStructure store(Tables tables) {
    int table = putEntries(tables);
    int root = rootBits > 0 ? putRoot(tables) : 0;
    if (rootBits > 0) {
      tables.reach(table + startMask() + (1 << (steps + entryShift())));
    }
    return (out, result) -> emit(out, result, table, root);
  }

  /** The bits that where a search starts can have. */
  private int startMask() {
    int last = narrowing.inner().size() - 1;
    return ((Integer.highestOneBit(Math.max(last, 1)) << 1) - 1) << entryShift();
  }

  private void emit(LookupCode out, Virt result, int table, int root) {
    CodeBuilder code = out.code();
    Label done = code.label("found");
    Virt value = narrowing.emit(out, result, done);
    Virt place = code.constant(new Constant.MapValue(out.map(), table));
    if (rootBits > 0) {
      Virt index =
          code.compute(narrowing.width(), value, AluOp.RSH, narrowing.inner().bits() - rootBits);
      code.alu(AluOp.AND, Width.W32, index, Operand.imm((1 << rootBits) - 1));
      Virt start = out.load(Size.W, root, index);
      code.alu(AluOp.AND, Width.W32, start, Operand.imm(startMask()));
      code.alu(AluOp.ADD, place, start);
    }
    for (int step = steps - 1; step >= 0; step--) {
      step(code, value, place, 1 << (step + entryShift()));
    }
    code.load(result, Size.W, place, isWide() ? Long.BYTES : Integer.BYTES);
    code.bind(done);
  }

  /** Goes some entries forward unless the value is less than the interval's that begins there. */
  private void step(CodeBuilder code, Virt value, Virt place, int bytes) {
    Virt there = bytes <= Short.MAX_VALUE ? place : code.add(place, bytes);
    int offset = bytes <= Short.MAX_VALUE ? bytes : 0;
    Virt last = code.load(isWide() ? Size.DW : Size.W, there, offset);
    Virt further;
    if (needsBorrow()) {
      further = new BranchFree(code, Long.SIZE).borrow(last, value);
    } else {
      code.alu(AluOp.SUB, last, value);
      further = last;
    }
    code.alu(AluOp.RSH, further, Long.SIZE - 1);
    code.alu(AluOp.LSH, further, Integer.numberOfTrailingZeros(bytes));
    code.alu(AluOp.ADD, place, further);
  }

  private int putEntries(Tables tables) {
    Intervals intervals = narrowing.inner();
    int table = tables.reserve(entries() << entryShift());
    for (int entry = 0; entry < entries(); entry++) {
      int interval = Math.min(entry, intervals.size() - 1);
      long last =
          entry < intervals.size() ? intervals.start(entry) - 1 : Column.max(intervals.bits());
      int at = table + (entry << entryShift());
      if (isWide()) {
        tables.putLong(at, last);
        tables.putInt(at + Long.BYTES, intervals.result(interval));
      } else {
        tables.putInt(at, (int) last);
        tables.putInt(at + Integer.BYTES, intervals.result(interval));
      }
    }
    return table;
  }

  private int putRoot(Tables tables) {
    Intervals intervals = narrowing.inner();
    int root = tables.reserve(Integer.BYTES << rootBits);
    int interval = 0;
    for (int index = 0; index < 1 << rootBits; index++) {
      long low = (long) index << (intervals.bits() - rootBits);
      while (Long.compareUnsigned(intervals.end(interval), low) < 0) {
        interval++;
      }
      tables.putInt(root + index * Integer.BYTES, interval << entryShift());
    }
    return root;
  }
}
