package dev.jbpfilter.loader;

import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.FileIdentity;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.RulesPrinter;
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
   * @return how it was attached
   */
  Event attach(String name, ChainDirectory directory, HookOptions options) {
    SavedState state = directory.state();
    Chain chain = ChainReader.chain(name, state);
    try (PinnedLinks links = directory.links()) {
      if (!links.isEmpty()) {
        throw BpfException.refusal(Errno.EBUSY, "chain '" + name + "' is already linked to a hook");
      }
    }
    options.incompatibility(chain.hook()).ifPresent(Attachment::refuse);
    FileIdentity namespace = kernel.networkNamespace();
    AttachPoint point = AttachPoint.of(namespace, options).orElseThrow();
    events.accept(Event.info("attaching " + name + " to " + chain.hook().keyword()));
    String text = RulesPrinter.print(chain.withOptions(options));
    try {
      point.requireFree(store, Set.of(name));
      return attach(
          directory, point, new SavedState(text, state.sequence(), namespace, state.maps()));
    } catch (BpfException e) {
      throw e.within("failed to attach chain '" + name + "'");
    }
  }

  private Event attach(ChainDirectory directory, AttachPoint point, SavedState state) {
    try (BpfProgram program = directory.program()) {
      XdpAttacher.Attached attached = XdpAttacher.attach(kernel, program, point.interfaceIndex());
      try (BpfLink link = attached.link();
          Unwinding undo = new Unwinding()) {
        undo.add(link::detach);
        directory.pin(link);
        undo.add(directory::unpinLink);
        directory.saveState(state);
        undo.forget();
      }
      return XdpAttacher.event(attached.mode());
    }
  }

  private static void refuse(HookOptions.Incompatibility reason) {
    throw BpfException.refusal(reason.missing() ? Errno.EINVAL : Errno.EOPNOTSUPP, reason.text());
  }
}
