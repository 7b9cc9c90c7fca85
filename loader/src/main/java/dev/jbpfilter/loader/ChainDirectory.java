package dev.jbpfilter.loader;

import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Directory;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.FileIdentity;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.RenameMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The open and locked directory of one chain, published or under construction. It holds a pin for
 * each of the chain's objects, named like the object, and the saved state.
 *
 * <p>Closing it gives up the lock.
 */
final class ChainDirectory implements AutoCloseable {
  /** How the names of pins end that are about to replace others. */
  private static final String NEW_SUFFIX = "_tmp";

  /** Pin of the program. */
  static final String PROGRAM = "bf_prog";

  /** Pin of the link, of the IPv4 one on Netfilter hooks; absent while the chain is loaded only. */
  static final String LINK = "bf_link";

  /** Pin of the second link, the IPv6 one, on Netfilter hooks. */
  static final String EXTRA_LINK = "bf_link_extra";

  /** In the order in which they are replaced. */
  private static final List<String> LINKS = List.of(LINK, EXTRA_LINK);

  /** Pin of the map whose one value is the saved state. */
  static final String STATE = "bf_ctx";

  /** Pin of the state that is about to replace another. */
  static final String NEW_STATE = STATE + NEW_SUFFIX;

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

  /**
   * Pins the links of the chain.
   *
   * @param links one, or two on a Netfilter hook
   */
  void pin(List<BpfLink> links) {
    for (int i = 0; i < links.size(); i++) {
      directory.pin(links.get(i), linkName(i));
    }
  }

  /** Pins all links that are about to replace as many others, or none. */
  void pinNext(List<BpfLink> links) {
    try (Unwinding undo = new Unwinding()) {
      for (int i = 0; i < links.size(); i++) {
        String name = linkName(i) + NEW_SUFFIX;
        directory.pin(links.get(i), name);
        undo.add(() -> directory.unlink(name));
      }
      undo.forget();
    }
  }

  /** Gives the links that were pinned to replace others the names of those, one by one. */
  void replaceLinks() {
    for (String name : LINKS) {
      if (directory.identityOf(name + NEW_SUFFIX).isPresent()) {
        directory.rename(name + NEW_SUFFIX, directory, name, RenameMode.REPLACE);
      }
    }
  }

  /**
   * Ends what a process left that died while it replaced links: all of them have new ones if the
   * last has, none otherwise.
   */
  void settleLinks() {
    if (directory.identityOf(EXTRA_LINK + NEW_SUFFIX).isPresent()) {
      replaceLinks();
    } else if (directory.identityOf(LINK + NEW_SUFFIX).isPresent()) {
      try (BpfLink first = directory.openLink(LINK + NEW_SUFFIX)) {
        first.detach();
      }
      directory.unlink(LINK + NEW_SUFFIX);
    }
  }

  private static String linkName(int index) {
    return LINKS.get(index);
  }

  void pin(BpfMap map, String name) {
    try {
      directory.pin(map, name);
    } catch (BpfException e) {
      // Whoever could create the map is refused to pin it for one reason.
      throw e.errno() == Errno.EPERM ? e.within("pinned outside of a BPF file system") : e;
    }
  }

  BpfProgram program() {
    return directory.openProgram(PROGRAM);
  }

  /** The program, if it is pinned. */
  Optional<BpfProgram> findProgram() {
    return optional(() -> directory.openProgram(PROGRAM));
  }

  /**
   * Opens a map of the chain.
   *
   * @throws UnreadableStateException if it is not there, or no map
   */
  BpfMap map(String name) {
    return required(name, () -> directory.openMap(name));
  }

  /** The same only to read from it. */
  BpfMap mapToRead(String name) {
    return required(name, () -> directory.openMapToRead(name));
  }

  private static BpfMap required(String name, Supplier<BpfMap> opening) {
    return optional(opening).orElseThrow(() -> StateBytes.damaged("no map is pinned as " + name));
  }

  /** Opens all links, those that the saved state does not tell of included. */
  PinnedLinks links() {
    List<BpfLink> links = new ArrayList<>();
    try {
      for (Directory.Entry entry : directory.entries()) {
        if (!entry.isDirectory() && entry.name().startsWith(LINK)) {
          optional(() -> directory.openLink(entry.name())).ifPresent(links::add);
        }
      }
      return new PinnedLinks(links);
    } catch (RuntimeException e) {
      new Cleanup(e).run(new PinnedLinks(links)::close);
      throw e;
    }
  }

  /** Whether the chain is attached to a point, as far as its state can be read. */
  boolean isAttachedTo(AttachPoint point) {
    try {
      FileIdentity createdIn = state().attachedIn();
      if (createdIn == null) {
        return false;
      }
      try (PinnedLinks links = links()) {
        return links.find(link -> point.isOf(createdIn, link)).isPresent();
      }
    } catch (UnreadableStateException e) {
      // The kernel will tell if it is.
      return false;
    }
  }

  /**
   * Checks that everything is pinned that the chain consists of.
   *
   * @throws UnreadableStateException if not
   */
  void requirePins(SavedState state) {
    Set<String> pins = new HashSet<>();
    for (Directory.Entry entry : directory.entries()) {
      pins.add(entry.name());
    }
    List<String> required = new ArrayList<>(state.maps());
    required.add(PROGRAM);
    if (state.attached() != null) {
      required.add(LINK);
    }
    if (state.options().priorities() != null) {
      required.add(EXTRA_LINK);
    }
    for (String name : required) {
      if (!pins.contains(name)) {
        throw StateBytes.damaged("pin " + name + " is missing");
      }
    }
  }

  /**
   * Reads the saved state.
   *
   * @throws UnreadableStateException if there is none, or it is not ours, or damaged
   */
  SavedState state() {
    return SavedStateCodec.decode(StateMap.read(directory, STATE));
  }

  /**
   * The number of the map that holds the saved state: another state has another map.
   *
   * @throws UnreadableStateException if there is none, or it is not ours
   */
  int stateId() {
    return StateMap.id(directory, STATE);
  }

  /**
   * Saves the state in the place of any older one, in one step: whoever reads finds the one or the
   * other.
   */
  void saveState(SavedState state) {
    try (StateMap map = StateMap.create(kernel, STATE, SavedStateCodec.encode(state))) {
      dropNewState();
      directory.pin(map.map(), NEW_STATE);
    }
    try {
      directory.rename(NEW_STATE, directory, STATE, RenameMode.REPLACE);
    } catch (BpfException e) {
      new Cleanup(e).run(() -> directory.unlink(NEW_STATE));
      throw e;
    }
  }

  /** Removes state that was to replace the saved one, and never did. */
  void dropNewState() {
    if (directory.identityOf(NEW_STATE).isPresent()) {
      directory.unlink(NEW_STATE);
    }
  }

  /** What a pin opens; empty if there is none, or it is something else. */
  private static <T> Optional<T> optional(Supplier<T> opening) {
    try {
      return Optional.of(opening.get());
    } catch (BpfException e) {
      return switch (e.errno()) {
        case Errno.ENOENT, Errno.EINVAL, Errno.ELOOP -> Optional.empty();
        default -> throw e;
      };
    }
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
