package dev.jbpfilter.cgen.lookup;

/**
 * A way to find the first of some boxes, chosen and ready to be stored.
 *
 * <p>Building tables may be left to {@link #store}: most structures that are considered are not
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

  /** Writes the tables, after which the structure can be emitted in any number of places. */
  StoredStructure store(Tables tables);
}
