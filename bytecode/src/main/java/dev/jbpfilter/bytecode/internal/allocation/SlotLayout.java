package dev.jbpfilter.bytecode.internal.allocation;

import dev.jbpfilter.bytecode.Allocation.SpillSlot;
import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.CodegenException;
import dev.jbpfilter.bytecode.CodegenException.Reason;
import dev.jbpfilter.bytecode.Virt;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Gives each home a stack slot of 8 bytes below the variables of the code. Homes are variables with
 * live intervals like any other: written by stores, read by loads. Those that do not overlap share
 * a slot; taking homes by their start and slots from the top uses as few as are live at once, but
 * for holes.
 */
final class SlotLayout {
  private static final int SLOT_BYTES = 8;

  private final int base;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<List<Virt>> registers = new ArrayList<>();
  private final int[] slots;
  private final BitSet unreadStores = new BitSet();

  /**
   * Lays out the homes of a draft.
   *
   * @param frameBytes what the code itself uses
   * @throws CodegenException if the stack frame does not hold them
   */
  SlotLayout(Analysis analysis, int frameBytes) {
    Draft draft = analysis.draft();
    Blocks blocks = analysis.blocks();
    base = (frameBytes + SLOT_BYTES - 1) / SLOT_BYTES * SLOT_BYTES;
    slots = new int[draft.homes().size()];
    if (slots.length == 0) {
      return;
    }
    Operands operands = Operands.homes(draft, analysis.intervals());
    Intervals intervals =
        new Intervals(draft, blocks, operands, new Liveness(blocks, operands, home -> false));
    for (int i = 0; i < draft.size(); i++) {
      unreadStores.set(i, intervals.unreadResult(i));
    }
    for (int home : intervals.byStart()) {
      if (intervals.longestRange(home) <= 1) {
        // Nothing but stores that nobody reads.
        continue;
      }
      int slot = 0;
      while (slot < lanes.size() && !lanes.get(slot).isFree(home)) {
        slot++;
      }
      if (slot == lanes.size()) {
        lanes.add(new Lane(intervals));
        registers.add(new ArrayList<>());
        if (bytes(frameBytes) > Code.MAX_FRAME_BYTES) {
          throw exhausted(draft, intervals, home);
        }
      }
      lanes.get(slot).occupy(home);
      slots[home] = slot;
      registers.get(slot).add(draft.homes().get(home));
    }
  }

  private CodegenException exhausted(Draft draft, Intervals intervals, int home) {
    int position = intervals.start(intervals.first(home));
    List<Virt> values = new ArrayList<>();
    for (int other = 0; other < intervals.variables(); other++) {
      for (int at = intervals.first(other); at >= 0; at = intervals.next(at)) {
        if (intervals.start(at) <= position && position < intervals.end(at)) {
          values.add(draft.homes().get(other));
        }
      }
    }
    return new CodegenException(
        new Reason.StackExhausted(bytes(base), base, values),
        draft.noteAt(Blocks.element(position)));
  }

  /** Whether nobody reads what an element stores in a home. */
  boolean unreadStore(int element) {
    return unreadStores.get(element);
  }

  /** The offset from the frame pointer of a home. */
  int offset(int home) {
    return slotOffset(slots[home]);
  }

  private int slotOffset(int slot) {
    return -(base + SLOT_BYTES * (slot + 1));
  }

  /** The size of the stack frame. */
  int bytes(int frameBytes) {
    return lanes.isEmpty() ? frameBytes : base + SLOT_BYTES * lanes.size();
  }

  /** The slots and whose homes they are, from the top. */
  List<SpillSlot> slots() {
    List<SpillSlot> result = new ArrayList<>();
    for (int slot = 0; slot < registers.size(); slot++) {
      result.add(new SpillSlot(slotOffset(slot), registers.get(slot)));
    }
    return result;
  }
}
