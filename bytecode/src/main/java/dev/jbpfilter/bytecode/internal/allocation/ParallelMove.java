package dev.jbpfilter.bytecode.internal.allocation;

/**
 * Orders moves that are meant to happen all at once, as at a call, so that no move destroys what
 * another one still has to read.
 *
 * <p>A move may go first when its target is no other's source. If every remaining target is some
 * other's source, what remains are cycles: the value of one target is saved in a spare register,
 * and whoever wanted it reads the spare instead.
 */
final class ParallelMove {

  /** Takes the moves in order. */
  interface Sink {
    void move(int target, int source);
  }

  private ParallelMove() {}

  /**
   * Emits the moves in a right order, without those that do nothing.
   *
   * @param targets all different
   * @param sources of the targets; may repeat
   * @param spare neither source nor target, unless there is no cycle
   */
  static void emit(int[] targets, int[] sources, int spare, Sink sink) {
    int[] from = sources.clone();
    boolean[] done = new boolean[targets.length];
    int pending = 0;
    for (int i = 0; i < targets.length; i++) {
      done[i] = targets[i] == from[i];
      pending += done[i] ? 0 : 1;
    }
    while (pending > 0) {
      int move = ready(targets, from, done);
      if (move < 0) {
        int target = firstPending(targets, done);
        sink.move(spare, target);
        for (int i = 0; i < from.length; i++) {
          from[i] = from[i] == target ? spare : from[i];
        }
      } else {
        sink.move(targets[move], from[move]);
        done[move] = true;
        pending--;
      }
    }
  }

  private static int ready(int[] targets, int[] from, boolean[] done) {
    for (int i = 0; i < targets.length; i++) {
      boolean ready = !done[i];
      for (int j = 0; j < targets.length && ready; j++) {
        ready = done[j] || from[j] != targets[i];
      }
      if (ready) {
        return i;
      }
    }
    return -1;
  }

  private static int firstPending(int[] targets, boolean[] done) {
    int i = 0;
    while (done[i]) {
      i++;
    }
    return targets[i];
  }
}
