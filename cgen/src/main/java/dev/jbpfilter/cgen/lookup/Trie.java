package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import java.util.Arrays;

/**
 * A multibit trie with leaves pushed: each level takes some bits of the value as the index into a
 * node, whose entry is the result or says where the next level's node is. Nodes that are alike are
 * shared. The highest bit of entries tells results from nodes, so results are stored less a base.
 */
final class Trie implements Structure {
  /** Bits of the root at most, by what is tried; the rest is divided evenly. */
  private static final int[] ROOT_BITS = {8, 12, 16};

  private static final int[] NODE_BITS = {4, 8};

  /** Fewer common bits save no level. */
  private static final int LEAST_COMMON = 8;

  /** Operations of a level that wait for those before. */
  private static final int OPERATIONS = 4;

  /** If a mask lets loads reach farther behind the nodes, they are bounded by a branch. */
  private static final int MOST_UNUSED = 1 << 20;

  private static final int ENTRY_SHIFT = 2;

  private static final long MOST_BYTES = 1L << 30;

  private final Narrowing narrowing;
  private final int base;
  private final int[] strides;
  private final int nodes;
  private final double nanos;

  private Trie(Narrowing narrowing, int base, int[] strides, TrieSizes sizes) {
    this.narrowing = narrowing;
    this.base = base;
    this.strides = strides;
    int[] shifts = TrieTables.shifts(narrowing.inner().bits(), strides);
    int count = 0;
    double time = narrowing.nanos() + CostModel.PARALLEL_OPERATION;
    int intervals = narrowing.inner().size();
    // An interval begins and ends in lines that lookups may lead to.
    long lines = 2 * CostModel.CACHE_LINE * intervals;
    long touched = Math.min(4L << strides[0], lines);
    time += CostModel.overlappedLoad(touched);
    for (int level = 1; level < strides.length; level++) {
      int here = sizes.nodes(shifts[level - 1]);
      double part = (double) sizes.intervals(shifts[level - 1]) / intervals;
      // That a branch was mispredicted shows when the entry is there, and nothing overlaps that.
      double mispredicted = CostModel.MISPREDICTED + CostModel.load(touched);
      time += CostModel.COMPARE + Math.min(part, 1 - part) * mispredicted;
      touched += Math.min((4L << strides[level]) * here, lines);
      time +=
          part * (OPERATIONS * CostModel.PARALLEL_OPERATION + CostModel.overlappedLoad(touched));
      count += here;
    }
    this.nodes = count;
    this.nanos = time;
  }

  /**
   * @param memory how many bytes of tables there may be
   */
  static Proposal propose(Intervals intervals, long memory) {
    int base = 0;
    for (int interval = 0; interval < intervals.size(); interval++) {
      base = intervals.result(interval) == -1 ? -1 : base;
    }
    for (int interval = 0; interval < intervals.size(); interval++) {
      if (intervals.result(interval) - base < 0) {
        return new Proposal.Refused(StructureKind.TRIE, "results of 32 bits");
      }
    }
    Narrowing narrowing = Narrowing.both(intervals, LEAST_COMMON);
    TrieSizes sizes = new TrieSizes(narrowing.inner());
    long allowed = Math.min(memory, MOST_BYTES);
    Trie best = null;
    long least = Long.MAX_VALUE;
    for (int root : ROOT_BITS) {
      for (int node : NODE_BITS) {
        int[] strides = strides(narrowing.inner().bits(), root, node);
        Trie trie = new Trie(narrowing, base, strides, sizes);
        least = Math.min(least, trie.bytes());
        if (trie.bytes() <= allowed && (best == null || trie.nanos < best.nanos)) {
          best = trie;
        }
      }
    }
    return best == null
        ? new Proposal.Refused(StructureKind.TRIE, "needs " + ((least >> 20) + 1) + " MiB")
        : new Proposal.Fits(best);
  }

  private static int[] strides(int bits, int root, int node) {
    int levels = Math.max(0, (bits - root + node - 1) / node);
    int[] strides = new int[levels + 1];
    Arrays.fill(strides, node);
    strides[0] = bits - levels * node;
    return strides;
  }

