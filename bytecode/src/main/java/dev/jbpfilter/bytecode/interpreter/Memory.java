package dev.jbpfilter.bytecode.interpreter;

import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.interpreter.ExecutionFault.Kind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an interpreted program can address.
 *
 * <p>Pointers are plain numbers: the upper half is the number of a region, the lower half an offset
 * into it. So pointer arithmetic and comparison need nothing special, and whatever leaves a region
 * is noticed, since regions are never neighbours: an offset that wraps lands far beyond the end of
 * the region before. Region 0 does not exist, nor do those of small and of poisoned numbers.
 *
 * <p>Each stack frame is a region. The values of a map are one, in which each value starts at a
 * multiple of 8; an access may not leave the value that it starts in.
 */
final class Memory {
  static final long CONTEXT = 1L << 32;

  /** What registers hold that were never written: the number of no region. */
  static final long POISON = 0xdead_beef_dead_beefL;

  private static final int FIRST_STACK = 2;
  private static final int PACKET_REGION = FIRST_STACK + CallStack.MAX_FRAMES;
  private static final int SLICE_REGION = PACKET_REGION + 1;
  private static final int FIRST_MAP = SLICE_REGION + 1;
  private static final int FIRST_HANDLE = 1 << 24;
  private static final long FIRST_OBJECT = (long) KernelObjects.FIRST << 32;

  static final long PACKET = (long) PACKET_REGION << 32;

