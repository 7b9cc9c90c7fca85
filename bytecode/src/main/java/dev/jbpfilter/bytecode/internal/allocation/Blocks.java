package dev.jbpfilter.bytecode.internal.allocation;

import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Virt;
import java.util.HashMap;
import java.util.Map;

/**
 * Basic blocks of a draft in the order of their elements, and how often each is expected to run.
 *
 * <p>Block 0 is the entry: it has no element and defines the parameters. It exists so that a loop
 * back to the first element does not define them again.
 *
 * <p>Time is counted in positions: element {@code i} reads its operands at {@code early(i)} and
 * writes its result at {@code late(i)}, one later. The entry defines the parameters at {@link
 * #ENTRY_LATE}.
 *
 * <p>Frequency: a loop is taken to run ten times.
 */
final class Blocks {
  static final int ENTRY_LATE = 1;
  private static final int LOOP_FACTOR = 10;
  private static final int MAX_LOOP_DEPTH = 6;

  private final int[] starts;
  private final int[][] successors;
  private final Buckets predecessors;
  private final int[] frequencies;

  Blocks(Draft draft) {
    IntList leaders = new IntList();
    leaders.add(0);
    Map<Label, Integer> blocks = new HashMap<>();
    boolean open = true;
    for (int i = 0; i < draft.size(); i++) {
      Element<Virt> element = draft.element(i);
      boolean bind = element instanceof Element.Bind;
      if (i == 0 || bind || !open) {
        leaders.add(i);
      }
      if (element instanceof Element.Bind<Virt>(Label label)) {
        blocks.put(label, leaders.size() - 1);
      }
      open = !element.endsBlock() && element.target() == null;
    }
    leaders.add(draft.size());
    starts = leaders.toArray();
    successors = successors(draft, blocks);
    predecessors = new Buckets(count());
    for (int block = 0; block < count(); block++) {
      for (int successor : successors[block]) {
        predecessors.add(successor, block);
      }
    }
    frequencies = frequencies(new Loops(successors, predecessors));
  }

  private int[][] successors(Draft draft, Map<Label, Integer> blocks) {
    int[][] result = new int[count()][];
    result[0] = new int[] {1};
    for (int block = 1; block < count(); block++) {
      Element<Virt> last = draft.element(end(block) - 1);
      Integer target = last.target() == null ? null : blocks.get(last.target());
      if (target == null) {
        result[block] = last.endsBlock() ? new int[0] : new int[] {block + 1};
      } else {
        result[block] = last.endsBlock() ? new int[] {target} : new int[] {block + 1, target};
      }
    }
    return result;
  }

  private int[] frequencies(Loops loops) {
    int[] result = new int[count()];
    for (int block = 0; block < count(); block++) {
      result[block] = 1;
      for (int i = 0; i < Math.min(loops.depth(block), MAX_LOOP_DEPTH); i++) {
        result[block] *= LOOP_FACTOR;
      }
    }
    return result;
  }

  static int early(int element) {
    return 2 * element + 2;
  }

  static int late(int element) {
    return 2 * element + 3;
  }

  /** The element at a position that is not the entry's. */
  static int element(int position) {
    return (position - 2) >> 1;
  }

  int count() {
    return starts.length - 1;
  }

  /** Number of positions. */
  int positions() {
    return early(starts[count()]);
  }

  /** First element of a block. */
  int start(int block) {
    return starts[block];
  }

  /** One after the last element of a block. */
  int end(int block) {
    return starts[block + 1];
  }

  int startPosition(int block) {
    return block == 0 ? 0 : early(starts[block]);
  }

  int endPosition(int block) {
    return early(starts[block + 1]);
  }

  /** The block of a position. */
  int at(int position) {
    int low = 0;
    int high = count() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (startPosition(middle) <= position) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The blocks to which control goes. */
  int[] successors(int block) {
    return successors[block];
  }

  /** The blocks from which control comes, by block. */
  Buckets predecessors() {
    return predecessors;
  }

  /** Expected runs per run of the function. */
  int frequency(int block) {
    return frequencies[block];
  }
}
