/**
 * Object files as {@code clang -target bpf} writes them and libbpf loads them: ELF-64, relocatable,
 * machine {@code EM_BPF}.
 *
 * <pre>{@code
 * ObjectFile     = byte-order license ObjectProgram* ObjectMap* Btf
 * ObjectProgram  = section ProgramSpec CoreRelocation*
 * ObjectMap      = MapSpec [pinned] [inner MapSpec] [extra] [numa-node] contents
 * CoreRelocation = slot kind type path
 *
 * section        meaning
 * xdp, tc, …     programs of the type that the name tells, one function symbol each
 * .text          functions that programs call
 * .rel*          where addresses and functions go into instructions
 * .maps          maps, each a variable whose type is its definition
 * .data .rodata .bss .data.NAME …   variables: each section is a map with one value
 * license        what the kernel is told
 * .BTF           types of all that
 * .BTF.ext       for each function its type, its source lines, and what depends on the kernel's types
 * .ksyms         (no section of the file, only a type) functions and variables of the kernel
 * .kconfig       (likewise) numbers of the kernel's configuration
 * }</pre>
 */
@NullMarked
package dev.jbpfilter.bytecode.elf;

import org.jspecify.annotations.NullMarked;
