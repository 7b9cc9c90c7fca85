/**
 * The eBPF instruction model, register allocation, encoding, and the specifications that a loader
 * takes.
 */
@NullMarked
package dev.jbpfilter.bytecode;

import org.jspecify.annotations.NullMarked;
