package dev.jbpfilter.cgen.lookup;

/** The ways to find the first box that holds some values. */
public enum StructureKind {
  /** Compares one dimension with a few bounds. */
  COMPARES("compares"),
  /** Searches one dimension's bounds by branches in the program. */
  CODE_TREE("code tree"),
  /** One slot of a table, by a perfect hash of all dimensions. */
  STATIC_HASH("static hash"),
  /** A table with an entry for each value of one dimension. */
  DIRECT_TABLE("direct table"),
  /** A trie with strides of 16, 8, 8 … bits, leaves pushed. */
  TRIE("trie"),
  /** Binary search in a sorted table of bounds. */
  INTERVAL_SEARCH("interval search"),
  /** A static hash for each combination of masks. */
  TUPLE_SPACE("tuple space"),
  /** A class for each dimension's value, and tables of the classes' products. */
  CROSS_PRODUCT("cross product"),
  /** A bit for each box, for each dimension's value. */
  BIT_VECTORS("bit vectors"),
  /** One box after another. */
  SEQUENCE("sequence"),
  /** Several structures for a part of the boxes each. */
  PARTS("parts");

  private final String label;

  StructureKind(String label) {
    this.label = label;
  }

  /** The name in plans. */
  public String label() {
    return label;
  }
}
