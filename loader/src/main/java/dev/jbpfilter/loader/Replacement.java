package dev.jbpfilter.loader;

import dev.jbpfilter.loader.NetfilterAttacher.Holder;
import dev.jbpfilter.loader.TransactionRecord.Arriving;
import dev.jbpfilter.loader.TransactionRecord.Phase;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.FileIdentity;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.LinkInfo;
import dev.jbpfilter.loader.kernel.LockMode;
import dev.jbpfilter.loader.kernel.TcxNeighbour;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The replacement of some chains by others, in four phases:
 *
 * <ol>
 *   <li><b>prepare</b>: everything is checked, loaded and pinned in the directory of a transaction.
 *       Nothing is visible, and the verifier has had its last word.
 *   <li><b>commit</b>: the new programs take over the hooks. Where a leaving chain has a link that
 *       can be kept, it gets the new program in one step; the others get new links, beside the old
 *       ones. Every link is pinned by its new chain before anything can make it lose its old pin.
 *       At the end the record says so.
 *   <li><b>publish</b>: each new directory takes the chain's name; old ones lose it.
 *   <li><b>retire</b>: links that were not taken over are detached, and who waited for a place that
 *       is now free moves there ({@link Completion}). Old directories are discarded.
 * </ol>
 *
 * <p>So at every instant a hook that is filtered before and after is filtered by the old program or
 * by the new one, or for a while by both. A failure up to the end of the third phase undoes all
 * steps in reverse order. From then on the new chains stay, and failures are only reported. If the
 * process dies, the next one that changes chains ends it by the record ({@link Recovery}).
 */
final class Replacement {
  private final Kernel kernel;
  private final Store store;
  private final Consumer<Event> events;
  private final Scope scope;
  private final Unwinding resources = new Unwinding();
  private final Map<String, RetiringChain> retiring = new LinkedHashMap<>();
  private final List<ArrivingChain> chains = new ArrayList<>();
  private final List<Event> attached = new ArrayList<>();
  private final TcxOrder order;

  /**
   * What is replaced.
   *
   * @param verb what failures say could not be done to a chain
   * @param leaving the names of the chains that go
   * @param isWhole whether these are all there are: then the new ones are numbered anew, and run in
   *     their order where several programs do
   * @param isLenient whether a chain comes unattached if its place is gone, or is another tool's
   */
  record Scope(String verb, List<String> leaving, boolean isWhole, boolean isLenient) {
    /** Copies the list. */
    Scope {
      leaving = List.copyOf(leaving);
    }

    /** All chains of a store, in the order in which they are to come back if that is asked for. */
    static Scope all(List<String> names) {
      return new Scope("set", names, true, false);
    }

    /** The chain of a name, if it is there; a new one keeps its place in listings. */
    static Scope one(String verb, String name) {
      return new Scope(verb, List.of(name), false, false);
    }
  }

  Replacement(Kernel kernel, Store store, Consumer<Event> events, Scope scope) {
    this.kernel = kernel;
    this.store = store;
    this.events = events;
    this.scope = scope;
    this.order = new TcxOrder(kernel);
  }

  /**
   * Runs all phases, once.
   *
   * @param arrivals the new chains, of different names
   * @return how each of them is attached that has hook options
   */
  List<Event> run(List<Arrival> arrivals) {
    try (resources) {
      Transaction transaction = store.begin();
      resources.add(transaction::close);
      resources.add(transaction::discard);
      run(arrivals, transaction, Phase.COMMITTED, 0);
    }
    return List.copyOf(attached);
  }

  /**
   * Runs all phases, once, without discarding what is old.
   *
   * @param transaction which the caller ends, even after a failure
   * @param deadline when the replacement is undone unless it is confirmed, in milliseconds since
   *     1970 (UTC)
   * @return how each of the chains is attached that has hook options
   */
  List<Event> runOnTrial(List<Arrival> arrivals, Transaction transaction, long deadline) {
    try (resources) {
      run(arrivals, transaction, Phase.ON_TRIAL, deadline);
    }
    return List.copyOf(attached);
  }

  private void run(List<Arrival> arrivals, Transaction transaction, Phase goal, long deadline) {
    prepare(arrivals, transaction);
    TransactionRecord record = record(deadline);
    transaction.record(record);
    try (Unwinding undo = new Unwinding()) {
      commit(transaction, undo);
      transaction.record(record.in(goal));
      undo.add(() -> transaction.record(record));
      publish(transaction, undo);
      undo.forget();
    }
    new Completion(kernel, store, transaction, record).retire();
  }

  private TransactionRecord record(long deadline) {
    List<Arriving> arriving = new ArrayList<>(chains.size());
    for (ArrivingChain chain : chains) {
      arriving.add(new Arriving(chain.name(), chain.directory().identity()));
    }
    return new TransactionRecord(
        Phase.PREPARED,
        kernel.networkNamespace(),
        arriving,
        List.copyOf(retiring.keySet()),
        kernel.processId(),
        deadline);
  }

  private void prepare(List<Arrival> arrivals, Transaction transaction) {
    for (String name : scope.leaving()) {
      store
          .find(name, LockMode.EXCLUSIVE)
          .ifPresent(directory -> {
            RetiringChain old = RetiringChain.of(name, directory, events);
            resources.add(old::close);
            retiring.put(name, old);
          });
    }
    Map<String, AttachPoint> points = openPoints(arrivals);
    requireFree(points);
    FileIdentity namespace = kernel.networkNamespace();
    long sequence = arrivals.isEmpty() ? 0 : store.nextSequence();
    for (Arrival arrival : arrivals) {
      long next = sequence++;
      String name = arrival.name();
      during(
          name, () -> chains.add(stage(arrival, transaction, points.get(name), namespace, next)));
    }
  }

