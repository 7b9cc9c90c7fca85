package dev.jbpfilter.bytecode;

/**
 * What an {@link Element.LoadImm64} loads: a number, or an address that the loader fills in (RFC
 * 9669, section 5.4).
 */
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

  /** The address of a kernel variable, found by its name ({@code BPF_PSEUDO_BTF_ID}). */
  record Variable(String name) implements Constant {}

  /** The type id of a kernel structure, found by its name: a number that some functions take. */
  record StructureId(String structure) implements Constant {}

  /** The address of another function of the same program ({@code BPF_PSEUDO_FUNC}). */
  record Function(String name) implements Constant {}

  /**
   * An address in the form that the kernel takes, without names.
   *
   * @param number descriptor or index of a map, or type id of a variable
   * @param offset byte offset into the map's first value, or descriptor of the BTF that has the
   *     variable (0: the kernel's); 0 for the other kinds
   */
  record Resolved(Pseudo kind, int number, int offset) implements Constant {
    /**
     * @throws IllegalArgumentException if there is an offset where there can be none
     */
    public Resolved {
      if (offset != 0 && (kind == Pseudo.MAP_FD || kind == Pseudo.MAP_INDEX)) {
        throw new IllegalArgumentException(kind + " with offset " + offset);
      }
    }
  }

  /** How the number of a {@link Resolved} constant is meant. */
  enum Pseudo {
    /** Descriptor of a map. */
    MAP_FD(1),
    /** Descriptor of a map whose first value is meant. */
    MAP_VALUE(2),
    /** Type id of a kernel variable. */
    BTF_ID(3),
    /** Index into the descriptors that were passed along. */
    MAP_INDEX(5),
    /** Index of a map whose first value is meant. */
    MAP_INDEX_VALUE(6);

    private final int code;

    Pseudo(int code) {
      this.code = code;
    }

    /** The source register's number in the instruction ({@code BPF_PSEUDO_*}). */
    public int code() {
      return code;
    }
  }
}
