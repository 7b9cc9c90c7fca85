package dev.jbpfilter.loader;

/**
 * A chain's directory under construction. Closing it removes what then has the staging name: the
 * new directory if it was not published, the old one if the two were exchanged, nothing if the new
 * one was published under a new name.
 */
final class StagedChain implements AutoCloseable {
  private final Store store;
  private final String stagingName;
  private final ChainDirectory directory;

  StagedChain(Store store, String stagingName, ChainDirectory directory) {
    this.store = store;
    this.stagingName = stagingName;
    this.directory = directory;
  }

  /** The new directory. */
  ChainDirectory directory() {
    return directory;
  }

  /** Gives the new directory its name; {@code EEXIST} if there is such a chain. */
  void publish(String name) {
    store.publish(stagingName, name);
  }

  /** Undoes {@link #publish}. */
  void withdraw(String name) {
    store.withdraw(name, stagingName);
  }

  /** Puts the new directory in the place of the chain's old one; doing it again undoes it. */
  void exchange(String name) {
    store.exchange(stagingName, name);
  }

  /** Removes what is not published, then gives up the lock on the new directory. */
  @Override
  public void close() {
    Cleanup cleanup = new Cleanup();
    cleanup.run(() -> store.discard(stagingName));
    cleanup.run(directory::close);
    cleanup.throwFirst();
  }
}
