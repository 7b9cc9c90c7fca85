package dev.jbpfilter.bytecode.internal.allocation;

import java.util.BitSet;

/**
 * Decides where spilled variables may keep a register after all.
 *
 * <p>A variable that does not fit somewhere need not live in memory everywhere. Each spilled
 * variable is cut along block boundaries: for every block the registers are found that nothing else
 * occupies while the variable is live there, and a connected group of blocks that share such a
 * register becomes a <em>piece</em>, a variable of its own. Where control comes into a piece from
 * outside it, the value is loaded at the start of the block; since every write of the variable is
 * also stored to its home, nothing is needed on the way out, and a load on top of a value that is
 * in the register already does no harm. So no edge of the control flow needs code of its own.
 *
 * <p>A piece is worth it if more reads run in it than loads at its borders; blocks that lead to no
 * read in the piece are left out. Which register the scan gives a piece in the next round is open;
 * if it finds none, the piece is spilled for good.
 */
final class Pieces {
  private static final int MAX_ATTEMPTS = 4;
  private static final int ALL_REGISTERS = (1 << LinearScan.REGISTERS) - 1;
  private static final int LIVE_IN = 1 << LinearScan.REGISTERS;
  private static final int LIVE_OUT = LIVE_IN << 1;
  private static final int READ = LIVE_OUT << 1;

  private static final byte NO_MEMBER = 0;
  private static final byte MEMBER = 1;
  private static final byte USEFUL = 2;

  private final Blocks blocks;
  private final Intervals intervals;
  private final LinearScan scan;
  private final Buckets readers;
  private final IntList owners = new IntList();
  private final Buckets inBlock;
  private final BitSet loads = new BitSet();
  private final BitSet leaving = new BitSet();

  // About the variable at hand: for each of its blocks the free registers and three flags.
  private final int[] traits;
  private final int[] traitsOf;
  private final IntList live = new IntList();
  private final IntList spanBlocks = new IntList();
  private final IntList spanStarts = new IntList();
  private final IntList spanEnds = new IntList();

  // About the group of blocks at hand.
  private final byte[] membership;

  Pieces(Analysis analysis, LinearScan scan) {
    blocks = analysis.blocks();
    intervals = analysis.intervals();
    this.scan = scan;
    inBlock = new Buckets(blocks.count());
    readers = readers(analysis.operands(), scan.spilled());
    traits = new int[blocks.count()];
    traitsOf = new int[blocks.count()];
    membership = new byte[blocks.count()];
    for (int variable : scan.spilledByWeight()) {
      if (!analysis.draft().isPiece(analysis.numbering().register(variable))) {
        cut(variable);
      }
    }
  }

  private Buckets readers(Operands operands, BitSet spilled) {
    Buckets result = new Buckets(operands.variables());
    for (int block = 1; block < blocks.count(); block++) {
      int first = operands.firstUse(blocks.start(block));
      for (int at = first; at < operands.firstUse(blocks.end(block)); at++) {
        int use = operands.use(at);
        int last = result.first(use);
        if (spilled.get(use) && (last < 0 || result.value(last) != block)) {
          result.add(use, block);
        }
      }
    }
    return result;
  }

