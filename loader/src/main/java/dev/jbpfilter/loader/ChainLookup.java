package dev.jbpfilter.loader;

import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.LockMode;
import java.util.function.Consumer;

/**
 * Finds chains by their names. To who asks for one, a chain that cannot be read is none; the
 * warning tells why.
 *
 * @param events told of chains that cannot be read
 */
record ChainLookup(Consumer<Event> events) {

  /** Opens the directory of a chain to read it, with its lock. */
  ChainDirectory find(Store store, String name) {
    return store.find(name, LockMode.SHARED).orElseThrow(() -> notFound(name));
  }

  /** Opens the directory of a chain in a store that is locked exclusively. */
  ChainDirectory peek(Store store, String name) {
    require(store, name);
    return store.peek(name);
  }

  void require(Store store, String name) {
    if (!store.names().contains(name)) {
      throw notFound(name);
    }
  }

  private static BpfException notFound(String name) {
    return BpfException.refusal(Errno.ENOENT, "chain '" + name + "' not found");
  }

  /** The failure to find a chain that is there but cannot be read. */
  BpfException unreadable(String name, UnreadableStateException cause) {
    warnUnreadable(name, cause);
    BpfException failure = notFound(name);
    failure.initCause(cause);
    return failure;
  }

  void warnUnreadable(String name, UnreadableStateException cause) {
    events.accept(
        Event.warning(
            "failed to restore chain '" + name + "', skipping: " + cause.reason().text(), name));
  }
}
