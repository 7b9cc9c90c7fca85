package dev.jbpfilter.bytecode;

import java.util.List;

/**
 * Type information in the kernel's BPF Type Format (Documentation/bpf/btf.rst). The first type has
 * id 1.
 */
public record Btf(List<Type> types) {

  /** Copies the list. */
  public Btf {
    types = List.copyOf(types);
  }

  /** One type. */
  public sealed interface Type {
    /** Its name; may be empty. */
    String name();
  }

  /**
   * An integer ({@code BTF_KIND_INT}), unsigned.
   *
   * @param bytes 1, 2, 4, 8 or 16
   */
  public record Int(String name, int bytes) implements Type {}

  /**
   * A structure ({@code BTF_KIND_STRUCT}).
   *
   * @param bytes its size
   */
  public record Struct(String name, int bytes, List<Member> members) implements Type {
    /** Copies the list. */
    public Struct {
      members = List.copyOf(members);
    }
  }

  /**
   * A member of a structure.
   *
   * @param type type id
   * @param bitOffset from the start of the structure
   */
  public record Member(String name, int type, int bitOffset) {}
}
