package dev.jbpfilter.bytecode.interpreter;

import dev.jbpfilter.bytecode.MapEntries;
import dev.jbpfilter.bytecode.MapSpec;

/**
 * A map as the kernel keeps it on a machine with one CPU. Pointers into it are offsets into {@link
 * #bytes}.
 */
abstract sealed class MapState permits ArrayState, KeyedState, ProgramState, RingState {
  /** What a lookup returns that finds nothing. */
  static final int NONE = -1;

  /** BPF_ANY, BPF_NOEXIST and BPF_EXIST. */
  static final long NO_EXIST = 1;

  static final long EXIST = 2;

  private static final int READ_ONLY_FOR_PROGRAMS = 1 << 7;
  private static final int WRITE_ONLY_FOR_PROGRAMS = 1 << 8;
  private static final int MAX_BYTES = 1 << 30;

  final MapSpec spec;
  final boolean readable;
  final boolean writable;

  MapState(MapSpec spec) {
    this.spec = spec;
    readable = (spec.flags() & WRITE_ONLY_FOR_PROGRAMS) == 0;
    writable = (spec.flags() & READ_ONLY_FOR_PROGRAMS) == 0;
  }

  /**
   * A map with the entries of its specification; an array with zeros otherwise.
   *
   * @throws IllegalArgumentException if the kernel would create no such map or take no such entry,
   *     or the interpreter has none of the type
   */
  static MapState of(MapSpec spec) {
    MapState state = create(spec);
    MapEntries entries = spec.entries();
    for (int i = 0; i < entries.count(); i++) {
      int result = state.update(entries.key(i), entries.value(i), 0);
      state.require(result == 0, "entry " + i + ", error " + -result + ",");
    }
    return state;
  }

  private static MapState create(MapSpec spec) {
    return switch (spec.type()) {
      case ARRAY, PERCPU_ARRAY -> new ArrayState(spec);
      case HASH, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH -> new HashState(spec);
      case LPM_TRIE -> new TrieState(spec);
      case RINGBUF -> new RingState(spec);
      case PROG_ARRAY -> new ProgramState(spec);
      default ->
          throw new IllegalArgumentException("maps of type " + spec.type() + " are not there");
    };
  }

  /** What pointers into the map address. */
  abstract byte[] bytes();

  /** Where the accessible bytes end that an offset is in or, if it is in none, 0. */
  abstract long end(int offset);

  /**
   * The offset of a key's value, or {@link #NONE}.
   *
   * @throws AccessException if the map has no keys; so do the next two
   */
  int find(byte[] key) {
    throw unsupported("lookup");
  }

  /**
   * Sets a value.
   *
   * @return 0 or a negative errno
   */
  int update(byte[] key, byte[] value, long flags) {
    throw unsupported("update");
  }

  /**
   * Removes an entry.
   *
   * @return 0 or a negative errno
   */
  int delete(byte[] key) {
    throw unsupported("delete");
  }

  /** What kind of region it is, and its name. */
  String region() {
    return "map " + spec.name();
  }

  final void require(boolean valid, String problem) {
    if (!valid) {
      throw new IllegalArgumentException("no map can be created: " + problem + " in " + spec);
    }
  }

  /** Room for so many values, each at a multiple of the stride. */
  final byte[] allocate(long values, int stride) {
    require(values * stride <= MAX_BYTES, "more than a gigabyte");
    return new byte[(int) (values * stride)];
  }

  static int stride(int valueSize) {
    return (valueSize + 7) & ~7;
  }

  /** The state of the map is not for this call. */
  final AccessException unsupported(String call) {
    return AccessException.call(call + " on map " + spec.name() + " of type " + spec.type());
  }
}
