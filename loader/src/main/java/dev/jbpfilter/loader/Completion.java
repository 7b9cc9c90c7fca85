package dev.jbpfilter.loader;

import dev.jbpfilter.loader.NetfilterAttacher.Holder;
import dev.jbpfilter.loader.TransactionRecord.Arriving;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.FileIdentity;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.LinkInfo;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.HookOptions.Priorities;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The end of a transaction whose new chains have the hooks. It goes forward only, and any part of
 * it can be done again, so it serves the process that began the transaction as well as the one that
 * finds it.
 */
final class Completion {
  private final Kernel kernel;
  private final Store store;
  private final Transaction transaction;
  private final TransactionRecord record;

  Completion(Kernel kernel, Store store, Transaction transaction, TransactionRecord record) {
    this.kernel = kernel;
    this.store = store;
    this.transaction = transaction;
    this.record = record;
  }

  /** Gives the new chains their names, as far as they have not, and takes those of old ones. */
  void publish() {
    List<String> published = store.names();
    for (Arriving chain : record.arriving()) {
      String name = chain.name();
      Optional<FileIdentity> staged = transaction.identityOf(name);
      if (staged.isPresent() && staged.get().equals(chain.directory())) {
        if (published.contains(name)) {
          transaction.exchange(name);
        } else {
          transaction.publish(name);
        }
      }
    }
    for (String name : record.leaving()) {
      // What is in here already may have come back under its name since.
      if (record.directoryOf(name).isEmpty()
          && published.contains(name)
          && transaction.identityOf(name).isEmpty()) {
        transaction.hide(name);
      }
    }
  }

  /**
   * Detaches the links of the old chains that no new one has, then lets new ones move to the places
   * that they waited for. All of it is tried again if something fails, for nobody else will do it.
   */
  void retire() {
    try {
      retire(false);
    } catch (RuntimeException first) {
      try {
        retire(true);
      } catch (RuntimeException e) {
        first.addSuppressed(e);
        throw first;
      }
    }
  }

  /**
   * @param isLast whether this is not tried again
   */
  private void retire(boolean isLast) {
    Cleanup cleanup = new Cleanup();
    Set<Integer> kept = linksOfNewChains();
    for (String name : transaction.staged()) {
      cleanup.run(() -> detachAllBut(kept, name));
    }
    for (String name : published()) {
      cleanup.run(() -> settle(name, isLast));
    }
    cleanup.throwFirst();
  }

  /**
   * The names of the new chains. When a trial is ended for the second time, because the first one
   * was cut short, some are gone, or stand for the old chain again.
   */
  private List<String> published() {
    List<String> names = store.names();
    List<String> published = new ArrayList<>();
    for (Arriving chain : record.arriving()) {
      if (names.contains(chain.name())) {
        published.add(chain.name());
      }
    }
    return published;
  }

  private void detachAllBut(Set<Integer> kept, String name) {
    Cleanup cleanup = new Cleanup();
    try (ChainDirectory old = transaction.open(name);
        PinnedLinks links = old.links()) {
      for (BpfLink link : links.all()) {
        cleanup.run(() -> {
          if (!kept.contains(link.info().id())) {
            link.detach();
          }
        });
      }
    }
    cleanup.throwFirst();
  }

  private Set<Integer> linksOfNewChains() {
    Set<Integer> ids = new HashSet<>();
    for (String name : published()) {
      try (ChainDirectory directory = store.peek(name);
          PinnedLinks links = directory.links()) {
        for (BpfLink link : links.all()) {
          ids.add(link.info().id());
        }
      }
    }
    return ids;
  }

  /**
   * Moves a chain to the Netfilter priority that it is to have, if it started at another. If that
   * fails for the last time it stays where it is, and its state says so.
   */
  private void settle(String name, boolean isLast) {
    try (ChainDirectory directory = store.peek(name)) {
      SavedState state = directory.state();
      Priorities wanted = state.options().priorities();
      if (wanted == null) {
        return;
      }
      try {
        settle(directory, wanted);
      } catch (BpfException e) {
        Cleanup cleanup =
            new Cleanup(
                e.within("chain '" + name + "' stays at another priority than it asks for"));
        if (isLast) {
          cleanup.run(() -> admit(directory, state, wanted));
        }
        cleanup.throwFirst();
      }
    }
  }

  private void settle(ChainDirectory directory, Priorities wanted) {
    directory.settleLinks();
    try (PinnedLinks links = directory.links()) {
      if (place(links) instanceof LinkInfo.Target.Netfilter place
          && place.priority() != wanted.active()) {
        settle(directory, links, place.hook(), wanted);
      }
    }
  }

  private static void admit(ChainDirectory directory, SavedState state, Priorities wanted) {
    directory.settleLinks();
    try (PinnedLinks links = directory.links()) {
      SavedState.Attached attached = state.attached();
      if (attached != null
          && place(links) instanceof LinkInfo.Target.Netfilter place
          && place.priority() != wanted.active()) {
        HookOptions options = HookOptions.ofPriorities(place.priority(), wanted.active());
        directory.saveState(
            state.withAttached(
                new SavedState.Attached(options, attached.namespace(), attached.cgroup())));
      }
    }
  }

  private static LinkInfo.Target place(PinnedLinks links) {
    return links.all().getFirst().info().target();
  }

  /** The chain keeps the links that it has until the others are pinned. */
  private void settle(
      ChainDirectory directory, PinnedLinks links, int hook, Priorities priorities) {
    FileIdentity here = kernel.networkNamespace();
    if (!here.equals(record.namespace())) {
      throw BpfException.refusal(Errno.EINVAL, "it is attached in another network name space");
    }
    AttachPoint.Netfilter point = new AttachPoint.Netfilter(here, hook, priorities);
    try (BpfProgram program = directory.program();
        Unwinding resources = new Unwinding()) {
      NetfilterAttacher attacher =
          new NetfilterAttacher(kernel, program, point, place -> Holder.STAYING);
      List<BpfLink> settled = attacher.attach(priorities.active());
      if (settled.isEmpty()) {
        throw attacher.refusal();
      }
      settled.forEach(link -> resources.add(link::close));
      try (Unwinding undo = new Unwinding()) {
        settled.forEach(link -> undo.add(link::detach));
        directory.pinNext(settled);
        undo.forget();
      }
      directory.replaceLinks();
      links.all().forEach(link -> resources.add(link::detach));
    }
  }
}
