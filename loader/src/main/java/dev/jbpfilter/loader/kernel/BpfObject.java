package dev.jbpfilter.loader.kernel;

/** An open object of the BPF subsystem. Closing it gives up the descriptor, not the object. */
public sealed interface BpfObject extends AutoCloseable permits BpfMap, BpfProgram, BpfLink {

  /** The descriptor, which stays the object's. */
  Fd fd();

  @Override
  default void close() {
    fd().close();
  }
}
