package dev.jbpfilter.loader;

import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.LinkInfo;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A chain on its way in: pinned in a directory of its transaction, in time attached. */
final class ArrivingChain {
  private final String name;
  private final ChainDirectory directory;
  private final BpfProgram program;
  private final @Nullable AttachPoint point;
  private SavedState state;
  private @Nullable SavedState saved;
  private List<BpfLink> links = List.of();
  private OptionalInt awaited = OptionalInt.empty();

  /**
   * @param point where it is to be attached; null if nowhere
   * @param state to be saved
   */
  ArrivingChain(
      String name,
      ChainDirectory directory,
      BpfProgram program,
      @Nullable AttachPoint point,
      SavedState state) {
    this.name = name;
    this.directory = directory;
    this.program = program;
    this.point = point;
    this.state = state;
  }

  String name() {
    return name;
  }

  ChainDirectory directory() {
    return directory;
  }

  BpfProgram program() {
    return program;
  }

  /** Where it is to be attached; null if nowhere. */
  @Nullable AttachPoint point() {
    return point;
  }

  /** Gives up attaching the chain; it is only loaded. */
  void detach() {
    state = new SavedState(state.chain(), state.sequence(), null, state.maps());
  }

  /** Pins the links that the chain is attached with, and keeps in mind what is to be saved. */
  void pin(NewLinks created) {
    links = created.links();
    awaited = created.awaited();
    directory.pin(links);
    SavedState.Attached attached = state.attached();
    if (attached != null) {
      state =
          state.withAttached(
              new SavedState.Attached(
                  created.asAttached(attached.options()), attached.namespace(), attached.cgroup()));
    }
  }

  /** Whether the chain has a place on a Netfilter hook, or waits for it. */
  boolean claims(LinkInfo.Target.Netfilter place) {
    if (awaited.isPresent()
        && point instanceof AttachPoint.Netfilter hook
        && hook.hook() == place.hook()
        && awaited.getAsInt() == place.priority()) {
      return true;
    }
    for (BpfLink link : links) {
      if (link.info().target().equals(place)) {
        return true;
      }
    }
    return false;
  }

  /** Saves the state, if it is not what was saved last. */
  void save() {
    if (!state.equals(saved)) {
      directory.saveState(state);
      saved = state;
    }
  }
}
