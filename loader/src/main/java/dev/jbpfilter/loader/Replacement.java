package dev.jbpfilter.loader;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.loader.NetfilterAttacher.Holder;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.FileIdentity;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.LinkInfo;
import dev.jbpfilter.loader.kernel.LockMode;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.RulesPrinter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The replacement of some chains by others, in four phases:
 *
 * <ol>
 *   <li><b>prepare</b>: everything is checked, loaded and pinned in staging directories. Nothing is
 *       visible, and the verifier has had its last word.
 *   <li><b>commit</b>: the new programs take over the hooks. Where a leaving chain has a link that
 *       can be kept, it gets the new program in one step; the others get new links, beside the old
 *       ones. Every link is pinned by its new chain before anything can make it lose its old pin.
 *   <li><b>publish</b>: each new directory takes the chain's name; old ones get staging names.
 *   <li><b>retire</b>: links that were not taken over are detached, old directories discarded. Who
 *       waited for a place that is now free moves there.
 * </ol>
 *
 * <p>So at every instant a hook that is filtered before and after is filtered by the old program or
 * by the new one, or for a while by both. A failure up to the end of the third phase undoes all
 * steps in reverse order. From then on the new chains stay, and failures are only reported.
 */
final class Replacement {
  private final Kernel kernel;
  private final Store store;
  private final Consumer<Event> events;
  private final String verb;
  private final List<String> leaving;
  private final boolean renumbering;
  private final Unwinding resources = new Unwinding();
  private final Map<String, RetiringChain> retiring = new LinkedHashMap<>();
  private final List<ArrivingChain> chains = new ArrayList<>();
  private final List<String> hidden = new ArrayList<>();
  private final List<Event> attached = new ArrayList<>();

  private Replacement(
      Kernel kernel,
      Store store,
      Consumer<Event> events,
      String verb,
      List<String> leaving,
      boolean renumbering) {
    this.kernel = kernel;
    this.store = store;
    this.events = events;
    this.verb = verb;
    this.leaving = leaving;
    this.renumbering = renumbering;
  }

  /** One that replaces all chains of the store. */
  static Replacement ofAll(Kernel kernel, Store store, Consumer<Event> events) {
    return new Replacement(kernel, store, events, "set", store.names(), true);
  }

  /**
   * One that replaces a chain, if it is there; a new one keeps its place in listings.
   *
   * @param verb what failures say could not be done to the chain
   */
  static Replacement ofOne(
      Kernel kernel, Store store, Consumer<Event> events, String verb, String name) {
    return new Replacement(kernel, store, events, verb, List.of(name), false);
  }

  /**
   * Runs all phases, once.
   *
   * @param compiled the new chains, of different names
   * @return how each of them is attached that has hook options
   */
  List<Event> run(List<CompiledChain> compiled) {
    try (resources) {
      prepare(compiled);
      try (Unwinding undo = new Unwinding()) {
        commit(undo);
        publish(undo);
        undo.forget();
      }
      retire();
    }
    return List.copyOf(attached);
  }

  private void prepare(List<CompiledChain> compiled) {
    for (String name : leaving) {
      store
          .find(name, LockMode.EXCLUSIVE)
          .ifPresent(directory -> {
            RetiringChain old = RetiringChain.of(name, directory, events);
            resources.add(old::close);
            retiring.put(name, old);
          });
    }
    Map<String, AttachPoint> points = openPoints(compiled);
    requireFree(points);
    FileIdentity namespace = kernel.networkNamespace();
    long sequence = compiled.isEmpty() ? 0 : store.nextSequence();
    for (CompiledChain chain : compiled) {
      long next = sequence++;
      String name = chain.chain().name();
      during(name, () -> chains.add(stage(chain, points.get(name), namespace, next)));
    }
  }

  /** Where the chains are to be attached that are, by their names. */
  private Map<String, AttachPoint> openPoints(List<CompiledChain> compiled) {
    Map<String, AttachPoint> points = new LinkedHashMap<>();
    for (CompiledChain each : compiled) {
      Chain chain = each.chain();
      if (!chain.options().isEmpty()) {
        during(
            chain.name(),
            () -> {
              AttachPoint point = AttachPoint.open(kernel, chain.hook(), chain.options());
              resources.add(point::close);
              points.put(chain.name(), point);
            });
      }
    }
    return points;
  }

  /** Refuses chains for one device, and for one that a chain filters which stays. */
  private void requireFree(Map<String, AttachPoint> points) {
    Map<AttachPoint, String> owners = new HashMap<>();
    points.forEach((name, point) ->
        during(
            name,
            () -> {
              if (point instanceof AttachPoint.Xdp device) {
                String owner = owners.putIfAbsent(device, name);
                if (owner != null) {
                  throw device.takenBy(owner);
                }
              }
              point.requireFree(store, retiring.keySet());
            }));
  }

