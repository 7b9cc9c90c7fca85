package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.internal.allocation.Allocator;

/**
 * Puts virtual registers into physical ones.
 *
 * <p>Linear scan over live intervals with holes. Arguments, results, parameters and what else an
 * element wants in a fixed register are moved to and from there, by as few moves as hints can
 * achieve; a value that is live across a call gets one of {@code r6}–{@code r9}, one that is live
 * across a compare-exchange anything but {@code r0}. Where registers do not suffice, the values
 * that are cheapest to keep in memory go to stack slots below {@link Code#frameBytes()}, for the
 * blocks where that is needed; constants, and addresses in the frame ({@code v = fp; v += number}),
 * are made again. Time grows with the length of the code, little more than in proportion.
 *
 * <p>The order of elements, labels and notes stays. Code that cannot be reached is dropped, as are
 * plain copies ({@code dst = src}, 64 bits) whose registers turn out to be the same.
 */
public final class RegisterAllocator {
  private RegisterAllocator() {}

  /**
   * Allocates the registers of a function.
   *
   * @throws IllegalArgumentException if a register may be read before it is written, the frame
   *     pointer is written, or a register is two parameters: errors of whoever wrote the code
   * @throws CodegenException if the stack does not hold what is spilled
   */
  public static Allocation allocate(Code<Virt> code) {
    return Allocator.allocate(code);
  }
}
