package dev.jbpfilter.bytecode.internal.allocation;

/**
 * How deeply blocks are nested in loops.
 *
 * <p>A jump goes back if its target is on the depth-first path that leads to it; where the target
 * merely comes earlier in the code, as at the end of out-of-line code, it does not. The loop of
 * such a target is every block from which the jump can be reached without passing the target. That
 * is exact for loops with one entry; for others it is an estimate, as good as any.
 *
 * <p>The bodies of all loops together may be larger than the code, by the depth of their nesting.
 * After a multiple of its size the search stops, and further loops do not count.
 */
final class Loops {
  private static final int MAX_WORK_PER_BLOCK = 32;

  private final int[][] successors;
  private final Buckets predecessors;
  private final Buckets jumpsBack;
  private final int[] depths;

  /**
   * Finds the loops of a graph.
   *
   * @param successors of each block, reachable from block 0
   * @param predecessors the reverse
   */
  Loops(int[][] successors, Buckets predecessors) {
    this.successors = successors;
    this.predecessors = predecessors;
    jumpsBack = new Buckets(successors.length);
    depths = new int[successors.length];
    findJumpsBack();
    int work = MAX_WORK_PER_BLOCK * successors.length;
    int[] loopOf = new int[successors.length];
    for (int header = 0; header < successors.length && work > 0; header++) {
      if (jumpsBack.first(header) >= 0) {
        work -= nest(header, loopOf);
      }
    }
  }

  private void findJumpsBack() {
    int[] tried = new int[successors.length];
    boolean[] seen = new boolean[successors.length];
    boolean[] onPath = new boolean[successors.length];
    IntList path = new IntList();
    path.add(0);
    seen[0] = true;
    onPath[0] = true;
    while (!path.isEmpty()) {
      int block = path.get(path.size() - 1);
      if (tried[block] == successors[block].length) {
        onPath[block] = false;
        path.removeLast();
        continue;
      }
      int next = successors[block][tried[block]++];
      if (onPath[next]) {
        jumpsBack.add(next, block);
      } else if (!seen[next]) {
        seen[next] = true;
        onPath[next] = true;
        path.add(next);
      }
    }
  }

  /** Adds one to the depth of the blocks of a loop; gives their number. */
  private int nest(int header, int[] loopOf) {
    int stamp = header + 1;
    loopOf[header] = stamp;
    depths[header]++;
    int size = 1;
    IntList pending = new IntList();
    for (int at = jumpsBack.first(header); at >= 0; at = jumpsBack.next(at)) {
      pending.add(jumpsBack.value(at));
    }
    while (!pending.isEmpty()) {
      int block = pending.removeLast();
      if (loopOf[block] != stamp) {
        loopOf[block] = stamp;
        depths[block]++;
        size++;
        for (int at = predecessors.first(block); at >= 0; at = predecessors.next(at)) {
          pending.add(predecessors.value(at));
        }
      }
    }
    return size;
  }

  /** In how many loops a block is. */
  int depth(int block) {
    return depths[block];
  }
}
