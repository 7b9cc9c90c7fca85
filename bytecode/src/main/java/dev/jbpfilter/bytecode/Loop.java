package dev.jbpfilter.bytecode;

/**
 * The labels of a loop that is being written, to jump to from its body.
 *
 * @param next the next round, if there is one
 * @param end after the loop
 */
public record Loop(Label next, Label end) {}
