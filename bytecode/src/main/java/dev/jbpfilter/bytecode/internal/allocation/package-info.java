/**
 * Register allocation, in the order of its steps:
 *
 * <ol>
 *   <li>{@link Draft}: the code under allocation, without what cannot be reached
 *   <li>{@link Blocks} with {@link Loops}, and {@link Operands}: control flow and operands as plain
 *       arrays
 *   <li>{@link Liveness} and {@link Intervals}: where each variable is live
 *   <li>{@link LinearScan}, guided by {@link Hints}: a register for each variable, or the decision
 *       to spill it
 *   <li>{@link Spiller}: the draft with spilled variables in memory, but for {@link Pieces} that
 *       keep a register and {@link Constants} that are made again; then again from step 2
 *   <li>{@link SlotLayout} and {@link Emitter}: stack slots and the code over physical registers
 * </ol>
 */
@NullMarked
package dev.jbpfilter.bytecode.internal.allocation;

import org.jspecify.annotations.NullMarked;
