/**
 * Programs from text: {@link dev.jbpfilter.bytecode.assembler.Assembler} reads what {@link
 * dev.jbpfilter.bytecode.Disassembler} writes.
 */
@NullMarked
package dev.jbpfilter.bytecode.assembler;

import org.jspecify.annotations.NullMarked;