  /** Where the chains are to be attached that are, by their names. */
  private Map<String, AttachPoint> openPoints(List<Arrival> arrivals) {
    Map<String, AttachPoint> points = new LinkedHashMap<>();
    for (Arrival arrival : arrivals) {
      during(arrival.name(), () -> open(arrival, points));
    }
    return points;
  }

  private void open(Arrival arrival, Map<String, AttachPoint> points) {
    try {
      AttachPoint point = arrival.openPoint(kernel);
      if (point != null) {
        resources.add(point::close);
        points.put(arrival.name(), point);
      }
    } catch (BpfException e) {
      // A path of a cgroup.
      if (!scope.isLenient() || (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR)) {
        throw e;
      }
      events.accept(Event.warning(String.valueOf(e.getMessage()), arrival.name()));
    }
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
      Arrival arrival,
      Transaction transaction,
      @Nullable AttachPoint point,
      FileIdentity namespace,
      long next) {
    ChainDirectory directory = transaction.stage(arrival.name());
    resources.add(directory::close);
    ChainObjects objects = arrival.objects().get();
    resources.add(objects::close);
    objects.pin(directory);
    SavedState state =
        new SavedState(
            arrival.rules(),
            sequence(arrival, next),
            point == null ? null : point.attached(arrival.options(), namespace),
            arrival.maps());
    ArrivingChain arriving =
        new ArrivingChain(arrival.name(), directory, objects.program(), point, state);
    arriving.save();
    return arriving;
  }

  private long sequence(Arrival arrival, long next) {
    RetiringChain old = retiring.get(arrival.name());
    if (arrival.sequence().isPresent()) {
      return arrival.sequence().getAsLong();
    }
    if (scope.isWhole() || old == null) {
      return next;
    }
    return old.state().map(SavedState::sequence).orElse(next);
  }

  private void commit(Transaction transaction, Unwinding undo) {
    for (ArrivingChain chain : chains) {
      AttachPoint point = chain.point();
      if (point != null) {
        during(chain.name(), () -> commit(chain, point, transaction, undo));
      }
      during(chain.name(), chain::save);
    }
  }

  private void commit(
      ArrivingChain chain, AttachPoint point, Transaction transaction, Unwinding undo) {
    for (RetiringChain old : retiring.values()) {
      BpfLink link = old.link(kernel, point, chain.name()).orElse(null);
      if (link != null && isInPlace(point, link)) {
        takeOver(chain, link, old, transaction, undo);
        place(point, link);
        XdpAttacher.eventAt(kernel, point).ifPresent(attached::add);
        return;
      }
    }
    try {
      attach(chain, point, undo);
    } catch (BpfException e) {
      if (!scope.isLenient() || !point.isLost(e.errno())) {
        throw e;
      }
      events.accept(Event.warning(String.valueOf(e.getMessage()), chain.name()));
      chain.detach();
    }
  }

  private void attach(ArrivingChain chain, AttachPoint point, Unwinding undo) {
    NewLinks created =
        NewLinks.create(
            kernel, chain.program(), point, neighbour(chain, point), place -> holder(point, place));
    for (BpfLink link : created.links()) {
      resources.add(link::close);
      undo.add(link::detach);
    }
    chain.pin(created);
    place(point, created.links().getFirst());
    created.event().ifPresent(attached::add);
  }

  private boolean isInPlace(AttachPoint point, BpfLink link) {
    return !scope.isWhole()
        || !(point instanceof AttachPoint.Tc direction)
        || order.isInPlace(direction, link);
  }

  private @Nullable TcxNeighbour neighbour(ArrivingChain chain, AttachPoint point) {
    if (!scope.isWhole() || !(point instanceof AttachPoint.Tc direction)) {
      return null;
    }
    List<BpfLink> following = new ArrayList<>();
    for (ArrivingChain next : chains.subList(chains.indexOf(chain) + 1, chains.size())) {
      RetiringChain old = retiring.get(next.name());
      if (old != null && point.equals(next.point())) {
        old.link(kernel, point, next.name()).ifPresent(following::add);
      }
    }
    return order.neighbour(direction, following);
  }

  private void place(AttachPoint point, BpfLink link) {
    if (point instanceof AttachPoint.Tc direction) {
      order.place(direction, link);
    }
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

  private void takeOver(
      ArrivingChain chain,
      BpfLink link,
      RetiringChain old,
      Transaction transaction,
      Unwinding undo) {
    BpfProgram running = old.running(kernel, link);
    resources.add(running::close);
    transaction.keep(chain.name(), running);
    chain.directory().pin(List.of(link));
    link.update(chain.program(), running);
    undo.add(() -> link.update(running, chain.program()));
  }

  private void publish(Transaction transaction, Unwinding undo) {
    Set<String> remaining = new LinkedHashSet<>(retiring.keySet());
    for (ArrivingChain chain : chains) {
      String name = chain.name();
      if (remaining.remove(name)) {
        during(name, () -> transaction.exchange(name));
        undo.add(() -> transaction.exchange(name));
      } else {
        during(name, () -> transaction.publish(name));
        undo.add(() -> transaction.hide(name));
      }
    }
    for (String name : remaining) {
      transaction.hide(name);
      undo.add(() -> transaction.publish(name));
    }
  }

  /** Takes a step for a chain; a failure names it. */
  private void during(String name, Runnable step) {
    try {
      step.run();
    } catch (BpfException e) {
      throw e.within("failed to " + scope.verb() + " chain '" + name + "'");
    }
  }
}
