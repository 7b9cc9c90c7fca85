package dev.jbpfilter.bytecode.internal.allocation;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Which variables are live at the end of each block.
 *
 * <p>Instead of sets of all variables for all blocks, whose size is the product of the two, each
 * variable is followed backwards on its own: from every block that reads it before writing it,
 * through predecessors, up to blocks that write it. The work is the number of (block, variable)
 * pairs in which the variable is live, and nothing at all for a variable of one block.
 *
 * <p>Code in which far more values are live at once than registers and stack could ever hold is not
 * worth that work: when a block has too many, the search ends and the block is {@link #crowded}.
 *
 * <p>The marks of visited blocks are stamps with the variable's number, so they need not be cleared
 * between variables.
 */
final class Liveness {
  /** Far beyond ten registers and 64 stack slots, since copies of constants may yet go away. */
  private static final int MAX_LIVE = 256;

  private final Blocks blocks;
  private final Operands operands;
  private final Buckets exposures;
  private final Buckets writers;
  private final Buckets liveOut;
  private final int[] writtenBy;
  private final int[] liveInOf;
  private final int[] liveOutOf;
  private final int[] readIn;
  private final int[] liveCounts;
  private int crowded = Operands.NONE;
  private int undefined = Operands.NONE;
  private int undefinedIn;

  Liveness(Blocks blocks, Operands operands, IntPredicate countable) {
    this.blocks = blocks;
    this.operands = operands;
    exposures = new Buckets(operands.variables());
    writers = new Buckets(operands.variables());
    liveOut = new Buckets(blocks.count());
    writtenBy = stamps(blocks.count());
    liveInOf = stamps(blocks.count());
    liveOutOf = stamps(blocks.count());
    readIn = new int[blocks.count()];
    liveCounts = new int[blocks.count()];
    summarise();
    IntList pending = new IntList();
    for (int variable = 0; variable < operands.variables(); variable++) {
      if (exposures.first(variable) >= 0 && crowded == Operands.NONE) {
        follow(variable, countable.test(variable) ? 1 : 0, pending);
      }
    }
  }

  private static int[] stamps(int count) {
    int[] result = new int[count];
    Arrays.fill(result, Operands.NONE);
    return result;
  }

  /** Finds the blocks that read a variable before they write it, and those that write it. */
  private void summarise() {
    int[] lastExposure = stamps(operands.variables());
    int[] lastWriter = stamps(operands.variables());
    for (int variable : operands.entryDefs()) {
      lastWriter[variable] = 0;
      writers.add(variable, 0);
    }
    for (int block = 1; block < blocks.count(); block++) {
      for (int i = blocks.start(block); i < blocks.end(block); i++) {
        for (int at = operands.firstUse(i); at < operands.firstUse(i + 1); at++) {
          int use = operands.use(at);
          if (lastWriter[use] != block && lastExposure[use] != block) {
            lastExposure[use] = block;
            exposures.add(use, block);
          }
        }
        int def = operands.def(i);
        if (def != Operands.NONE && lastWriter[def] != block) {
          lastWriter[def] = block;
          writers.add(def, block);
        }
      }
    }
  }

  private void follow(int variable, int weight, IntList pending) {
    for (int at = writers.first(variable); at >= 0; at = writers.next(at)) {
      writtenBy[writers.value(at)] = variable;
    }
    for (int at = exposures.first(variable); at >= 0; at = exposures.next(at)) {
      int reader = exposures.value(at);
      liveInOf[reader] = variable;
      readIn[reader] = reader;
      pending.add(reader);
    }
    Buckets predecessors = blocks.predecessors();
    while (!pending.isEmpty()) {
      int block = pending.removeLast();
      if (block == 0 && undefined == Operands.NONE) {
        undefined = variable;
        undefinedIn = readIn[block];
      }
      for (int at = predecessors.first(block); at >= 0; at = predecessors.next(at)) {
        int predecessor = predecessors.value(at);
        if (liveOutOf[predecessor] != variable) {
          liveOutOf[predecessor] = variable;
          liveOut.add(predecessor, variable);
          liveCounts[predecessor] += weight;
          if (liveCounts[predecessor] > MAX_LIVE) {
            crowded = predecessor;
          }
        }
        if (writtenBy[predecessor] != variable && liveInOf[predecessor] != variable) {
          liveInOf[predecessor] = variable;
          readIn[predecessor] = readIn[block];
          pending.add(predecessor);
        }
      }
    }
  }

  /** The variables whose value at the end of a block is read later, by block. */
  Buckets liveOut() {
    return liveOut;
  }

  /** A block at whose end too many variables are live, or {@link Operands#NONE}. */
  int crowded() {
    return crowded;
  }

  /** A variable that is read on some path without having been written, or {@link Operands#NONE}. */
  int undefined() {
    return undefined;
  }

  /** An element that reads the {@link #undefined} variable on such a path. */
  int undefinedRead() {
    for (int i = blocks.start(undefinedIn); i < blocks.end(undefinedIn); i++) {
      for (int at = operands.firstUse(i); at < operands.firstUse(i + 1); at++) {
        if (operands.use(at) == undefined) {
          return i;
        }
      }
    }
    throw new IllegalStateException("variable " + undefined + " is never read undefined");
  }
}
