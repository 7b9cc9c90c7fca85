package dev.jbpfilter.cgen.lookup;

import java.util.List;

/** Where the tables of bit vectors begin. */
final class BitVectorTables {
  private final int outcomes;
  private final int[] vectors;
  private final int[] aggregates;

  /** Writes them. */
  BitVectorTables(Tables tables, BitVectorLayout layout, Boxes boxes, List<FieldClasses> fields) {
    outcomes = layout.writeOutcomes(tables, boxes);
    vectors = new int[fields.size()];
    aggregates = new int[fields.size()];
    for (int i = 0; i < fields.size(); i++) {
      BoxSets sets = fields.get(i).sets();
      vectors[i] = layout.writeVectors(tables, sets);
      aggregates[i] = layout.writeAggregates(tables, sets);
    }
  }

  /** Offset of the outcomes. */
  int outcomes() {
    return outcomes;
  }

  /** Offset of the vectors of a field's classes. */
  int vectors(int field) {
    return vectors[field];
  }

  /** Offset of their aggregates. */
  int aggregates(int field) {
    return aggregates[field];
  }
}
