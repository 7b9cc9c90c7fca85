package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Virt;

/** Emits code that copies bytes out of a packet, wherever they are. */
interface PacketCopier {

  /**
   * Copies.
   *
   * @param offset from where the packet begins
   * @param to address of as many bytes
   * @param missing where to go if the packet ends before
   */
  void copy(Virt offset, Virt to, int length, Label missing);
}
