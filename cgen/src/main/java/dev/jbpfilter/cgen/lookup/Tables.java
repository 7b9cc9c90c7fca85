package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.MapEntries;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The tables that lookups read: one after another in the only value of a map that programs cannot
 * change. Numbers are little-endian, as the programs' loads take them.
 */
public final class Tables {
  /** Tables begin where cache lines do. */
  private static final int ALIGNMENT = 64;

  private final String map;
  private ByteBuffer bytes = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
  private int end;

  /** How far loads may reach whatever a packet holds: the verifier wants all of it to be there. */
  private int reach;

  /**
   * @param map the map's name
   */
  public Tables(String map) {
    this.map = map;
  }

  /** The name of the map. */
  public String map() {
    return map;
  }

  /** Whether nothing needs a table. */
  public boolean isEmpty() {
    return reach == 0;
  }

  /**
   * Adds a table of zeros.
   *
   * @return its offset
   */
  public int reserve(int size) {
    int start = Math.addExact(end, ALIGNMENT - 1) & -ALIGNMENT;
    end = Math.addExact(start, size);
    if (end > bytes.capacity()) {
      int capacity = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(end, 2L * bytes.capacity()));
      bytes =
          ByteBuffer.wrap(Arrays.copyOf(bytes.array(), capacity)).order(ByteOrder.LITTLE_ENDIAN);
    }
    reach(end);
    return start;
  }

  /**
   * Says that loads may reach up to an offset, which may lie behind all tables: an index that is
   * bounded by a mask may be larger than that of the last entry.
   */
  public void reach(int offset) {
    reach = Math.max(reach, offset);
  }

  /** Stores 8 bits. */
  public void putByte(int offset, int value) {
    bytes.put(offset, (byte) value);
  }

  /** Stores 16 bits. */
  public void putShort(int offset, int value) {
    bytes.putShort(offset, (short) value);
  }

  /** Stores 32 bits. */
  public void putInt(int offset, int value) {
    bytes.putInt(offset, value);
  }

  /** Stores 64 bits. */
  public void putLong(int offset, long value) {
    bytes.putLong(offset, value);
  }

  /** The map, filled; it has a value even if nothing is in it. */
  public MapSpec spec() {
    int size = Math.max(reach, 1);
    byte[] all = bytes.array();
    byte[] value = size <= all.length ? all : Arrays.copyOf(all, size);
    return new MapSpec(
        map,
        MapType.ARRAY,
        Integer.BYTES,
        size,
        1,
        MapSpec.READ_ONLY_FOR_PROGRAMS,
        null,
        MapEntries.of(1, ByteBuffer.allocate(Integer.BYTES), ByteBuffer.wrap(value, 0, size)));
  }
}
