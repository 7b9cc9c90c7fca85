package dev.jbpfilter.loader;

import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.Directory;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.FileIdentity;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.LockMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The directory {@code bpfilter} of a BPF file system, open and locked. All that is known of loaded
 * chains is in it: one directory for each, with the chain's name.
 *
 * <p><b>Locks</b> are {@code flock(2)} on the directories themselves, always this one before a
 * chain's. Readers share both; whoever lets chains appear, change or vanish has this one alone, and
 * so may do without the locks of the chains that it only reads. A chain's directory can be replaced
 * while a lock on it is awaited (not by us, but by tools that lock less), so a lock counts only if
 * the name still means the same directory.
 *
 * <p><b>Publication</b> is by rename. A directory is built inside one with a staging name, which
 * listings pass over, and then renamed, or exchanged with the chain's old one: a chain is never
 * seen half-built, nor missing while it is replaced. {@link Transaction} does that, {@link
 * Recovery} what is left of it when the process dies.
 */
final class Store implements AutoCloseable {
  /** The directory in the BPF file system. */
  static final String NAME = "bpfilter";

  /** How the names of directories under construction start; no chain is named so. */
  static final String STAGING_PREFIX = "__bf_staging_";

  private static final int DIRECTORY_MODE = 0755;
  private static final int ATTEMPTS = 8;

  private final Kernel kernel;
  private final Directory root;
  private final LockMode mode;
  private final Duration wait;

  private Store(Kernel kernel, Directory root, LockMode mode, Duration wait) {
    this.kernel = kernel;
    this.root = root;
    this.mode = mode;
    this.wait = wait;
  }

