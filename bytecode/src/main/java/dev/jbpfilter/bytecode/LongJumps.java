package dev.jbpfilter.bytecode;

import java.util.List;

/**
 * Jump relaxation with {@code gotol} (instruction set v4), whose offset has 32 bits.
 *
 * <p>An unconditional jump takes one slot in either form, so its form is chosen when it is emitted.
 * A branch out of range takes more than one:
 *
 * <pre>{@code
 * if r1 == 2 goto far      becomes   if r1 != 2 goto pc+1
 *                                    gotol far
 *
 * if r1 & 2 goto far       becomes   if r1 & 2 goto pc+1
 *                                    goto pc+1
 *                                    gotol far
 * }</pre>
 *
 * <p>{@code may_goto} has no opposite either, and becomes the same as {@code &}.
 *
 * <p>All branches start short. Each round places the elements, one after another, and makes long
 * those short branches whose targets are out of range. The invariant is that a branch never becomes
 * short again: elements only grow, so no two places ever come closer, and what is out of range once
 * is so for good. Hence a round that lengthens nothing is the fixed point, it is the smallest one,
 * and there are at most as many rounds as branches. A round is linear; two are the rule.
 */
final class LongJumps implements JumpLayout {
  private static final int[] NO_ISLAND = {};

  private final List<Element<Phys>> elements;
  private final int[] targets;
  private final int[] starts;
  private final boolean[] far;

  /**
   * Places the elements of a function.
   *
   * @param targets of its jumps, as {@link Targets} has them
   * @param first the first slot
   */
  LongJumps(List<Element<Phys>> elements, int[] targets, int first) {
    this.elements = elements;
    this.targets = targets;
    starts = new int[targets.length + 1];
    far = new boolean[targets.length];
    do {
      int slot = first;
      for (int i = 0; i < targets.length; i++) {
        starts[i] = slot;
        slot += size(i);
      }
      starts[targets.length] = slot;
    } while (lengthen());
  }

  private int size(int index) {
    Element<Phys> element = elements.get(index);
    if (!far[index]) {
      return JumpLayout.size(element);
    }
    return element instanceof Element.Branch<Phys> branch && branch.condition().negation() != null
        ? 2
        : 3;
  }

  private boolean lengthen() {
    boolean changed = false;
    for (int i = 0; i < targets.length; i++) {
      if (targets[i] >= 0
          && !far[i]
          && !elements.get(i).endsBlock()
          && !JumpLayout.isShort(starts[targets[i]] - starts[i] - 1)) {
        far[i] = true;
        changed = true;
      }
    }
    return changed;
  }

  @Override
  public int end() {
    return starts[targets.length];
  }

  @Override
  public boolean isFar(int element) {
    return far[element];
  }

  @Override
  public int hop(int element) {
    return starts[targets[element]];
  }

  @Override
  public int[] island(int element) {
    return NO_ISLAND;
  }

  @Override
  public boolean fallsIn(int element) {
    return false;
  }
}
