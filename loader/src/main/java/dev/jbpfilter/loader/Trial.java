package dev.jbpfilter.loader;

import dev.jbpfilter.loader.TransactionRecord.Arriving;
import dev.jbpfilter.loader.TransactionRecord.Phase;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.Kernel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Chains that run until somebody confirms them; otherwise the old ones come back. Until it ends, no
 * other process can change chains: they fail with {@code EBUSY}. If this process dies, the next one
 * that changes chains brings the old ones back first.
 *
 * <p>Nothing happens by itself: the caller watches the time.
 *
 * <pre>{@code
 * try (Trial trial = bpfilter.tryRuleset(chains, Duration.ofSeconds(30))) {
 *   while (!trial.isConfirmed() && Instant.now().isBefore(trial.deadline())) {
 *     Thread.sleep(100);
 *   }
 * }
 * }</pre>
 */
public final class Trial implements AutoCloseable {
  /** Whoever is locked out depends on it that the old chains come back. */
  private static final int ATTEMPTS = 5;

  private static final long STEP_NANOS = 50_000_000;

  private final Kernel kernel;
  private final Supplier<Store> locking;
  private final Consumer<Event> events;
  private final Transaction transaction;
  private final TransactionRecord record;
  private final StateMap shared;
  private boolean ended;
  private boolean restored;

  /**
   * A transaction that is on trial.
   *
   * @param locking locks the store exclusively
   */
  Trial(
      Kernel kernel,
      Supplier<Store> locking,
      Consumer<Event> events,
      Transaction transaction,
      StateMap shared) {
    this.kernel = kernel;
    this.locking = locking;
    this.events = events;
    this.transaction = transaction;
    this.shared = shared;
    this.record = TransactionRecord.decode(shared.read());
  }

  /** Replaces chains, on trial; after a failure the old ones run. */
  static Trial begin(
      Kernel kernel,
      Store store,
      Supplier<Store> locking,
      Consumer<Event> events,
      Replacement.Scope scope,
      List<Arrival> arrivals,
      Duration limit) {
    try (Unwinding opened = new Unwinding()) {
      Transaction transaction = store.begin();
      opened.add(transaction::close);
      opened.add(() -> abandon(kernel, store, transaction, events));
      long deadline = Instant.now().plus(limit).toEpochMilli();
      Replacement replacement = new Replacement(kernel, store, events, scope);
      replacement.runOnTrial(arrivals, transaction, deadline).forEach(events);
      StateMap shared = transaction.openRecord();
      Trial trial = new Trial(kernel, locking, events, transaction, shared);
      opened.forget();
      return trial;
    }
  }

  /**
   * Ends a transaction of which nobody is to know. If the old chains don't come back it is left to
   * whoever changes chains next: it is all that is left of them.
   */
  private static void abandon(
      Kernel kernel, Store store, Transaction transaction, Consumer<Event> events) {
    transaction
        .record()
        .filter(record -> record.phase() == Phase.ON_TRIAL)
        .ifPresent(record -> rollBack(kernel, store, transaction, record, events));
    transaction.discard();
  }

  /** Confirms what other processes have on trial; returns whether any has. */
  static boolean confirm(Kernel kernel, Store store) {
    boolean confirmed = false;
    for (String name : store.staged()) {
      Optional<Transaction> dead = Transaction.ofDead(kernel, store.root(), name);
      dead.ifPresent(Transaction::close);
      Optional<StateMap> found =
          dead.isPresent() ? Optional.empty() : Transaction.findRecord(store.root(), name);
      if (found.isPresent()) {
        try (StateMap map = found.get()) {
          TransactionRecord record = TransactionRecord.decode(map.read());
          if (record.phase() == Phase.ON_TRIAL) {
            map.write(record.in(Phase.CONFIRMED).encode());
            confirmed = true;
          }
        } catch (UnreadableStateException e) {
          throw Recovery.foreign(name, e);
        }
      }
    }
    return confirmed;
  }

  /** When other processes are told that the trial ends. */
  public Instant deadline() {
    return Instant.ofEpochMilli(record.deadline());
  }

  /** Whether another process has confirmed the new chains. */
  public boolean isConfirmed() {
    return TransactionRecord.decode(shared.read()).phase() == Phase.CONFIRMED;
  }

  /** Ends the trial; the new chains stay. */
  public void keep() {
    end(true);
  }

  /**
   * Ends the trial; the old chains come back, unless another process has confirmed the new ones.
   *
   * @return whether they came back
   */
  public boolean rollBack() {
    return end(false);
  }

  /** Rolls back, if the trial has not ended yet and nobody has confirmed the new chains. */
  @Override
  public void close() {
    if (!ended) {
      end(isConfirmed());
    }
  }

  /** What can't be ended after all is left to whoever changes chains next. */
  private boolean end(boolean keep) {
    if (ended) {
      throw new IllegalStateException("the trial has ended");
    }
    ended = true;
    try (transaction;
        shared) {
      if (keep) {
        shared.write(record.in(Phase.CONFIRMED).encode());
      }
      for (int i = 1; ; i++) {
        try {
          return tryEnd();
        } catch (BpfException e) {
          // Locks are given up some time, and nobody else would bring the old chains back.
          if (e.errno() != Errno.EAGAIN && i >= ATTEMPTS) {
            throw e;
          }
          events.accept(Event.warning(e.getMessage() + ", trying again"));
          LockSupport.parkNanos(STEP_NANOS);
        }
      }
    }
  }

  private boolean tryEnd() {
    try (Store store = locking.get()) {
      Transaction here = transaction.in(store);
      if (!restored && !isConfirmed()) {
        rollBack(kernel, store, here, record, events);
        restored = true;
      }
      here.discard();
      return restored;
    }
  }

  /**
   * Brings the old chains of a transaction back, which has gone all the way forward.
   *
   * @throws BpfException with {@code EINVAL} if they were attached in another network name space
   */
  static void rollBack(
      Kernel kernel,
      Store store,
      Transaction transaction,
      TransactionRecord record,
      Consumer<Event> events) {
    if (!kernel.networkNamespace().equals(record.namespace())) {
      throw BpfException.refusal(
          Errno.EINVAL,
          "the last change was not confirmed, and can only be undone in the network name space that"
              + " it was made in, or given up by replacing or flushing all chains");
    }
    // Were a link of an old chain left, its place would be taken.
    new Completion(kernel, store, transaction, record).retire();
    Set<String> leaving = new LinkedHashSet<>();
    for (Arriving chain : record.arriving()) {
      leaving.add(chain.name());
    }
    // After a recovery that was cut short, some old ones are back already.
    leaving.addAll(record.leaving());
    try (Unwinding opened = new Unwinding()) {
      List<Arrival> old = new ArrayList<>();
      for (String name : record.leaving()) {
        ChainDirectory directory = transaction.open(name);
        opened.add(directory::close);
        try {
          old.add(Arrival.of(name, directory, directory.state().options()));
        } catch (UnreadableStateException e) {
          events.accept(
              Event.warning(
                  "failed to restore chain '" + name + "', skipping: " + e.reason().text(), name));
        }
      }
      Replacement.Scope scope = new Replacement.Scope("restore", List.copyOf(leaving), true, true);
      new Replacement(kernel, store, events, scope).run(old).forEach(events);
    }
  }
}
