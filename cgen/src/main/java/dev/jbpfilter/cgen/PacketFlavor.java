package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Virt;

/** A family of hooks whose programs see packets. */
non-sealed interface PacketFlavor extends HookFlavor {

  /** Whether packets begin with their Ethernet header, else with the network header. */
  boolean hasLinkHeader();

  /** Loads those tested fields that are not in the packet's bytes. */
  void loadMetadata(CodeBuilder code, Virt context, FieldRegisters out);

  /** Finds out the EtherType of a packet that has no link header; 0 if it is not IP. */
  default void loadNetworkProtocol(CodeBuilder code, Virt context, Virt protocol) {
    throw new UnsupportedOperationException("the EtherType is in the link header");
  }

  /**
   * The fastest reader of headers, which reaches only those that are in the linear part.
   *
   * @param missing where it goes if it does not reach some bytes
   */
  PacketReader reader(CodeBuilder code, Virt context, Label missing);

  /**
   * A copier of any bytes that the packet has.
   *
   * @param failed where to go if it cannot be made
   */
  PacketCopier copier(CodeBuilder code, Virt context, Label failed);
}
