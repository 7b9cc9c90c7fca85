/**
 * eBPF in pure Java: write, allocate, encode, read, print and package programs. Works on any
 * operating system and depends on nothing.
 *
 * <h2>The data model</h2>
 *
 * <p>Code is a tree of records, the same before and after register allocation but for the kind of
 * register.
 *
 * <pre>{@code
 * Code        = name parameter* Element* frameBytes        one function
 * Element     = Alu              dst op= operand           ADD SUB MUL DIV SDIV MOD SMOD
 *                                                          AND OR XOR LSH RSH ARSH
 *             | Negate           dst = -dst
 *             | Move             dst = operand             plain or sign-extended from 8, 16, 32
 *             | Endian           dst = order(dst)          TO_LE TO_BE SWAP, of 16, 32, 64 bits
 *             | AddressSpaceCast dst = src                 arena pointers
 *             | Load             dst = *(size *)(base + offset)        zero- or sign-extended
 *             | LoadField        dst = *(size *)(base + type.field)    layout of the target kernel
 *             | LoadPacket       dst = packet[index + offset]          deprecated
 *             | Store            *(size *)(base + offset) = operand
 *             | Atomic
 *             | LoadImm64        dst = Constant
 *             | Jump             goto Label
 *             | Branch           if left Condition operand goto Label
 *             | MayGoto          goto Label, some time
 *             | Call             result = CallTarget(argument*)
 *             | Exit             return value
 *             | Bind             Label:
 *             | Note             ; text
 * Atomic      = Update           *(size *)(base + offset) op= src      ADD OR AND XOR XCHG, fetch
 *             | CompareExchange | LoadAcquire | StoreRelease
 * Operand     = OfReg | Imm                                a register or 32 bits
 * Constant    = Value | MapFd | MapValue | Variable | StructureId | Function | Resolved
 * CallTarget  = Helper | KernelFunction | KernelFunctionId | Subprogram
 * Reg         = Virt | Phys                                any number of them, or r0 to r10
 *
 * ProgramSpec = name type attachType Instructions Relocation* LineNote* Function*
 * Relocation  = slot Target                                what the loader fills in
 * MapSpec     = name type keySize valueSize maxEntries flags
 * ObjectSpec  = name ProgramSpec MapSpec*
 * }</pre>
 *
 * <h2>From one to the next</h2>
 *
 * <pre>{@code
 * CodeBuilder ──→ Code<Virt> ──RegisterAllocator──→ Code<Phys> ──Encoder──→ ProgramSpec
 *                                                        ↑                    │
 *                                Assembler ──────────────┴──────Decoder───────┤
 *                                                                             ├──→ Disassembler
 *                                                                             ├──→ Checker
 *                                                                             ├──→ Interpreter
 *                                                                             └──→ elf.ObjectFile
 * }</pre>
 *
 * <p>Each arrow is a pure function. What is wrong with the caller's use of it is an {@link
 * java.lang.IllegalArgumentException}; what can't be generated a {@link CodegenException}; bytes
 * that are no program a {@link DecodeException}.
 */
@NullMarked
package dev.jbpfilter.bytecode;

import org.jspecify.annotations.NullMarked;
