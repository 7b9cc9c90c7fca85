package dev.jbpfilter.bytecode.interpreter;

import dev.jbpfilter.bytecode.MapSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A ring buffer. Each record takes 8 bytes for its header and is rounded up to a multiple of 8;
 * what was not taken out yet never fills the ring completely.
 *
 * <p>The bytes are there twice, so that no record is cut where the ring starts again.
 */
final class RingState extends MapState {
  private static final int HEADER = 8;
  private static final int PAGE = 4096;

  /** BPF_RB_AVAIL_DATA and the following. */
  private static final int AVAILABLE = 0;

  private static final int SIZE = 1;
  private static final int CONSUMER = 2;
  private static final int PRODUCER = 3;

  private final byte[] bytes;
  private final int size;
  private final ArrayDeque<Entry> records = new ArrayDeque<>();
  private final List<Entry> reserved = new ArrayList<>();
  private long producer;
  private long consumer;

  private enum Progress {
    RESERVED,
    SUBMITTED,
    DISCARDED
  }

  private static final class Entry {
    final int offset;
    final int length;
    Progress progress = Progress.RESERVED;

    Entry(int offset, int length) {
      this.offset = offset;
      this.length = length;
    }
  }

  RingState(MapSpec spec) {
    super(spec);
    size = spec.maxEntries();
    require(spec.keySize() == 0 && spec.valueSize() == 0, "size of keys or values");
    require(size >= PAGE && Integer.bitCount(size) == 1, "size of the ring");
    bytes = allocate(2L, size);
  }

  @Override
  byte[] bytes() {
    return bytes;
  }

  @Override
  String region() {
    return "ring buffer " + spec.name();
  }

  @Override
  long end(int offset) {
    for (Entry entry : reserved) {
      long end = (long) entry.offset + entry.length;
      if (offset >= entry.offset && offset < end) {
        return end;
      }
    }
    return 0;
  }

  /** The offset of a new record, or {@link #NONE} if there is no room. */
  int reserve(long length) {
    long total = (length + HEADER + 7) & ~7L;
    if (total > size || producer + total - consumer > size - 1) {
      return NONE;
    }
    int offset = (int) (producer & (size - 1)) + HEADER;
    producer += total;
    Entry entry = new Entry(offset, (int) length);
    records.add(entry);
    reserved.add(entry);
    return offset;
  }

  /** Ends a reservation; false if there is none at the offset. */
  boolean finish(int offset, boolean submit) {
    for (Entry entry : reserved) {
      if (entry.offset == offset) {
        entry.progress = submit ? Progress.SUBMITTED : Progress.DISCARDED;
        reserved.remove(entry);
        return true;
      }
    }
    return false;
  }

  /** Discards all reservations; false if there are none. */
  boolean abandon() {
    if (reserved.isEmpty()) {
      return false;
    }
    for (Entry entry : reserved) {
      entry.progress = Progress.DISCARDED;
    }
    reserved.clear();
    return true;
  }

  /** Takes out what was submitted. */
  List<byte[]> drain() {
    List<byte[]> drained = new ArrayList<>();
    Iterator<Entry> iterator = records.iterator();
    while (iterator.hasNext()) {
      Entry entry = iterator.next();
      if (entry.progress == Progress.RESERVED) {
        break;
      }
      if (entry.progress == Progress.SUBMITTED) {
        byte[] record = new byte[entry.length];
        System.arraycopy(bytes, entry.offset, record, 0, entry.length);
        drained.add(record);
      }
      consumer += (entry.length + HEADER + 7) & ~7L;
      iterator.remove();
    }
    return drained;
  }

  /** What {@code ringbuf_query} returns. */
  long query(long what) {
    return switch ((int) what) {
      case AVAILABLE -> producer - consumer;
      case SIZE -> size;
      case CONSUMER -> consumer;
      case PRODUCER -> producer;
      default -> 0;
    };
  }
}
