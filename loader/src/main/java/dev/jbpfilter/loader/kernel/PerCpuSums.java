package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.loader.kernel.internal.NativeMemory;

/**
 * Reads the first entries of a per-CPU array, many with one call where the kernel can (Linux 5.13).
 * They pass through native memory of about a megabyte, however many they are.
 */
final class PerCpuSums {
  private static final int CHUNK_BYTES = 1 << 20;

  private static final int IN_BATCH = 0;
  private static final int OUT_BATCH = 8;
  private static final int KEYS = 16;
  private static final int VALUES = 24;
  private static final int COUNT = 32;
  private static final int MAP = 36;

  private final BpfMap map;
  private final int width;
  private final int cpus;
  private final long[] sums;

  /**
   * @param width how many 64-bit numbers a value is
   */
  private PerCpuSums(BpfMap map, int count, int width, int cpus) {
    this.map = map;
    this.width = width;
    this.cpus = cpus;
    this.sums = new long[Math.multiplyExact(count, width)];
  }

  /** The sums over all CPUs, one entry's numbers behind another's. */
  static long[] of(BpfMap map, int count, int width, int cpus) {
    PerCpuSums reader = new PerCpuSums(map, count, width, cpus);
    if (!reader.readBatches(count)) {
      reader.readSingly(count);
    }
    return reader.sums;
  }

  /** Returns false if the map gives no batches. */
  private boolean readBatches(int count) {
    int entryBytes = width * Long.BYTES * cpus;
    int chunk = Math.clamp(CHUNK_BYTES / entryBytes, 1, count);
    try (Attributes attributes = new Attributes()) {
      NativeMemory position = attributes.allocate(OUT_BATCH, Integer.BYTES);
      attributes.allocate(KEYS, chunk * Integer.BYTES);
      NativeMemory values = attributes.allocate(VALUES, chunk * entryBytes);
      attributes.set(MAP, map.fd().number());
      for (int from = 0; from < count; ) {
        attributes.set(COUNT, Math.min(chunk, count - from));
        int result = map.fd().attempt(BpfCommand.MAP_LOOKUP_BATCH, attributes);
        switch (-result) {
          case Errno.EINVAL, Errno.EOPNOTSUPP, Errno.ENOTSUPP -> {
            return false;
          }
          // The end of the map was reached.
          case Errno.ENOENT -> {}
          default -> map.fd().require(result, BpfCommand.MAP_LOOKUP_BATCH);
        }
        int read = attributes.get(COUNT);
        if (read == 0) {
          return false;
        }
        for (int entry = 0; entry < read; entry++) {
          add(from + entry, values, entry * entryBytes);
        }
        from += read;
        attributes.setLong(IN_BATCH, position.address());
      }
      return true;
    }
  }

  private void add(int entry, NativeMemory values, int offset) {
    for (int cpu = 0; cpu < cpus; cpu++) {
      for (int i = 0; i < width; i++) {
        sums[entry * width + i] += values.getLong(offset + (cpu * width + i) * Long.BYTES);
      }
    }
  }

  private void readSingly(int count) {
    for (int entry = 0; entry < count; entry++) {
      System.arraycopy(map.sumPerCpu(BpfMap.key(entry)), 0, sums, entry * width, width);
    }
  }
}
