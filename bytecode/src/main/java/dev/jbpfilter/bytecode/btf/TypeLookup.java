package dev.jbpfilter.bytecode.btf;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sizes of types and places of fields. Types may come from anywhere, so every descent ends.
 *
 * <p>Programs look up fields when they start, hence {@code instanceof}: the first pattern switch
 * and the first hash of a record cost tens of milliseconds each.
 */
final class TypeLookup {
  /** How deep types may stand for, or contain, one another; the kernel follows as many. */
  private static final int MAX_DEPTH = 32;

  private static final int POINTER_BYTES = 8;

  private final BtfTypes types;

  TypeLookup(BtfTypes types) {
    this.types = types;
  }

  long bytes(int id) {
    long elements = 1;
    BtfType type = definition(id);
    for (int depth = 0; type instanceof BtfType.Array array; depth++) {
      if (depth == MAX_DEPTH) {
        throw BtfException.in(id, "is nested too deeply");
      }
      elements = product(elements, array.count(), id);
      type = definition(array.element());
    }
    if (type instanceof BtfType.Sized sized) {
      return product(elements, sized.bytes(), id);
    }
    if (type instanceof BtfType.Ptr) {
      return product(elements, POINTER_BYTES, id);
    }
    throw BtfException.in(id, "has no size");
  }

  /** What typedefs, qualifiers and tags stand for; null for void. */
  private @Nullable BtfType definition(int id) {
    int definition = definitionId(id);
    return definition == 0 ? null : types.type(definition);
  }

  int definitionId(int id) {
    int at = id;
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
      if (at == 0
          || !(types.type(at) instanceof BtfType.Reference reference)
          || reference instanceof BtfType.Ptr) {
        return at;
      }
      at = reference.type();
    }
    throw BtfException.in(id, "stands for others without end");
  }

  Optional<BtfField> field(int id, FieldPath path) {
    int type = id;
    long offset = 0;
    int bits = 0;
    for (FieldPath.Step step : path.steps()) {
      Place place = bits == 0 ? member(type, step.name(), new HashSet<>(), 0) : null;
      if (place == null) {
        return Optional.empty();
      }
      type = place.member().type();
      offset += place.bitOffset();
      bits = place.member().bitSize();
      for (int index : step.indices()) {
        if (!(definition(type) instanceof BtfType.Array array)
            || (array.count() > 0 && index >= array.count())) {
          return Optional.empty();
        }
        type = array.element();
        offset += product(bytes(type) * Byte.SIZE, index, id);
      }
    }
    if (bits == 0
        && definition(type) instanceof BtfType.Int integer
        && integer.bits() != integer.bytes() * Byte.SIZE) {
      offset += integer.bitOffset();
      bits = integer.bits();
    }
    return Optional.of(new BtfField(type, offset, bits != 0 ? bits : bytes(type) * Byte.SIZE));
  }

  /** A member, and its offset from the structure in which the search began. */
  private record Place(Member member, long bitOffset) {}

  /**
   * @param seen structures that were searched in vain: each is searched once, or anonymous members
   *     could make the search exponential
   */
  private @Nullable Place member(int id, String name, Set<Integer> seen, int depth) {
    if (depth > MAX_DEPTH) {
      throw BtfException.in(id, "is nested too deeply");
    }
    int definition = definitionId(id);
    if (definition == 0
        || !(types.type(definition) instanceof BtfType.Composite composite)
        || !seen.add(definition)) {
      return null;
    }
    for (Member member : composite.members()) {
      if (member.name().equals(name)) {
        return new Place(member, member.bitOffset());
      }
      if (member.name().isEmpty()) {
        Place inner = member(member.type(), name, seen, depth + 1);
        if (inner != null) {
          return new Place(inner.member(), inner.bitOffset() + member.bitOffset());
        }
      }
    }
    return null;
  }

  private static long product(long count, int size, int id) {
    long product = Math.multiplyHigh(count, size) == 0 ? count * size : -1;
    // Leaves room to add some, and to count in bits.
    if (product < 0 || product > Integer.MAX_VALUE * 16L) {
      throw BtfException.in(id, "is too large");
    }
    return product;
  }
}
