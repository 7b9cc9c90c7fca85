package dev.jbpfilter.bytecode;

import java.util.List;

/**
 * Code before and after register allocation, and what became of what.
 *
 * @param input over virtual registers
 * @param output over physical registers
 * @param origins for each element of the output the index of the input element that it stems from,
 *     ascending, or {@link #INSERTED}: a move for the calling convention, a store to or a load from
 *     a spill slot, or a constant made again
 * @param slots what is spilled, from the highest slot down
 */
public record Allocation(
    Code<Virt> input, Code<Phys> output, List<Integer> origins, List<SpillSlot> slots) {
  /** The origin of an element that allocation has inserted. */
  public static final int INSERTED = -1;

  /**
   * @throws IllegalArgumentException if there is not one origin per element of the output
   */
  public Allocation {
    origins = List.copyOf(origins);
    slots = List.copyOf(slots);
    if (origins.size() != output.elements().size()) {
      throw new IllegalArgumentException(
          origins.size() + " origins of " + output.elements().size() + " elements");
    }
  }

  /**
   * Eight bytes on the stack.
   *
   * @param offset from the frame pointer, negative, a multiple of 8
   * @param registers that live there, at different times
   */
  public record SpillSlot(int offset, List<Virt> registers) {
    /** Copies the list. */
    public SpillSlot {
      registers = List.copyOf(registers);
    }
  }
}
