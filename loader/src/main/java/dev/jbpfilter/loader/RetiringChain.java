package dev.jbpfilter.loader;

import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Kernel;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A chain that is to go, its directory open and locked. It may be damaged or another tool's; then
 * there is no state, and nobody knows which network name space its links belong to.
 */
final class RetiringChain implements AutoCloseable {
  private final String name;
  private final ChainDirectory directory;
  private final PinnedLinks links;
  private final @Nullable SavedState state;
  private Optional<BpfLink> taken = Optional.empty();

  private RetiringChain(
      String name, ChainDirectory directory, PinnedLinks links, @Nullable SavedState state) {
    this.name = name;
    this.directory = directory;
    this.links = links;
    this.state = state;
  }

  /** A chain to be removed, whatever its state. Takes over the directory. */
  static RetiringChain unread(String name, ChainDirectory directory) {
    return of(name, directory, null);
  }

  /** A chain to be replaced. Takes over the directory. */
  static RetiringChain read(String name, ChainDirectory directory, Consumer<Event> events) {
    SavedState state = null;
    try {
      state = directory.state();
    } catch (UnreadableStateException e) {
      events.accept(
          Event.warning("replacing unreadable chain '" + name + "': " + e.reason().text()));
    } catch (RuntimeException e) {
      new Cleanup(e).run(directory::close);
      throw e;
    }
    return of(name, directory, state);
  }

  private static RetiringChain of(
      String name, ChainDirectory directory, @Nullable SavedState state) {
    try {
      return new RetiringChain(name, directory, directory.links(), state);
    } catch (RuntimeException e) {
      new Cleanup(e).run(directory::close);
      throw e;
    }
  }

  String name() {
    return name;
  }

  Optional<SavedState> state() {
    return Optional.ofNullable(state);
  }

  /** Hands over the link that is attached to a point, if one is; it will not be detached. */
  Optional<BpfLink> takeLink(AttachPoint point) {
    if (state == null || state.attachedIn() == null) {
      return Optional.empty();
    }
    taken = links.at(point, state.attachedIn());
    return taken;
  }

  /** Opens the program that a link of the chain runs. */
  BpfProgram running(Kernel kernel, BpfLink link) {
    int id = link.info().programId();
    BpfProgram pinned = directory.findProgram().orElse(null);
    if (pinned != null) {
      try {
        if (pinned.info().id() == id) {
          return pinned;
        }
      } catch (RuntimeException e) {
        new Cleanup(e).run(pinned::close);
        throw e;
      }
      pinned.close();
    }
    return kernel.openProgram(id);
  }

  /** Ends all attachments that were not handed over. */
  void detach() {
    links.detachAllBut(taken);
  }

  @Override
  public void close() {
    Cleanup cleanup = new Cleanup();
    cleanup.run(links::close);
    cleanup.run(directory::close);
    cleanup.throwFirst();
  }
}
