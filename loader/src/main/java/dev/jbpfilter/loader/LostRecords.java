package dev.jbpfilter.loader;

import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.cgen.LostMap;
import dev.jbpfilter.loader.UnreadableStateException.Reason;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.MapInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The number of log records that found no room, open. */
final class LostRecords implements AutoCloseable {
  private static final byte[] KEY = BpfMap.key(0);

  private final BpfMap map;

  private LostRecords(BpfMap map) {
    this.map = map;
  }

  /**
   * Opens the number of a chain; empty if no rule logs, or an older version loaded the chain.
   *
   * @throws UnreadableStateException if what is there is no such number
   */
  static Optional<LostRecords> open(ChainDirectory directory, SavedState state) {
    if (!state.maps().contains(LostMap.NAME)) {
      return Optional.empty();
    }
    BpfMap map = directory.mapToRead(LostMap.NAME);
    MapInfo info = map.info();
    if (info.type() != MapType.ARRAY.number() || info.valueSize() != Long.BYTES) {
      map.close();
      throw new UnreadableStateException(new Reason.Damaged(LostMap.NAME + " is no number"));
    }
    return Optional.of(new LostRecords(map));
  }

  /** The number now, unsigned. */
  long count() {
    byte[] value = map.lookup(KEY).orElseThrow();
    return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  @Override
  public void close() {
    map.close();
  }
}
