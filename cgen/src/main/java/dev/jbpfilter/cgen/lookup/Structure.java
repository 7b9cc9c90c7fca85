package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Virt;

/**
 * A way to find the first of some boxes, chosen and ready to be emitted.
 *
 * <p>Building tables may be left to {@link #emit}: most structures that are considered are not
 * chosen.
 */
public interface Structure {
  /** What it is. */
  StructureKind kind();

  /** Estimated time of a lookup, by the {@link CostModel}. */
  double nanos();

  /** Bytes of its tables, at most. */
  long bytes();

  /** What is particular about it, for plans: sizes, levels, parts. */
  String details();

  /**
   * Writes the tables and emits: {@code result} becomes the outcome of the first box that holds the
   * values, or the boxes' {@link Boxes#none none}. Control goes on behind.
   *
   * @param result a register that is no dimension's; an unsigned number of 32 bits
   */
  void emit(LookupCode code, Virt result);

  /** Writes the tables, for a structure that is emitted in several places, or in none. */
  default StoredStructure store(Tables tables) {
    Tables same = tables.withoutContents();
    CodeBuilder.function(
        "written",
        code -> {
          Virt result = code.fresh();
          emit(new LookupCode(code, tables, dimension -> code.constant(0)), result);
          code.exit(result);
        });
    // Tables are deterministic, and so those that are written once more are in the same places.
    return (code, result) ->
        emit(new LookupCode(code.code(), same.withoutContents(), code.values()), result);
  }
}