  /**
   * Opens and locks the store of a BPF file system; creates it if need be.
   *
   * @param wait how long to wait for each lock
   * @throws BpfException with {@code EAGAIN} if the store stays locked
   */
  static Store open(Kernel kernel, Directory bpffs, LockMode mode, Duration wait) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Optional<Directory> root = openLocked(bpffs, NAME, mode, wait);
      if (root.isPresent()) {
        return new Store(kernel, root.get(), mode, wait);
      }
      createRoot(bpffs);
    }
    throw new BpfException("mkdirat", Errno.EAGAIN, bpffs + "/" + NAME);
  }

  /** The names of the directories of chains, sorted. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (Directory.Entry entry : root.entries()) {
      if (entry.isDirectory() && !entry.name().startsWith(STAGING_PREFIX)) {
        names.add(entry.name());
      }
    }
    return names;
  }

  /**
   * Opens and locks the directory of a chain, if there is one. Directories of other tools are found
   * too, to be removed; what leads elsewhere or is under construction is not.
   */
  Optional<ChainDirectory> find(String name, LockMode mode) {
    if (!isEntryName(name)) {
      return Optional.empty();
    }
    return openLocked(root, name, mode, wait)
        .map(directory -> new ChainDirectory(kernel, directory));
  }

  /**
   * Opens the directory of a chain that is there, to read from it without its lock.
   *
   * @throws IllegalStateException if the store is not locked exclusively
   */
  ChainDirectory peek(String name) {
    requireExclusive();
    return new ChainDirectory(kernel, root.open(name));
  }

  /** Where chains have their names, and those that are under construction theirs. */
  Directory root() {
    return root;
  }

  /** Begins to change chains. */
  Transaction begin() {
    requireExclusive();
    String name = createStaging();
    try {
      return Transaction.begin(kernel, root, name);
    } catch (RuntimeException e) {
      new Cleanup(e).run(() -> removeTree(root, name));
      throw e;
    }
  }

  /** What is under construction, the latest first; more than one if processes died. */
  List<String> staged() {
    requireExclusive();
    List<String> staged = new ArrayList<>();
    for (Directory.Entry entry : root.entries()) {
      if (entry.isDirectory() && entry.name().startsWith(STAGING_PREFIX)) {
        staged.add(entry.name());
      }
    }
    staged.sort((one, other) -> age(other).compareTo(age(one)));
    return staged;
  }

  /** The part of a staging name that is the time of its creation. */
  private static String age(String staged) {
    return staged.substring(staged.lastIndexOf('_') + 1);
  }

  /** A number greater than those of all chains whose state can be read. */
  long nextSequence() {
    long last = 0;
    for (String name : names()) {
      last = Math.max(last, sequenceOf(name));
    }
    return last + 1;
  }

  /** Gives up the lock. */
  @Override
  public void close() {
    root.close();
  }

  private void requireExclusive() {
    if (mode != LockMode.EXCLUSIVE) {
      throw new IllegalStateException(root + " is locked " + mode);
    }
  }

  private long sequenceOf(String name) {
    try (ChainDirectory chain = peek(name)) {
      return chain.state().sequence();
    } catch (UnreadableStateException e) {
      // Such a chain has no place in the order.
      return 0;
    }
  }

  private String createStaging() {
    for (int i = 0; i < ATTEMPTS; i++) {
      String name = stagingName();
      if (createIfAbsent(root, name)) {
        return name;
      }
    }
    throw new BpfException("mkdirat", Errno.EEXIST, root + "/" + STAGING_PREFIX);
  }

  /**
   * Removes a directory, if it is there, with all that is in it. Goes on after a failure, to throw
   * the first one at the end. Links are not detached.
   */
  static void removeTree(Directory parent, String name) {
    Optional<Directory> found = parent.find(name);
    if (found.isEmpty()) {
      return;
    }
    Cleanup cleanup = new Cleanup();
    try (Directory directory = found.get()) {
      for (Directory.Entry entry : directory.entries()) {
        cleanup.run(() -> {
          if (entry.isDirectory()) {
            removeTree(directory, entry.name());
          } else {
            directory.unlink(entry.name());
          }
        });
      }
    }
    cleanup.run(() -> parent.removeDirectory(name));
    cleanup.throwFirst();
  }

  /** A name that no other staged directory has: the clock of this process never repeats itself. */
  private String stagingName() {
    String time = HexFormat.of().toHexDigits(System.nanoTime());
    return STAGING_PREFIX + kernel.processId() + '_' + time;
  }

  /** Opens a directory and locks it; empty if there is none of that name. */
  private static Optional<Directory> openLocked(
      Directory parent, String name, LockMode mode, Duration wait) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Optional<Directory> found = parent.find(name);
      if (found.isEmpty() || lockCurrent(found.get(), parent, name, mode, wait)) {
        return found;
      }
    }
    throw new BpfException("flock", Errno.EAGAIN, parent + "/" + name);
  }

  /** Locks a directory that still has its name; closes any other. */
  private static boolean lockCurrent(
      Directory directory, Directory parent, String name, LockMode mode, Duration wait) {
    boolean current = false;
    try {
      directory.lock(mode, wait);
      Optional<FileIdentity> named = parent.identityOf(name);
      current = named.isPresent() && named.get().equals(directory.identity());
      return current;
    } finally {
      if (!current) {
        directory.close();
      }
    }
  }

  private static void createRoot(Directory bpffs) {
    try {
      createIfAbsent(bpffs, NAME);
    } catch (BpfException e) {
      throw e.within("no place for chains, is a BPF file system mounted at " + bpffs.path() + "?");
    }
  }

  private static boolean createIfAbsent(Directory parent, String name) {
    try {
      parent.create(name, DIRECTORY_MODE);
      return true;
    } catch (BpfException e) {
      if (e.errno() == Errno.EEXIST) {
        return false;
      }
      throw e;
    }
  }

  /** Whether a name can be that of a directory here that is not under construction. */
  static boolean isEntryName(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && name.indexOf('/') < 0
        && name.indexOf('\0') < 0
        && !name.startsWith(STAGING_PREFIX);
  }
}
