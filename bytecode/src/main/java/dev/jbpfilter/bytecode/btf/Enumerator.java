package dev.jbpfilter.bytecode.btf;

/**
 * A value of an enumeration.
 *
 * @param value unsigned 64 bits if the enumeration is unsigned
 */
public record Enumerator(String name, long value) {}
