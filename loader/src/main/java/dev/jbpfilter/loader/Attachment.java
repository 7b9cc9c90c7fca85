package dev.jbpfilter.loader;

import dev.jbpfilter.loader.NetfilterAttacher.Holder;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.HookOptions;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Attaches chains that are only loaded. */
final class Attachment {
  private final Kernel kernel;
  private final Store store;
  private final Consumer<Event> events;

  Attachment(Kernel kernel, Store store, Consumer<Event> events) {
    this.kernel = kernel;
    this.store = store;
    this.events = events;
  }

  /**
   * Attaches a chain; after a failure it is loaded as before.
   *
   * @return how it was attached, if there is more than one way
   */
  Optional<Event> attach(String name, ChainDirectory directory, HookOptions options) {
    SavedState state = directory.state();
    Chain chain = ChainReader.chain(name, state);
    try (PinnedLinks links = directory.links()) {
      if (!links.isEmpty()) {
        throw BpfException.refusal(Errno.EBUSY, "chain '" + name + "' is already linked to a hook");
      }
    }
    options.incompatibility(chain.hook()).ifPresent(Attachment::refuse);
    events.accept(Event.info("attaching " + name + " to " + chain.hook().keyword()));
    try (AttachPoint point = AttachPoint.open(kernel, chain.hook(), options)) {
      point.requireFree(store, Set.of(name));
      return attach(directory, point, options, state);
    } catch (BpfException e) {
      throw e.within("failed to attach chain '" + name + "'");
    }
  }

  private Optional<Event> attach(
      ChainDirectory directory, AttachPoint point, HookOptions options, SavedState state) {
    try (BpfProgram program = directory.program();
        Unwinding opened = new Unwinding();
        Unwinding undo = new Unwinding()) {
      NewLinks created = NewLinks.create(kernel, program, point, place -> Holder.STAYING);
      for (BpfLink link : created.links()) {
        opened.add(link::close);
        undo.add(link::detach);
      }
      undo.add(directory::unpinLinks);
      directory.pin(created.links());
      directory.saveState(
          state.withAttached(
              point.attached(created.asAttached(options), kernel.networkNamespace())));
      undo.forget();
      return created.event();
    }
  }

  private static void refuse(HookOptions.Incompatibility reason) {
    throw BpfException.refusal(reason.missing() ? Errno.EINVAL : Errno.EOPNOTSUPP, reason.text());
  }
}
