package dev.jbpfilter.bytecode.btf;

/**
 * A parameter of a function.
 *
 * @param type type id
 */
public record Parameter(String name, int type) {}
