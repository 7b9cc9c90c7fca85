package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.btf.Btf;
import org.jspecify.annotations.Nullable;

/**
 * A map to be created: pure data.
 *
 * @param name at most 15 characters; programs refer to the map by it
 * @param keySize bytes
 * @param valueSize bytes
 * @param flags {@code BPF_F_*} of BPF_MAP_CREATE
 * @param btf types of key and value, for those who dump the map
 * @param entries what it holds from the start
 */
public record MapSpec(
    String name,
    MapType type,
    int keySize,
    int valueSize,
    int maxEntries,
    int flags,
    @Nullable MapBtf btf,
    MapEntries entries) {

  /** {@code BPF_F_RDONLY_PROG}: programs cannot change the map. */
  public static final int READ_ONLY_FOR_PROGRAMS = 1 << 7;

  /**
   * @throws IllegalArgumentException if the entries are not of the map's sizes, or too many
   */
  public MapSpec {
    int count = entries.count();
    boolean sized =
        count == 0
            || (entries.keyBytes() / count == keySize && entries.valueBytes() / count == valueSize);
    if (!sized || Integer.compareUnsigned(count, maxEntries) > 0) {
      throw new IllegalArgumentException(
          entries
              + " do not fit map "
              + name
              + " of "
              + maxEntries
              + " with keys of "
              + keySize
              + " and values of "
              + valueSize
              + " bytes");
    }
  }

  /** A map without entries. */
  public MapSpec(
      String name,
      MapType type,
      int keySize,
      int valueSize,
      int maxEntries,
      int flags,
      @Nullable MapBtf btf) {
    this(name, type, keySize, valueSize, maxEntries, flags, btf, MapEntries.NONE);
  }

  /**
   * Whether what the map holds from the start is all that it ever holds: programs cannot change it.
   * The loader makes sure that nobody can, and the verifier takes the values of such an array for
   * constants.
   */
  public boolean isConstant() {
    return !entries.isEmpty() && (flags & READ_ONLY_FOR_PROGRAMS) != 0;
  }

  /**
   * The types of a map's key and value.
   *
   * @param keyType type id in the BTF
   * @param valueType type id in the BTF
   */
  public record MapBtf(Btf btf, int keyType, int valueType) {}
}