  private ArrivingChain stage(
      CompiledChain compiled, @Nullable AttachPoint point, FileIdentity namespace, long next) {
    Chain chain = compiled.chain();
    StagedChain staged = store.stage();
    resources.add(staged::close);
    ChainObjects objects = new ChainLoader(kernel, events).load(compiled);
    resources.add(objects::close);
    objects.pin(staged.directory());
    List<String> maps = new ArrayList<>(compiled.maps().size());
    for (MapSpec map : compiled.maps()) {
      maps.add(map.name());
    }
    SavedState state =
        new SavedState(
            RulesPrinter.printWithoutOptions(chain),
            sequence(chain.name(), next),
            point == null ? null : point.attached(chain.options(), namespace),
            maps);
    ArrivingChain arriving =
        new ArrivingChain(chain.name(), staged, objects.program(), point, state);
    arriving.save();
    return arriving;
  }

  private long sequence(String name, long next) {
    RetiringChain old = retiring.get(name);
    if (renumbering || old == null) {
      return next;
    }
    return old.state().map(SavedState::sequence).orElse(next);
  }

  private void commit(Unwinding undo) {
    for (ArrivingChain chain : chains) {
      AttachPoint point = chain.point();
      if (point != null) {
        during(chain.name(), () -> commit(chain, point, undo));
      }
    }
  }

  private void commit(ArrivingChain chain, AttachPoint point, Unwinding undo) {
    for (RetiringChain old : retiring.values()) {
      Optional<BpfLink> link = old.takeLink(kernel, point, chain.name());
      if (link.isPresent()) {
        takeOver(chain, link.get(), old, undo);
        XdpAttacher.eventAt(kernel, point).ifPresent(attached::add);
        return;
      }
    }
    NewLinks created =
        NewLinks.create(kernel, chain.program(), point, place -> holder(point, place));
    for (BpfLink link : created.links()) {
      resources.add(link::close);
      undo.add(link::detach);
    }
    chain.pin(created);
    created.event().ifPresent(attached::add);
  }

  /** Who has a place on a Netfilter hook. */
  private Holder holder(AttachPoint point, LinkInfo.Target.Netfilter place) {
    for (ArrivingChain chain : chains) {
      if (chain.claims(place)) {
        return Holder.ARRIVING;
      }
    }
    for (RetiringChain old : retiring.values()) {
      if (point instanceof AttachPoint.Netfilter hook && old.holds(hook.namespace(), place)) {
        return Holder.LEAVING;
      }
    }
    return Holder.STAYING;
  }

  private void takeOver(ArrivingChain chain, BpfLink link, RetiringChain old, Unwinding undo) {
    BpfProgram running = old.running(kernel, link);
    resources.add(running::close);
    chain.staged().directory().pin(List.of(link));
    link.update(chain.program(), running);
    undo.add(() -> link.update(running, chain.program()));
  }

  private void publish(Unwinding undo) {
    Set<String> remaining = new LinkedHashSet<>(retiring.keySet());
    for (ArrivingChain chain : chains) {
      boolean replaces = remaining.remove(chain.name());
      during(chain.name(), () -> publish(chain, replaces, undo));
    }
    for (String name : remaining) {
      String staging = store.hide(name);
      undo.add(() -> store.reveal(staging, name));
      hidden.add(staging);
    }
  }

  private static void publish(ArrivingChain chain, boolean replaces, Unwinding undo) {
    chain.save();
    StagedChain staged = chain.staged();
    String name = chain.name();
    if (replaces) {
      staged.exchange(name);
      undo.add(() -> staged.exchange(name));
    } else {
      staged.publish(name);
      undo.add(() -> staged.withdraw(name));
    }
  }

  /** Directories that were exchanged go when the staged chains are closed. */
  private void retire() {
    Cleanup cleanup = new Cleanup();
    for (RetiringChain old : retiring.values()) {
      cleanup.run(old::detach);
    }
    for (ArrivingChain chain : chains) {
      cleanup.run(() -> during(chain.name(), () -> chain.settle(kernel)));
    }
    for (String staging : hidden) {
      cleanup.run(() -> store.discard(staging));
    }
    cleanup.throwFirst();
  }

  /** Takes a step for a chain; a failure names it. */
  private void during(String name, Runnable step) {
    try {
      step.run();
    } catch (BpfException e) {
      throw e.within("failed to " + verb + " chain '" + name + "'");
    }
  }
}
