package dev.jbpfilter.loader;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.loader.UnreadableStateException.Reason;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Directory;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.FileIdentity;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.MapInfo;
import dev.jbpfilter.loader.kernel.RenameMode;
import dev.jbpfilter.loader.kernel.UpdateMode;
import java.util.Optional;

/**
 * The open and locked directory of one chain, published or under construction. It holds a pin for
 * each of the chain's objects, named like the object, and the saved state.
 *
 * <p>Closing it gives up the lock.
 */
final class ChainDirectory implements AutoCloseable {
  /** Pin of the program. */
  static final String PROGRAM = "bf_prog";

  /** Pin of the link; absent while the chain is not attached. */
  static final String LINK = "bf_link";

  /** Pin of the map whose one value is the saved state. */
  static final String STATE = "bf_ctx";

  /** Pin of the state that is about to replace another. */
  static final String NEW_STATE = "bf_ctx_tmp";

  private static final byte[] STATE_KEY = BpfMap.key(0);

  private final Kernel kernel;
  private final Directory directory;

  ChainDirectory(Kernel kernel, Directory directory) {
    this.kernel = kernel;
    this.directory = directory;
  }

  FileIdentity identity() {
    return directory.identity();
  }

  void pin(BpfProgram program) {
    directory.pin(program, PROGRAM);
  }

  void pin(BpfLink link) {
    directory.pin(link, LINK);
  }

  void pin(BpfMap map, String name) {
    directory.pin(map, name);
  }

  BpfProgram program() {
    return directory.openProgram(PROGRAM);
  }

  BpfMap map(String name) {
    return directory.openMap(name);
  }

  Optional<BpfLink> link() {
    try {
      return Optional.of(directory.openLink(LINK));
    } catch (BpfException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Removes the pin of the link; while it is the last one, that ends the attachment. */
  void unpinLink() {
    directory.unlink(LINK);
  }

  /**
   * Reads the saved state.
   *
   * @throws UnreadableStateException if there is none, or it is not ours, or damaged
   */
  SavedState state() {
    try (BpfMap map = directory.openMap(STATE)) {
      MapInfo info = map.info();
      if (info.type() != MapType.ARRAY.number() || info.maxEntries() != 1) {
        throw new UnreadableStateException(new Reason.Foreign());
      }
      return SavedStateCodec.decode(map.lookup(STATE_KEY).orElseThrow());
    } catch (BpfException e) {
      throw switch (e.errno()) {
        case Errno.ENOENT -> unreadable(new Reason.Missing(), e);
        // What has the name is no map, or a symbolic link.
        case Errno.EINVAL, Errno.ELOOP -> unreadable(new Reason.Foreign(), e);
        default -> e;
      };
    }
  }

  /**
   * Saves the state in the place of any older one, in one step: whoever reads finds the one or the
   * other.
   */
  void saveState(SavedState state) {
    byte[] bytes = SavedStateCodec.encode(state);
    MapSpec spec = new MapSpec(STATE, MapType.ARRAY, Integer.BYTES, bytes.length, 1, 0, null);
    try (BpfMap map = kernel.createMap(spec)) {
      map.update(STATE_KEY, bytes, UpdateMode.ANY);
      if (directory.identityOf(NEW_STATE).isPresent()) {
        directory.unlink(NEW_STATE);
      }
      directory.pin(map, NEW_STATE);
    }
    directory.rename(NEW_STATE, directory, STATE, RenameMode.REPLACE);
  }

  private static UnreadableStateException unreadable(Reason reason, BpfException cause) {
    UnreadableStateException failure = new UnreadableStateException(reason);
    failure.initCause(cause);
    return failure;
  }

  @Override
  public void close() {
    directory.close();
  }

  @Override
  public String toString() {
    return directory.path();
  }
}