  /** The packet as {@code bpf_dynptr_slice} gives it: not to be written. */
  static final long SLICE = (long) SLICE_REGION << 32;

  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);
  private static final byte[] NOTHING = new byte[0];

  private final Context context;
  private final KernelObjects objects = new KernelObjects();
  private final MapState[] maps;
  private final byte[][] regions;
  private final int[] lengths;

  Memory(List<MapSpec> specs, ContextLayout layout) {
    context = new Context(layout);
    maps = new MapState[specs.size()];
    regions = new byte[FIRST_MAP + maps.length][];
    lengths = new int[regions.length];
    Arrays.fill(regions, NOTHING);
    for (int i = 0; i < CallStack.MAX_FRAMES; i++) {
      region(FIRST_STACK + i, new byte[Code.MAX_FRAME_BYTES], 0);
    }
    for (int i = 0; i < maps.length; i++) {
      maps[i] = MapState.of(specs.get(i));
      region(FIRST_MAP + i, maps[i].bytes(), maps[i].bytes().length);
      if (map(specs.get(i).name()) != maps[i]) {
        throw new IllegalArgumentException("two maps " + specs.get(i).name());
      }
    }
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  private void region(int id, byte[] bytes, int length) {
    regions[id] = bytes;
    lengths[id] = length;
  }

  /** Brings in a frame. */
  void enter(Frame frame) {
    int skipped = context.layout.skipped;
    int length = Math.max(0, frame.length() - skipped);
    int linear = Math.max(0, frame.linear() - skipped);
    byte[] packet = regions[PACKET_REGION];
    if (packet.length < length) {
      packet = new byte[length];
    }
    frame.copyTo(frame.length() - length, packet, 0, length);
    region(PACKET_REGION, packet, linear);
    region(SLICE_REGION, packet, linear);
    objects.clear();
    context.enter(frame, PACKET, linear, objects);
  }

  Context context() {
    return context;
  }

  KernelObjects objects() {
    return objects;
  }

  /** The whole packet, linear or not; its array may be longer. */
  byte[] packet() {
    return regions[PACKET_REGION];
  }

  /** Poisons a stack frame and makes it accessible; returns the address beyond it. */
  long enterFrame(int depth) {
    int id = FIRST_STACK + depth;
    Arrays.fill(regions[id], (byte) 0xa5);
    lengths[id] = Code.MAX_FRAME_BYTES;
    return ((long) id << 32) + Code.MAX_FRAME_BYTES;
  }

  /** Ends the life of a stack frame. */
  void leaveFrame(int depth) {
    lengths[FIRST_STACK + depth] = 0;
  }

  long load(long address, Size size) {
    if (address >>> 32 == 1) {
      int offset = (int) address;
      if (!context.allows(offset, size, false)) {
        throw fault(Kind.READ, address, size.bytes());
      }
      return context.load(offset, size);
    }
    if (address >= FIRST_OBJECT) {
      return objects.load(address, size);
    }
    byte[] bytes = region(address, size.bytes(), Kind.READ);
    int offset = (int) address;
    return switch (size) {
      case B -> bytes[offset] & 0xffL;
      case H -> (short) SHORT.get(bytes, offset) & 0xffffL;
      case W -> (int) INT.get(bytes, offset) & 0xffff_ffffL;
      case DW -> (long) LONG.get(bytes, offset);
    };
  }

  void store(long address, Size size, long value) {
    if (address >>> 32 == 1) {
      int offset = (int) address;
      if (!context.allows(offset, size, true)) {
        throw fault(Kind.WRITE, address, size.bytes());
      }
      context.store(offset, size, value);
      return;
    }
    byte[] bytes = region(address, size.bytes(), Kind.WRITE);
    int offset = (int) address;
    switch (size) {
      case B -> bytes[offset] = (byte) value;
      case H -> SHORT.set(bytes, offset, (short) value);
      case W -> INT.set(bytes, offset, (int) value);
      case DW -> LONG.set(bytes, offset, value);
    }
  }

  /** Checks that an address is good for atomic accesses: aligned, on the stack or in a map. */
  void requireAtomic(long address, Size size) {
    long region = address >>> 32;
    if (region == 1 || region == PACKET_REGION) {
      throw fault(Kind.WRITE, address, size.bytes(), "atomic access to ");
    }
    if ((address & (size.bytes() - 1)) != 0) {
      throw fault(Kind.WRITE, address, size.bytes(), "atomic access, not aligned, to ");
    }
  }

  /** A copy of bytes that a helper reads. */
  byte[] read(long address, long length) {
    byte[] bytes = region(address, length, Kind.READ);
    return Arrays.copyOfRange(bytes, (int) address, (int) (address + length));
  }

  /** Bytes that a helper writes: some of them, and zeros beyond. */
  void write(long address, int length, byte[] from, int offset, int count) {
    byte[] bytes = region(address, length, Kind.WRITE);
    System.arraycopy(from, offset, bytes, (int) address, count);
    Arrays.fill(bytes, (int) address + count, (int) address + length, (byte) 0);
  }

  /** Checks that a helper may write somewhere. */
  void requireWritable(long address, long length) {
    region(address, length, Kind.WRITE);
  }

  /** The bytes of the region that an access is in. */
  private byte[] region(long address, long size, Kind kind) {
    long region = address >>> 32;
    if (region >= regions.length) {
      throw fault(kind, address, size);
    }
    int id = (int) region;
    long offset = address & 0xffff_ffffL;
    long end = lengths[id];
    if (id >= SLICE_REGION && offset < end) {
      end = restrict(id, (int) offset, kind);
    }
    if (offset + size > end) {
      throw fault(kind, address, size);
    }
    return regions[id];
  }

  /** The end of what can be accessed together with a byte of a region with restrictions. */
  private long restrict(int id, int offset, Kind kind) {
    if (id == SLICE_REGION) {
      return kind == Kind.READ ? lengths[id] : 0;
    }
    MapState map = maps[id - FIRST_MAP];
    return (kind == Kind.READ ? map.readable : map.writable) ? map.end(offset) : 0;
  }

  private AccessException fault(Kind kind, long address, long size) {
    return fault(kind, address, size, kind == Kind.READ ? "read of " : "write of ");
  }

  private AccessException fault(Kind kind, long address, long size, String verb) {
    String region = name(address);
    StringBuilder text = new StringBuilder(verb).append(size).append(" bytes at 0x");
    text.append(Long.toHexString(address));
    if (region.isEmpty()) {
      text.append(", no region");
    } else {
      int id = (int) (address >>> 32);
      text.append(", byte ").append((int) address).append(" of ").append(region);
      if (id != 1) {
        text.append(" of ").append(lengths[id]).append(" bytes");
      }
    }
    return new AccessException(kind, address, region, text.toString());
  }

  /** What the region of an address is called; empty if there is none. */
  private String name(long address) {
    long region = address >>> 32;
    if (region == 0 || region >= regions.length) {
      return "";
    }
    int id = (int) region;
    return switch (id) {
      case 1 -> "context";
      case FIRST_STACK -> "stack";
      case PACKET_REGION -> "packet";
      case SLICE_REGION -> "read-only packet";
      default -> id < PACKET_REGION ? "stack " + (id - FIRST_STACK) : maps[id - FIRST_MAP].region();
    };
  }

  MapState[] maps() {
    return maps;
  }

  /**
   * The map with a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  MapState map(String name) {
    return maps[index(name)];
  }

  private int index(String name) {
    for (int i = 0; i < maps.length; i++) {
      if (maps[i].spec.name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no map " + name);
  }

  /** What a program has in a register to mean a map. */
  long handle(String map) {
    return (long) (FIRST_HANDLE + index(map)) << 32;
  }

  /** The map that a handle means; null if it means none. */
  @Nullable MapState byHandle(long handle) {
    long index = (handle >>> 32) - FIRST_HANDLE;
    return index < 0 || index >= maps.length || (int) handle != 0 ? null : maps[(int) index];
  }

  /** The address of a byte of a map, by the map's handle. */
  static long addressInMap(long handle, int offset) {
    return handle - ((long) (FIRST_HANDLE - FIRST_MAP) << 32) + offset;
  }

  /** The address of a byte of a map's only value. */
  long valueAddress(String name, int offset) {
    MapSpec map = map(name).spec;
    boolean single = map.type() == MapType.ARRAY && map.maxEntries() == 1;
    if (!single || offset < 0 || offset >= map.valueSize()) {
      throw new IllegalArgumentException("no address of byte " + offset + " in " + map);
    }
    return addressInMap(handle(name), offset);
  }

  /** The ring buffer that an address is in; null if it is in none. */
  @Nullable RingState ringOf(long address) {
    long index = (address >>> 32) - FIRST_MAP;
    return index >= 0 && index < maps.length && maps[(int) index] instanceof RingState ring
        ? ring
        : null;
  }
}
