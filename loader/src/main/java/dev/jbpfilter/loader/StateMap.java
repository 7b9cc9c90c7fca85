package dev.jbpfilter.loader;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.loader.UnreadableStateException.Reason;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.Directory;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.MapInfo;
import dev.jbpfilter.loader.kernel.UpdateMode;
import java.util.function.Supplier;

/** A map that keeps state in a BPF file system, which holds no other files: an array of one. */
final class StateMap implements AutoCloseable {
  private static final byte[] KEY = BpfMap.key(0);

  private final BpfMap map;

  private StateMap(BpfMap map) {
    this.map = map;
  }

  /**
   * Creates one.
   *
   * @param bytes whose number stays the same
   */
  static StateMap create(Kernel kernel, String name, byte[] bytes) {
    MapSpec spec = new MapSpec(name, MapType.ARRAY, Integer.BYTES, bytes.length, 1, 0, null);
    StateMap state = new StateMap(kernel.createMap(spec));
    try {
      state.write(bytes);
      return state;
    } catch (RuntimeException e) {
      new Cleanup(e).run(state::close);
      throw e;
    }
  }

  /**
   * Opens a pinned one, to be read and written.
   *
   * @throws UnreadableStateException if there is none, or it is something else
   */
  static StateMap open(Directory directory, String pin) {
    return open(() -> directory.openMap(pin));
  }

  /**
   * Reads a pinned one.
   *
   * @throws UnreadableStateException if there is none, or it is something else
   */
  static byte[] read(Directory directory, String pin) {
    try (StateMap state = open(() -> directory.openMapToRead(pin))) {
      return state.read();
    }
  }

  /**
   * The number that the kernel has given to a pinned one.
   *
   * @throws UnreadableStateException if there is none, or it is something else
   */
  static int id(Directory directory, String pin) {
    try (StateMap state = open(() -> directory.openMapToRead(pin))) {
      return state.map.info().id();
    }
  }

  private static StateMap open(Supplier<BpfMap> opening) {
    try {
      BpfMap map = opening.get();
      try {
        MapInfo info = map.info();
        if (info.type() != MapType.ARRAY.number() || info.maxEntries() != 1) {
          throw new UnreadableStateException(new Reason.Foreign());
        }
        return new StateMap(map);
      } catch (RuntimeException e) {
        new Cleanup(e).run(map::close);
        throw e;
      }
    } catch (BpfException e) {
      throw switch (e.errno()) {
        case Errno.ENOENT -> unreadable(new Reason.Missing(), e);
        // What has the name is no map, or a symbolic link.
        case Errno.EINVAL, Errno.ELOOP -> unreadable(new Reason.Foreign(), e);
        default -> e;
      };
    }
  }

  BpfMap map() {
    return map;
  }

  byte[] read() {
    return map.lookup(KEY).orElseThrow();
  }

  /** Changes all of the state in one step. */
  void write(byte[] bytes) {
    map.update(KEY, bytes, UpdateMode.ANY);
  }

  @Override
  public void close() {
    map.close();
  }

  private static UnreadableStateException unreadable(Reason reason, BpfException cause) {
    UnreadableStateException failure = new UnreadableStateException(reason);
    failure.initCause(cause);
    return failure;
  }
}
