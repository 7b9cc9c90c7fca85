package dev.jbpfilter.bytecode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Removes what never runs or does nothing: instructions that control cannot reach (the kernel's
 * verifier refuses programs that have any), labels there, and jumps and branches to the next
 * instruction.
 *
 * <p>Notes stay, so that each instruction that is left keeps the note it had.
 */
public final class DeadCode {
  private DeadCode() {}

  /** The code without its dead elements; the same object if there are none. */
  public static <R extends Reg> Code<R> remove(Code<R> code) {
    List<Element<R>> elements = code.elements();
    int[] targets = Targets.of(code);
    boolean[] keep = reachable(elements, targets);
    dropJumpsToNext(elements, targets, keep);
    List<Element<R>> kept = new ArrayList<>(elements.size());
    for (int i = 0; i < keep.length; i++) {
      if (keep[i] || elements.get(i) instanceof Element.Note) {
        kept.add(elements.get(i));
      }
    }
    return kept.size() == elements.size()
        ? code
        : new Code<>(code.name(), code.parameters(), kept, code.frameBytes());
  }

  private static <R extends Reg> boolean[] reachable(List<Element<R>> elements, int[] targets) {
    boolean[] reached = new boolean[targets.length];
    int[] pending = new int[8];
    int count = 1;
    while (count > 0) {
      int i = pending[--count];
      boolean open = true;
      while (open && !reached[i]) {
        reached[i] = true;
        if (targets[i] >= 0 && !reached[targets[i]]) {
          if (count == pending.length) {
            pending = Arrays.copyOf(pending, 2 * count);
          }
          pending[count++] = targets[i];
        }
        open = !elements.get(i).endsBlock();
        i++;
      }
    }
    return reached;
  }

  /**
   * Backwards, so that a jump over nothing but jumps that went away goes away as well: {@code
   * next[i]} is the first instruction that stays at or after element {@code i}.
   */
  private static <R extends Reg> void dropJumpsToNext(
      List<Element<R>> elements, int[] targets, boolean[] keep) {
    int[] next = new int[targets.length + 1];
    next[targets.length] = targets.length;
    for (int i = targets.length - 1; i >= 0; i--) {
      next[i] = next[i + 1];
      if (keep[i] && !(elements.get(i) instanceof Element.Bind)) {
        // A label further up has no place yet and reads as 0, which no later instruction has.
        if (targets[i] >= 0 && next[targets[i]] == next[i + 1]) {
          keep[i] = false;
        } else if (!(elements.get(i) instanceof Element.Note)) {
          next[i] = i;
        }
      }
    }
  }
}
