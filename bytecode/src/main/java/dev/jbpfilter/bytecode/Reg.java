package dev.jbpfilter.bytecode;

/**
 * A register. Code is first written over {@link Virt virtual} registers, of which there are as many
 * as wanted, and is then allocated to the eleven {@link Phys physical} ones.
 */
public sealed interface Reg permits Phys, Virt {}
