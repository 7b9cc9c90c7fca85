/**
 * Type information in the BPF Type Format (Documentation/bpf/btf.rst; include/uapi/linux/btf.h), as
 * of Linux 6.18.
 *
 * <pre>{@code
 * Btf       = [base] BtfType*                   ids from 1, or from the end of the base on; 0 is void
 * BtfType   = Int | FloatingPoint               numbers
 *           | Struct | Union                    Composite: Member*
 *           | Enum32 | Enum64                   Enumeration: Enumerator*
 *           | Ptr | Typedef | Qualified | TypeTag        Reference: to one type
 *           | Array | Fwd
 *           | Func | FuncProto                  FuncProto: Parameter*
 *           | Var | Datasec                     Datasec: SectionEntry*
 *           | DeclTag
 * Qualified = VOLATILE | CONST | RESTRICT
 * Linkage   = STATIC | GLOBAL | EXTERN
 * }</pre>
 *
 * <p>{@link dev.jbpfilter.bytecode.btf.BtfBuilder} makes types, {@link
 * dev.jbpfilter.bytecode.btf.BtfEncoder} writes them, {@link dev.jbpfilter.bytecode.btf.Btf#decode}
 * reads them all, and {@link dev.jbpfilter.bytecode.btf.BtfView} finds single ones in the bytes of
 * a whole kernel.
 */
@NullMarked
package dev.jbpfilter.bytecode.btf;

import org.jspecify.annotations.NullMarked;
