package dev.jbpfilter.loader;

import dev.jbpfilter.loader.NetfilterAttacher.Holder;
import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.LinkInfo;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A chain under construction: loaded into a staging directory, in time attached and published. */
final class ArrivingChain {
  private final String name;
  private final StagedChain staged;
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
      StagedChain staged,
      BpfProgram program,
      @Nullable AttachPoint point,
      SavedState state) {
    this.name = name;
    this.staged = staged;
    this.program = program;
    this.point = point;
    this.state = state;
  }

  String name() {
    return name;
  }

  StagedChain staged() {
    return staged;
  }

  BpfProgram program() {
    return program;
  }

  /** Where it is to be attached; null if nowhere. */
  @Nullable AttachPoint point() {
    return point;
  }

  /** Pins the links that the chain is attached with, and keeps in mind what is to be saved. */
  void pin(NewLinks created) {
    links = created.links();
    awaited = created.awaited();
    staged.directory().pin(links);
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
      staged.directory().saveState(state);
      saved = state;
    }
  }

  /**
   * Moves the chain to the Netfilter priority that it waited for, if it did. It keeps the links
   * that it has until the others are pinned, for good if that fails.
   */
  void settle(Kernel kernel) {
    if (awaited.isEmpty() || !(point instanceof AttachPoint.Netfilter hook)) {
      return;
    }
    NetfilterAttacher attacher =
        new NetfilterAttacher(kernel, program, hook, place -> Holder.STAYING);
    List<BpfLink> settled = attacher.attach(awaited.getAsInt());
    if (settled.isEmpty()) {
      throw attacher.refusal();
    }
    try (Unwinding resources = new Unwinding()) {
      settled.forEach(link -> resources.add(link::close));
      try (Unwinding undo = new Unwinding()) {
        settled.forEach(link -> undo.add(link::detach));
        staged.directory().pinNext(settled);
        undo.forget();
      }
      staged.directory().replaceLinks(settled.size());
      links.forEach(link -> resources.add(link::detach));
    }
  }
}
