package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.Virt;

/** A structure whose tables are written already, so that it can be emitted in several places. */
public interface StoredStructure {
  /**
   * Emits: {@code result} becomes the outcome of the first box that holds the values, or the boxes'
   * {@link Boxes#none none}. Control goes on behind.
   *
   * @param code where it goes, for the map whose tables were written
   * @param result a register that is no dimension's; an unsigned number of 32 bits
   */
  void emit(LookupCode code, Virt result);
}
