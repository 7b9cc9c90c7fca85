package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.bytecode.MapEntries;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.loader.kernel.internal.NativeMemory;
import java.nio.ByteBuffer;

/**
 * Puts the entries of a specification into a new map: many with one call where the kernel can. They
 * pass through native memory of about a megabyte, however many they are.
 */
final class MapFiller implements AutoCloseable {
  private static final int CHUNK_BYTES = 1 << 20;

  private static final int BATCH_KEYS = 16;
  private static final int BATCH_VALUES = 24;
  private static final int BATCH_COUNT = 32;
  private static final int BATCH_MAP = 36;

  private final Fd map;
  private final int keySize;
  private final int valueSize;
  private final ByteBuffer keys;
  private final ByteBuffer values;
  private final int chunk;
  private final NativeMemory keyChunk;
  private final NativeMemory valueChunk;
  private boolean batches = true;

  private MapFiller(Fd map, MapSpec spec) {
    this.map = map;
    this.keySize = spec.keySize();
    this.valueSize = spec.valueSize();
    MapEntries entries = spec.entries();
    this.keys = entries.keyBuffer();
    this.values = entries.valueBuffer();
    this.chunk = Math.clamp(CHUNK_BYTES / (keySize + valueSize), 1, entries.count());
    this.keyChunk = new NativeMemory(chunk * keySize);
    this.valueChunk = new NativeMemory(chunk * valueSize);
  }

  /** Fills a map. If the kernel refuses an entry, those before it may be there. */
  static void fill(Fd map, MapSpec spec) {
    try (MapFiller filler = new MapFiller(map, spec)) {
      int count = spec.entries().count();
      for (int from = 0; from < count; from += filler.chunk) {
        filler.put(from, Math.min(filler.chunk, count - from));
      }
    }
  }

  private void put(int from, int count) {
    keyChunk.put(0, keys, from * keySize, count * keySize);
    valueChunk.put(0, values, from * valueSize, count * valueSize);
    // Kernels before 5.6 know no batches, and not all types of maps do.
    batches = batches && count > 1 && putBatch(count);
    if (!batches) {
      putSingly(count);
    }
  }

  /** Returns false if the map takes no batches. */
  private boolean putBatch(int count) {
    try (Attributes attributes = new Attributes()) {
      attributes
          .setLong(BATCH_KEYS, keyChunk.address())
          .setLong(BATCH_VALUES, valueChunk.address())
          .set(BATCH_COUNT, count)
          .set(BATCH_MAP, map.number());
      int result = map.attempt(BpfCommand.MAP_UPDATE_BATCH, attributes);
      return switch (-result) {
        case Errno.EINVAL, Errno.EOPNOTSUPP, Errno.ENOTSUPP -> false;
        default -> {
          map.require(result, BpfCommand.MAP_UPDATE_BATCH);
          yield true;
        }
      };
    }
  }

  private void putSingly(int count) {
    try (Attributes attributes = new Attributes()) {
      attributes.set(0, map.number());
      for (int i = 0; i < count; i++) {
        attributes
            .setLong(BpfMap.KEY, keyChunk.address() + (long) i * keySize)
            .setLong(BpfMap.VALUE, valueChunk.address() + (long) i * valueSize);
        map.call(BpfCommand.MAP_UPDATE_ELEM, attributes);
      }
    }
  }

  @Override
  public void close() {
    keyChunk.close();
    valueChunk.close();
  }
}
