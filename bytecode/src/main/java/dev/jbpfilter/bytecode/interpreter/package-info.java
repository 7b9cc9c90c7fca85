/**
 * Runs programs without a kernel: registers, stack frames, packet, maps and helpers as the kernel
 * has them, with every memory access checked. {@link
 * dev.jbpfilter.bytecode.interpreter.Interpreter} is the entry point.
 */
@NullMarked
package dev.jbpfilter.bytecode.interpreter;

import org.jspecify.annotations.NullMarked;
