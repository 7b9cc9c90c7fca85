package dev.jbpfilter.loader;

import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.FileIdentity;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.LinkInfo;
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
  private final @Nullable SavedState state;
  private final PinnedLinks links;

  private RetiringChain(
      String name, ChainDirectory directory, @Nullable SavedState state, PinnedLinks links) {
    this.name = name;
    this.directory = directory;
    this.state = state;
    this.links = links;
  }

  /**
   * A chain whose state is read, if it can be. Takes over the directory.
   *
   * @param events told why state cannot be read
   */
  static RetiringChain of(String name, ChainDirectory directory, Consumer<Event> events) {
    try {
      return new RetiringChain(name, directory, state(name, directory, events), directory.links());
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

  /**
   * The link that is attached to a point, if one is that a coming chain can have; its closing stays
   * this chain's.
   */
  Optional<BpfLink> link(Kernel kernel, AttachPoint point, String coming) {
    if (!point.passes(name, coming)) {
      return Optional.empty();
    }
    return links.find(
        info -> state == null ? point.isOf(kernel, info) : point.isOf(state.attachedIn(), info));
  }

  /**
   * Whether a link of the chain, which is still there, has a place on a Netfilter hook.
   *
   * @param namespace the one that the place is in; that of the chain's links may be unknown
   */
  boolean holds(FileIdentity namespace, LinkInfo.Target.Netfilter place) {
    return (state == null || namespace.equals(state.attachedIn()))
        && links.find(info -> info.target().equals(place)).isPresent();
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

  @Override
  public void close() {
    Cleanup cleanup = new Cleanup();
    cleanup.run(links::close);
    cleanup.run(directory::close);
    cleanup.throwFirst();
  }

  private static @Nullable SavedState state(
      String name, ChainDirectory directory, Consumer<Event> events) {
    try {
      return directory.state();
    } catch (UnreadableStateException e) {
      events.accept(
          Event.warning("removing unreadable chain '" + name + "': " + e.reason().text()));
      return null;
    }
  }
}
