package dev.jbpfilter.loader;

import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Directory;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.FileIdentity;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.LockMode;
import dev.jbpfilter.loader.kernel.RenameMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A change of chains under way: a directory with a staging name, in which everything has a pin that
 * the change makes or still needs, and a record of how far it is. It is locked for as long as its
 * process lives, so whoever gets the lock knows that nobody will end it.
 *
 * <pre>
 * chains/NAME      a chain that comes, until it is published; then the one that went, if any did
 * programs/NAME    what the link ran that the chain NAME takes over
 * bf_record        the record; without it nothing outside of the directory has been touched
 * </pre>
 *
 * <p>Closing a transaction gives up the lock; before that, {@link #discard} removes the directory.
 */
final class Transaction implements AutoCloseable {
  private static final String CHAINS = "chains";
  private static final String PROGRAMS = "programs";
  private static final String RECORD = "bf_record";
  private static final int DIRECTORY_MODE = 0755;

  private final Kernel kernel;
  private final Directory root;
  private final String name;
  private final Directory directory;

  private Transaction(Kernel kernel, Directory root, String name, Directory locked) {
    this.kernel = kernel;
    this.root = root;
    this.name = name;
    this.directory = locked;
  }

  /**
   * Begins one.
   *
   * @param name of its empty directory
   */
  static Transaction begin(Kernel kernel, Directory root, String name) {
    Directory directory = root.open(name);
    try {
      directory.lock(LockMode.EXCLUSIVE, Duration.ZERO);
      directory.create(CHAINS, DIRECTORY_MODE);
      directory.create(PROGRAMS, DIRECTORY_MODE);
      return new Transaction(kernel, root, name, directory);
    } catch (RuntimeException e) {
      new Cleanup(e).run(directory::close);
      throw e;
    }
  }

  /** One that a dead process left; empty if its process lives. */
  static Optional<Transaction> ofDead(Kernel kernel, Directory root, String name) {
    Directory directory = root.open(name);
    try {
      directory.lock(LockMode.EXCLUSIVE, Duration.ZERO);
      return Optional.of(new Transaction(kernel, root, name, directory));
    } catch (RuntimeException e) {
      new Cleanup(e).run(directory::close);
      if (e instanceof BpfException refusal && refusal.errno() == Errno.EAGAIN) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The same in a store that was locked anew; it has the lock of this, which is to be closed. */
  Transaction in(Store store) {
    return new Transaction(kernel, store.root(), name, directory);
  }

  /** Opens the record of a transaction that another process may have locked; empty without one. */
  static Optional<StateMap> findRecord(Directory root, String name) {
    try (Directory directory = root.open(name)) {
      return findRecord(directory);
    }
  }

  private static Optional<StateMap> findRecord(Directory directory) {
    return directory.identityOf(RECORD).isPresent()
        ? Optional.of(StateMap.open(directory, RECORD))
        : Optional.empty();
  }

  /** A new directory for a chain that comes, locked exclusively; the caller's to close. */
  ChainDirectory stage(String chain) {
    try (Directory chains = directory.open(CHAINS)) {
      chains.create(chain, DIRECTORY_MODE);
      Directory staged = chains.open(chain);
      try {
        staged.lock(LockMode.EXCLUSIVE, Duration.ZERO);
        return new ChainDirectory(kernel, staged);
      } catch (RuntimeException e) {
        new Cleanup(e).run(staged::close);
        throw e;
      }
    }
  }

  /** Keeps the program that a link ran which a chain takes over. */
  void keep(String chain, BpfProgram program) {
    try (Directory programs = directory.open(PROGRAMS)) {
      programs.pin(program, chain);
    }
  }

  /** The program that a link ran before a chain took it over, if it was about to. */
  Optional<BpfProgram> kept(String chain) {
    try (Directory programs = directory.open(PROGRAMS)) {
      return programs.identityOf(chain).isPresent()
          ? Optional.of(programs.openProgram(chain))
          : Optional.empty();
    }
  }

  /** Gives a directory from in here the name of its chain, which must be free. */
  void publish(String chain) {
    rename(chain, chains -> chains.rename(chain, root, chain, RenameMode.NO_REPLACE));
  }

  /** Takes a chain's name from its directory, which is then in here. */
  void hide(String chain) {
    rename(chain, chains -> root.rename(chain, chains, chain, RenameMode.NO_REPLACE));
  }

  /** Swaps a directory in here and that which has the chain's name. */
  void exchange(String chain) {
    rename(chain, chains -> chains.rename(chain, root, chain, RenameMode.EXCHANGE));
  }

  private void rename(String chain, Consumer<Directory> rename) {
    if (!Store.isEntryName(chain)) {
      throw new IllegalArgumentException("\"" + chain + "\" is no name of a chain");
    }
    try (Directory chains = directory.open(CHAINS)) {
      rename.accept(chains);
    }
  }

  /** The names of the directories in here, sorted. */
  List<String> staged() {
    List<String> names = new ArrayList<>();
    Optional<Directory> found = directory.find(CHAINS);
    if (found.isPresent()) {
      try (Directory chains = found.get()) {
        for (Directory.Entry entry : chains.entries()) {
          if (entry.isDirectory()) {
            names.add(entry.name());
          }
        }
      }
    }
    return names;
  }

  /** Opens a directory in here, whose lock is not needed. */
  ChainDirectory open(String chain) {
    try (Directory chains = directory.open(CHAINS)) {
      return new ChainDirectory(kernel, chains.open(chain));
    }
  }

  /** Which directory has a chain's name in here, if any has. */
  Optional<FileIdentity> identityOf(String chain) {
    try (Directory chains = directory.open(CHAINS)) {
      return chains.identityOf(chain);
    }
  }

  /** Writes down how far the transaction is, in one step. */
  void record(TransactionRecord record) {
    byte[] bytes = record.encode();
    Optional<StateMap> known = findRecord(directory);
    try (StateMap map = known.orElseGet(() -> StateMap.create(kernel, RECORD, bytes))) {
      if (known.isPresent()) {
        map.write(bytes);
      } else {
        directory.pin(map.map(), RECORD);
      }
    }
  }

  /**
   * How far the transaction is; empty if nothing was touched.
   *
   * @throws UnreadableStateException if another version wrote it down
   */
  Optional<TransactionRecord> record() {
    Optional<StateMap> found = findRecord(directory);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (StateMap map = found.get()) {
      return Optional.of(TransactionRecord.decode(map.read()));
    }
  }

  /** Opens the record, for watching it. */
  StateMap openRecord() {
    return StateMap.open(directory, RECORD);
  }

  /**
   * Removes the directory. What the transaction still holds loses its pin; links are not detached.
   */
  void discard() {
    Cleanup cleanup = new Cleanup();
    // Without a record, whoever finds the rest removes it, too.
    cleanup.run(() -> {
      if (directory.identityOf(RECORD).isPresent()) {
        directory.unlink(RECORD);
      }
    });
    cleanup.run(() -> Store.removeTree(root, name));
    cleanup.throwFirst();
  }

  /** Gives up the lock. */
  @Override
  public void close() {
    directory.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