  private void cut(int variable) {
    describe(variable);
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      int register = mostRead();
      if (register < 0) {
        return;
      }
      for (int i = 0; i < live.size(); i++) {
        if ((traits[live.get(i)] >> register & 1) != 0) {
          tryGroup(variable, register, live.get(i));
        }
      }
    }
  }

  /** Collects the blocks in which a variable is live, and what is free there. */
  private void describe(int variable) {
    live.clear();
    spanBlocks.clear();
    spanStarts.clear();
    spanEnds.clear();
    int stamp = variable + 1;
    for (int at = intervals.first(variable); at >= 0; at = intervals.next(at)) {
      int block = blocks.at(intervals.start(at));
      while (block < blocks.count() && blocks.startPosition(block) < intervals.end(at)) {
        int start = Math.max(intervals.start(at), blocks.startPosition(block));
        int end = Math.min(intervals.end(at), blocks.endPosition(block));
        if (traitsOf[block] != stamp) {
          traitsOf[block] = stamp;
          traits[block] = ALL_REGISTERS;
          live.add(block);
        }
        traits[block] &= ~ALL_REGISTERS | scan.freeRegisters(start, end);
        if (start == blocks.startPosition(block)) {
          traits[block] |= LIVE_IN;
        }
        if (end == blocks.endPosition(block)) {
          traits[block] |= LIVE_OUT;
        }
        spanBlocks.add(block);
        spanStarts.add(start);
        spanEnds.add(end);
        block++;
      }
    }
    for (int at = readers.first(variable); at >= 0; at = readers.next(at)) {
      traits[readers.value(at)] |= READ;
    }
  }

  /** The register that is free in blocks with most reads; −1 if there is none. */
  private int mostRead() {
    long best = 0;
    int result = -1;
    for (int register = 0; register < LinearScan.REGISTERS; register++) {
      long reads = 0;
      for (int i = 0; i < live.size(); i++) {
        int block = live.get(i);
        if ((traits[block] & READ) != 0 && (traits[block] >> register & 1) != 0) {
          reads += blocks.frequency(block);
        }
      }
      if (reads > best) {
        best = reads;
        result = register;
      }
    }
    return result;
  }

  /** Makes a piece of the blocks that are connected to one, if that pays. */
  private void tryGroup(int variable, int register, int first) {
    IntList group = connected(variable, register, first);
    IntList useful = leadingToReads(group);
    long gain = 0;
    for (int i = 0; i < useful.size(); i++) {
      int block = useful.get(i);
      gain += (traits[block] & READ) != 0 ? blocks.frequency(block) : 0;
      gain -= needsLoad(block) ? blocks.frequency(block) : 0;
    }
    if (gain > 0) {
      accept(variable, register, useful);
    }
    for (int i = 0; i < group.size(); i++) {
      traits[group.get(i)] &= ~(1 << register);
      membership[group.get(i)] = NO_MEMBER;
    }
  }

  private IntList connected(int variable, int register, int first) {
    IntList group = new IntList();
    join(variable, register, first, group);
    for (int i = 0; i < group.size(); i++) {
      int block = group.get(i);
      if ((traits[block] & LIVE_IN) != 0) {
        Buckets predecessors = blocks.predecessors();
        for (int at = predecessors.first(block); at >= 0; at = predecessors.next(at)) {
          join(variable, register, predecessors.value(at), group);
        }
      }
      for (int successor : blocks.successors(block)) {
        if ((traits[successor] & LIVE_IN) != 0) {
          join(variable, register, successor, group);
        }
      }
    }
    return group;
  }

  private void join(int variable, int register, int block, IntList group) {
    if (traitsOf[block] == variable + 1
        && (traits[block] >> register & 1) != 0
        && membership[block] == NO_MEMBER) {
      membership[block] = MEMBER;
      group.add(block);
    }
  }

  private IntList leadingToReads(IntList group) {
    IntList useful = new IntList();
    for (int i = 0; i < group.size(); i++) {
      if ((traits[group.get(i)] & READ) != 0) {
        membership[group.get(i)] = USEFUL;
        useful.add(group.get(i));
      }
    }
    for (int i = 0; i < useful.size(); i++) {
      if ((traits[useful.get(i)] & LIVE_IN) != 0) {
        Buckets predecessors = blocks.predecessors();
        int at = predecessors.first(useful.get(i));
        for (; at >= 0; at = predecessors.next(at)) {
          if (membership[predecessors.value(at)] == MEMBER) {
            membership[predecessors.value(at)] = USEFUL;
            useful.add(predecessors.value(at));
          }
        }
      }
    }
    return useful;
  }

  private boolean needsLoad(int block) {
    if ((traits[block] & LIVE_IN) == 0) {
      return false;
    }
    Buckets predecessors = blocks.predecessors();
    for (int at = predecessors.first(block); at >= 0; at = predecessors.next(at)) {
      if (membership[predecessors.value(at)] != USEFUL) {
        return true;
      }
    }
    return false;
  }

  private void accept(int variable, int register, IntList useful) {
    int piece = owners.size();
    owners.add(variable);
    for (int i = 0; i < useful.size(); i++) {
      int place = inBlock.add(useful.get(i), piece);
      loads.set(place, needsLoad(useful.get(i)));
      leaving.set(place, (traits[useful.get(i)] & LIVE_OUT) != 0);
    }
    for (int i = 0; i < spanBlocks.size(); i++) {
      if (membership[spanBlocks.get(i)] == USEFUL) {
        scan.reserve(register, spanStarts.get(i), spanEnds.get(i), variable);
      }
    }
    for (int i = 0; i < useful.size(); i++) {
      traits[useful.get(i)] &= ~ALL_REGISTERS;
    }
  }

  /** Number of pieces. */
  int count() {
    return owners.size();
  }

  /** The variable that a piece is of. */
  int owner(int piece) {
    return owners.get(piece);
  }

  /** The place of the first piece in a block; −1 if there is none. */
  int first(int block) {
    return inBlock.first(block);
  }

  /** The place after a place; −1 at the end. */
  int next(int place) {
    return inBlock.next(place);
  }

  /** The piece at a place. */
  int piece(int place) {
    return inBlock.value(place);
  }

  /** Whether the piece is to be loaded at the start of the block. */
  boolean needsLoadAt(int place) {
    return loads.get(place);
  }

  /** Whether the value is live at the end of the block. */
  boolean leavesBlockAt(int place) {
    return leaving.get(place);
  }
}