  @Override
  public StructureKind kind() {
    return StructureKind.TRIE;
  }

  @Override
  public double nanos() {
    return nanos;
  }

  @Override
  public long bytes() {
    int stride = strides[strides.length - 1];
    return (4L << strides[0]) + (4L << stride) * nodes;
  }

  @Override
  public String details() {
    StringBuilder text = new StringBuilder("strides ").append(strides[0]);
    for (int level = 1; level < strides.length; level++) {
      text.append('-').append(strides[level]);
    }
    return narrowing.details(text.append(", ").append(Counted.of(nodes, "node")).toString());
  }

  @Override
  public StoredStructure store(Tables tables) {
    TrieTables trie = new TrieTables(narrowing.inner(), base, strides, nodes);
    int nodesAt = tables.reserve(trie.nodeBytes());
    trie.putNodes(tables, nodesAt);
    int rootAt = tables.reserve(Integer.BYTES << strides[0]);
    trie.putRoot(tables, rootAt);
    Nodes children = new Nodes(nodesAt, trie.nodeBytes(), 4 << strides[strides.length - 1]);
    if (strides.length > 1 && children.isMasked()) {
      tables.reach(nodesAt + children.mask() + children.size);
    }
    return (out, result) -> emit(out, result, rootAt, children);
  }

  private void emit(LookupCode out, Virt result, int rootAt, Nodes children) {
    CodeBuilder code = out.code();
    Label done = code.label("found");
    Label leaf = code.label("leaf");
    int[] shifts = TrieTables.shifts(narrowing.inner().bits(), strides);
    Virt value = narrowing.emit(out, result, done);
    Virt first = offset(code, value, shifts[0], strides[0]);
    code.load(result, Size.W, out.entry(rootAt, first, 1), 0);
    for (int level = 1; level < strides.length; level++) {
      code.branch(Condition.SGE, Width.W32, result, 0, leaf);
      children.bound(code, result, leaf);
      Virt offset = offset(code, value, shifts[level], strides[level]);
      code.alu(AluOp.ADD, offset, result);
      code.load(result, Size.W, out.entry(children.at, offset, 1), 0);
    }
    code.bind(leaf);
    if (base != 0) {
      code.alu(AluOp.ADD, Width.W32, result, Operand.imm(base));
    }
    code.bind(done);
  }

  /** The offset of the entry for some bits of a value in their level's node. */
  private Virt offset(CodeBuilder code, Virt value, int shift, int stride) {
    Width width = narrowing.width();
    int left = shift - ENTRY_SHIFT;
    Virt offset = code.compute(width, value, left < 0 ? AluOp.LSH : AluOp.RSH, Math.abs(left));
    code.alu(AluOp.AND, Width.W32, offset, Operand.imm(((1 << stride) - 1) << ENTRY_SHIFT));
    return offset;
  }

  /**
   * All nodes but the root, one after another.
   *
   * @param at offset of the first one
   * @param bytes of all of them
   * @param size bytes of each, a power of two
   */
  private record Nodes(int at, int bytes, int size) {
    private int last() {
      return bytes - size;
    }

    /** What leaves the offset of a node as it is, and bounds other numbers. */
    int mask() {
      return ((Integer.highestOneBit(Math.max(last(), 1)) << 1) - 1) & -size;
    }

    /** Whether loads may reach as far behind the nodes as the mask lets them. */
    boolean isMasked() {
      return mask() - last() < MOST_UNUSED;
    }

    /** Leaves of an entry where a node is, bounded as the verifier wants it. */
    void bound(CodeBuilder code, Virt entry, Label never) {
      int kept = isMasked() ? mask() : (TrieTables.CHILD - 1) & -size;
      code.alu(AluOp.AND, Width.W32, entry, Operand.imm(kept));
      if (!isMasked()) {
        code.branch(Condition.GT, Width.W32, entry, last(), never);
      }
    }
  }
}
