package dev.jbpfilter.bytecode;

/** What a {@link Element.LoadImm64} loads: a number, or an address that the loader fills in. */
public sealed interface Constant {

  /** A number of 64 bits. */
  record Value(long value) implements Constant {}

  /** The map of that name, as helpers take it ({@code BPF_PSEUDO_MAP_FD}). */
  record MapFd(String map) implements Constant {}

  /**
   * The address of a byte in the first value of a map ({@code BPF_PSEUDO_MAP_VALUE}).
   *
   * @param offset byte offset into the value
   */
  record MapValue(String map, int offset) implements Constant {}
}
