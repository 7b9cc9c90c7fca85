package dev.jbpfilter.bytecode.btf;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Types by id: all at once ({@link Btf}), or decoded one by one when asked for ({@link BtfView}).
 */
public sealed interface BtfTypes permits Btf, BtfView {

  /** The first id that is not the base's: 1 without a base. */
  int firstId();

  /** The last id; 0 if there are no types. */
  int lastId();

  /**
   * One type, also of the base.
   *
   * @throws IllegalArgumentException if the id is not from 1 to {@link #lastId}
   * @throws BtfException if the bytes of a view make no type
   */
  BtfType type(int id);

  /**
   * The first type of some kind and name, in the order of ids, the base's first.
   *
   * @return its id; empty if there is none
   */
  OptionalInt find(BtfKind kind, String name);

  /**
   * The size of a type's values in bytes; a pointer has eight.
   *
   * @throws IllegalArgumentException if there is no such id
   * @throws BtfException if such a type has no size (void, functions, declarations), or types make
   *     no sense
   */
  default long bytes(int id) {
    return new TypeLookup(this).bytes(id);
  }

  /**
   * What typedefs, qualifiers and tags stand for.
   *
   * @param id of any type, or 0
   * @return the id of the first type on the way that is none of them; 0 for void
   * @throws IllegalArgumentException if there is no such id
   * @throws BtfException if there are too many
   */
  default int definition(int id) {
    return new TypeLookup(this).definitionId(id);
  }

  /**
   * Where a field of a structure or union is.
   *
   * <pre>{@code
   * types.find(BtfKind.STRUCT, "sk_buff") → id
   * types.field(id, "dev")                → a pointer, 128 bits after the start
   * types.field(id, "cb[4]")              → its fifth byte
   * }</pre>
   *
   * <p>Members of anonymous structures and unions are found without naming those. Pointers are not
   * followed. An array without elements (a flexible one) has any index.
   *
   * @param id of the structure or union, or of something that stands for it
   * @param path in the notation of {@link FieldPath}
   * @return empty if there is no such field
   * @throws IllegalArgumentException if there is no such id, or the path is malformed
   * @throws BtfException if the types make no sense
   */
  default Optional<BtfField> field(int id, String path) {
    return new TypeLookup(this).field(id, FieldPath.parse(path));
  }
}
