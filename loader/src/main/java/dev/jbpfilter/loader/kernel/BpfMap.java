package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.loader.kernel.internal.NativeMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An open map. Keys and values are bytes of exactly the map's sizes; numbers in them are
 * little-endian.
 */
public final class BpfMap implements BpfObject {
  static final int KEY = 8;
  static final int VALUE = 16;
  private static final int FLAGS = 24;

  private final Fd fd;
  private final int keySize;
  private final int valueSize;
  private final int cpus;

  private BpfMap(Fd fd, int keySize, int valueSize, int cpus) {
    this.fd = fd;
    this.keySize = keySize;
    this.valueSize = valueSize;
    this.cpus = cpus;
  }

  /**
   * A new map, with the entries of its specification. Takes over the descriptor, and closes it on
   * failure.
   *
   * @throws IllegalArgumentException if a per-CPU map is to have entries
   */
  static BpfMap of(Linux linux, Fd fd, MapSpec spec) {
    BpfMap map = of(linux, fd);
    try {
      if (!spec.entries().isEmpty()) {
        if (map.cpus > 0) {
          throw new IllegalArgumentException("entries of " + fd + ", which is a per-CPU map");
        }
        MapFiller.fill(fd, spec);
      }
      if (spec.isConstant()) {
        map.freeze();
      }
      return map;
    } catch (RuntimeException e) {
      fd.close();
      throw e;
    }
  }

  /** Takes over a descriptor, and closes it on failure. */
  static BpfMap of(Linux linux, Fd fd) {
    try {
      MapInfo info = info(fd);
      int cpus = info.isPerCpu() ? PossibleCpus.count(linux) : 0;
      return new BpfMap(fd, info.keySize(), info.valueSize(), cpus);
    } catch (RuntimeException e) {
      fd.close();
      throw e;
    }
  }

  @Override
  public Fd fd() {
    return fd;
  }

  /** What the kernel tells of the map. */
  public MapInfo info() {
    return info(fd);
  }

  /** A key of an array. */
  public static byte[] key(int index) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(index).array();
  }

  /**
   * The value of a key, if there is one.
   *
   * @throws IllegalStateException if the map is a per-CPU map
   */
  public Optional<byte[]> lookup(byte[] key) {
    if (cpus > 0) {
      throw new IllegalStateException(fd + " has a value for each CPU");
    }
    return lookup(key, valueSize);
  }

  /**
   * The values of a key, one for each possible CPU; none if there is no such key.
   *
   * @throws IllegalStateException if the map is no per-CPU map
   */
  public List<byte[]> lookupPerCpu(byte[] key) {
    Optional<byte[]> all = lookup(key, stride() * cpus);
    List<byte[]> values = new ArrayList<>();
    if (all.isPresent()) {
      for (int cpu = 0; cpu < cpus; cpu++) {
        byte[] value = new byte[valueSize];
        System.arraycopy(all.get(), cpu * stride(), value, 0, valueSize);
        values.add(value);
      }
    }
    return values;
  }

  /**
   * The sum over all CPUs of a key's value, taken as a row of 64-bit numbers; zeros if there is no
   * such key.
   *
   * @throws IllegalStateException if the map is no per-CPU map or its values are no such row
   */
  public long[] sumPerCpu(byte[] key) {
    long[] sum = new long[width()];
    for (byte[] value : lookupPerCpu(key)) {
      ByteBuffer numbers = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += numbers.getLong(i * Long.BYTES);
      }
    }
    return sum;
  }

  /**
   * The sums over all CPUs of the first values of an array, each taken as a row of 64-bit numbers:
   * one row behind the other.
   *
   * @param count at most as many as the array has
   * @throws IllegalStateException if the map is no per-CPU map or its values are no such rows
   */
  public long[] sumsPerCpu(int count) {
    stride();
    return PerCpuSums.of(this, count, width(), cpus);
  }

  /** How many 64-bit numbers a value is. */
  private int width() {
    if (valueSize % Long.BYTES != 0) {
      throw new IllegalStateException(fd + " has values of " + valueSize + " bytes");
    }
    return valueSize / Long.BYTES;
  }

  /** How much memory the map takes; empty if the kernel does not tell. */
  public OptionalLong memory() {
    return fd.memory();
  }

  /**
   * Sets the value of a key.
   *
   * @throws IllegalStateException if the map is a per-CPU map
   */
  public void update(byte[] key, byte[] value, UpdateMode mode) {
    if (cpus > 0) {
      throw new IllegalStateException(fd + " has a value for each CPU");
    }
    requireSize("value", value, valueSize);
    updateRaw(key, value, mode);
  }

  /**
   * Sets the values of a key.
   *
   * @param values one for each possible CPU
   * @throws IllegalStateException if the map is no per-CPU map
   */
  public void updatePerCpu(byte[] key, List<byte[]> values, UpdateMode mode) {
    byte[] all = new byte[stride() * cpus];
    if (values.size() != cpus) {
      throw new IllegalArgumentException(values.size() + " values for " + cpus + " CPUs");
    }
    for (int cpu = 0; cpu < cpus; cpu++) {
      requireSize("value", values.get(cpu), valueSize);
      System.arraycopy(values.get(cpu), 0, all, cpu * stride(), valueSize);
    }
    updateRaw(key, all, mode);
  }

  /** Makes the map read-only for user space, for ever. */
  public void freeze() {
    try (Attributes attributes = new Attributes()) {
      attributes.set(0, fd.number());
      fd.call(BpfCommand.MAP_FREEZE, attributes);
    }
  }

  @Override
  public String toString() {
    return fd.toString();
  }

  /** The distance between two CPUs' values: the kernel aligns them to 8 bytes. */
  private int stride() {
    if (cpus == 0) {
      throw new IllegalStateException(fd + " has one value for all CPUs");
    }
    return (valueSize + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
  }

  private Optional<byte[]> lookup(byte[] key, int bytes) {
    requireSize("key", key, keySize);
    try (Attributes attributes = new Attributes()) {
      NativeMemory value =
          attributes.set(0, fd.number()).setPointer(KEY, key).allocate(VALUE, bytes);
      int result = fd.attempt(BpfCommand.MAP_LOOKUP_ELEM, attributes);
      if (result == -Errno.ENOENT) {
        return Optional.empty();
      }
      fd.require(result, BpfCommand.MAP_LOOKUP_ELEM);
      return Optional.of(value.get(0, bytes));
    }
  }

  private void updateRaw(byte[] key, byte[] value, UpdateMode mode) {
    requireSize("key", key, keySize);
    try (Attributes attributes = new Attributes()) {
      attributes
          .set(0, fd.number())
          .setPointer(KEY, key)
          .setPointer(VALUE, value)
          .setLong(FLAGS, mode.flags());
      fd.call(BpfCommand.MAP_UPDATE_ELEM, attributes);
    }
  }

  private void requireSize(String what, byte[] bytes, int size) {
    if (bytes.length != size) {
      throw new IllegalArgumentException(
          what + " of " + bytes.length + " bytes, " + fd + " takes " + size);
    }
  }

  private static MapInfo info(Fd fd) {
    try (NativeMemory info = fd.info(MapInfo.SIZE)) {
      return new MapInfo(
          info.getInt(0),
          info.getInt(4),
          info.getString(24, Attributes.NAME_SIZE),
          info.getInt(8),
          info.getInt(12),
          info.getInt(16),
          info.getInt(20));
    }
  }
}
