package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.Virt;

/** A structure whose tables are written already, so that it can be emitted in several places. */
public interface StoredStructure {
  /**
   * Emits: {@code result} becomes what {@link Structure#emit} says.
   *
   * @param code with tables of the name of those that were written
   */
  void emit(LookupCode code, Virt result);
}
