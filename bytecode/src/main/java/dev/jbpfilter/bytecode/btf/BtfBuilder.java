package dev.jbpfilter.bytecode.btf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Collects types. Every method that takes a type returns its id; integers, pointers, arrays and
 * qualifiers that are there already are not added again.
 *
 * <pre>{@code
 * BtfBuilder types = new BtfBuilder();
 * int u64 = types.unsigned("u64", 8);
 * int counters =
 *     types.add(
 *         new BtfType.Struct(
 *             "counters", 16, List.of(new Member("count", u64, 0), new Member("size", u64, 64))));
 * Btf btf = types.build();
 * }</pre>
 *
 * <p>Types that refer to themselves are {@linkplain #declare declared} first.
 */
public final class BtfBuilder {
  private static final String INDEX = "__ARRAY_SIZE_TYPE__";

  private final List<@Nullable BtfType> types = new ArrayList<>();

  /** Ids by what {@link #key} says. */
  private final Map<String, Integer> known = new HashMap<>();

  /** A builder without types. */
  public BtfBuilder() {}

  /** Adds a type. */
  public int add(BtfType type) {
    types.add(type);
    remember(type, types.size());
    return types.size();
  }

  /** An unsigned integer. */
  public int unsigned(String name, int bytes) {
    return intern(new BtfType.Int(name, bytes));
  }

  /** A signed integer. */
  public int signed(String name, int bytes) {
    return intern(new BtfType.Int(name, bytes, BtfType.Int.SIGNED, 0, bytes * Byte.SIZE));
  }

  /** A pointer. */
  public int pointer(int type) {
    return intern(new BtfType.Ptr(type));
  }

  /** An array, indexed by an integer that is named as compilers do. */
  public int array(int element, int count) {
    return intern(new BtfType.Array(element, unsigned(INDEX, Integer.BYTES), count));
  }

  /** A constant. */
  public int constant(int type) {
    return intern(new BtfType.Qualified(BtfKind.CONST, type));
  }

  /**
   * Promises a type.
   *
   * @return the id that it will have
   */
  public int declare() {
    types.add(null);
    return types.size();
  }

  /**
   * Keeps a promise.
   *
   * @throws IllegalStateException if none is open for this id
   */
  public void define(int id, BtfType type) {
    if (id < 1 || id > types.size() || types.get(id - 1) != null) {
      throw new IllegalStateException("type " + id + " is not declared, or defined");
    }
    types.set(id - 1, type);
    remember(type, id);
  }

  /**
   * Adds all types of others, but for integers that are there already.
   *
   * @return the new ids by the old ones; {@code [0]} is 0
   * @throws IllegalArgumentException if the others have a base
   */
  public List<Integer> addAll(Btf others) {
    if (others.base() != null) {
      throw new IllegalArgumentException("types with a base");
    }
    Integer[] ids = new Integer[others.types().size() + 1];
    ids[0] = 0;
    int next = types.size();
    for (int i = 1; i < ids.length; i++) {
      BtfType type = others.type(i);
      Integer id = type instanceof BtfType.Int ? known(type) : null;
      ids[i] = id != null ? id : ++next;
    }
    for (int i = 1; i < ids.length; i++) {
      if (ids[i] > types.size()) {
        add(others.type(i).mapReferences(id -> mapped(ids, id)));
      }
    }
    return List.copyOf(Arrays.asList(ids));
  }

  /** A type that was added. */
  public BtfType type(int id) {
    BtfType type = types.get(id - 1);
    if (type == null) {
      throw new IllegalStateException("type " + id + " is not defined");
    }
    return type;
  }

  /** The id of the first type of some kind and name, if there is one. */
  public OptionalInt find(BtfKind kind, String name) {
    for (int i = 0; i < types.size(); i++) {
      BtfType type = types.get(i);
      if (type != null && type.kind() == kind && type.name().equals(name)) {
        return OptionalInt.of(i + 1);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * The types.
   *
   * @throws IllegalStateException if one is declared but not defined
   */
  public Btf build() {
    List<BtfType> built = new ArrayList<>(types.size());
    for (int id = 1; id <= types.size(); id++) {
      built.add(type(id));
    }
    return new Btf(built);
  }

  private int intern(BtfType type) {
    Integer id = known(type);
    return id != null ? id : add(type);
  }

  private @Nullable Integer known(BtfType type) {
    String key = key(type);
    return key == null ? null : known.get(key);
  }

  private void remember(BtfType type, int id) {
    String key = key(type);
    if (key != null) {
      known.putIfAbsent(key, id);
    }
  }

  /**
   * What tells a type from others, if it is one of those that are not added twice. Programs build
   * types when they start, and the first hash of a record costs tens of milliseconds.
   */
  private static @Nullable String key(BtfType type) {
    if (type instanceof BtfType.Int integer) {
      return "int "
          + integer.name()
          + ' '
          + integer.bytes()
          + ' '
          + integer.encoding()
          + ' '
          + integer.bitOffset()
          + ' '
          + integer.bits();
    }
    if (type instanceof BtfType.Ptr pointer) {
      return "pointer " + pointer.type();
    }
    if (type instanceof BtfType.Array array) {
      return "array " + array.element() + ' ' + array.index() + ' ' + array.count();
    }
    if (type instanceof BtfType.Qualified qualified) {
      return qualified.kind().number() + " " + qualified.type();
    }
    return null;
  }

  private static int mapped(Integer[] ids, int id) {
    if (id < 0 || id >= ids.length) {
      throw new IllegalArgumentException("unknown type " + id);
    }
    return ids[id];
  }
}
