package dev.jbpfilter.loader;

import dev.jbpfilter.loader.TransactionRecord.Phase;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.LinkInfo;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Ends what processes left that died while they changed chains, before the next change. A
 * transaction whose directory can be locked has no process any more; what its record says decides:
 *
 * <ul>
 *   <li>nothing, or no record: nothing was touched, and the directory is removed;
 *   <li>prepared: back. Links that were taken over run their old programs again, new ones are
 *       detached;
 *   <li>committed: forward ({@link Completion});
 *   <li>on trial: forward, and then back as if the time were over ({@link Trial});
 *   <li>confirmed: the old chains are removed.
 * </ul>
 *
 * <p>Whatever dies in here is ended in the same way by the next process: each step can be done
 * again. The latest transaction comes first, for it may be the recovery of an earlier one.
 */
final class Recovery {
  private final Kernel kernel;
  private final Store store;
  private final Consumer<Event> events;

  Recovery(Kernel kernel, Store store, Consumer<Event> events) {
    this.kernel = kernel;
    this.store = store;
    this.events = events;
  }

  /**
   * Ends everything.
   *
   * @param isWhole whether all chains are replaced then: what can only be restored in another
   *     network name space, which may be gone, is given up
   * @throws BpfException with {@code EBUSY} if chains of a process that lives await confirmation
   */
  void run(boolean isWhole) {
    for (String name : store.staged()) {
      Optional<Transaction> found = Transaction.ofDead(kernel, store.root(), name);
      if (found.isEmpty()) {
        requireNoTrial(name);
      } else {
        try (Transaction transaction = found.get()) {
          end(transaction, isWhole);
        }
      }
    }
    for (String name : store.names()) {
      try (ChainDirectory chain = store.peek(name)) {
        repair(name, chain);
      }
    }
  }

  private void requireNoTrial(String name) {
    Optional<StateMap> found = Transaction.findRecord(store.root(), name);
    if (found.isEmpty()) {
      return;
    }
    try (StateMap map = found.get()) {
      TransactionRecord record = TransactionRecord.decode(map.read());
      if (record.phase() == Phase.ON_TRIAL) {
        throw BpfException.refusal(
            Errno.EBUSY,
            "the last change awaits confirmation until "
                + DateTimeFormatter.ofPattern("HH:mm:ss")
                    .format(Instant.ofEpochMilli(record.deadline()).atZone(ZoneId.systemDefault()))
                + " (process "
                + record.owner()
                + "), keep it with 'bfcli ruleset confirm'");
      }
    } catch (UnreadableStateException e) {
      throw foreign(name, e);
    }
  }

  /** The refusal for a transaction of a process that lives and is not ours. */
  static BpfException foreign(String name, UnreadableStateException cause) {
    BpfException refusal =
        BpfException.refusal(
            Errno.EBUSY,
            "another version changes chains (" + name + ", " + cause.reason().text() + ")");
    refusal.initCause(cause);
    return refusal;
  }

  private void end(Transaction transaction, boolean isWhole) {
    Optional<TransactionRecord> found;
    try {
      found = transaction.record();
    } catch (UnreadableStateException e) {
      events.accept(
          Event.warning(
              "removing unreadable transaction " + transaction + ": " + e.reason().text()));
      transaction.discard();
      return;
    }
    if (found.isPresent()) {
      TransactionRecord record = found.get();
      events.accept(
          Event.warning(
              "process "
                  + record.owner()
                  + " died while it changed chains, "
                  + (record.phase() == Phase.PREPARED || record.phase() == Phase.ON_TRIAL
                      ? "restoring the old ones"
                      : "completing the new ones")));
      switch (record.phase()) {
        case PREPARED -> back(transaction);
        case COMMITTED -> forward(transaction, record);
        case ON_TRIAL -> {
          forward(transaction, record);
          if (isWhole && !record.namespace().equals(kernel.networkNamespace())) {
            events.accept(Event.warning("their network name space is another one: not restored"));
          } else {
            Trial.rollBack(kernel, store, transaction, record, events);
          }
        }
        case CONFIRMED -> {}
      }
    }
    transaction.discard();
  }

  private void forward(Transaction transaction, TransactionRecord record) {
    Completion completion = new Completion(kernel, store, transaction, record);
    completion.publish();
    try {
      completion.retire();
    } catch (BpfException e) {
      // The new chains have the hooks; who comes next must not fail for what is left of old ones.
      events.accept(Event.warning(String.valueOf(e.getMessage())));
    }
  }

  private static void back(Transaction transaction) {
    for (String name : transaction.staged()) {
      try (ChainDirectory chain = transaction.open(name);
          PinnedLinks links = chain.links()) {
        Optional<BpfProgram> kept = transaction.kept(name);
        if (kept.isPresent()) {
          try (BpfProgram old = kept.get()) {
            links.all().forEach(link -> restore(link, old));
          }
        } else {
          links.all().forEach(BpfLink::detach);
        }
      }
    }
  }

  /** Lets a link run a program; returns whether it can run any. */
  private static boolean restore(BpfLink link, BpfProgram program) {
    try {
      link.update(program);
      return true;
    } catch (BpfException e) {
      if (e.errno() == Errno.ENOLINK) {
        // The device or cgroup is gone.
        return false;
      }
      throw e;
    }
  }

  /** Sets right what no transaction tells of, in a directory that may be another tool's. */
  private void repair(String name, ChainDirectory chain) {
    chain.dropNewState();
    Optional<BpfProgram> found = chain.findProgram();
    if (found.isEmpty()) {
      return;
    }
    try (BpfProgram program = found.get();
        PinnedLinks links = chain.links()) {
      for (BpfLink link : links.all()) {
        if (runsAnother(link, program) && isOurs(chain) && restore(link, program)) {
          events.accept(
              Event.warning("its link ran another program than its own, which is mended", name));
        }
      }
    }
  }

  /** Netfilter links always run the program that they were created with. */
  private static boolean runsAnother(BpfLink link, BpfProgram program) {
    LinkInfo info = link.info();
    return info.programId() != program.info().id()
        && !(info.target() instanceof LinkInfo.Target.Netfilter);
  }

  private static boolean isOurs(ChainDirectory chain) {
    try {
      return chain.state().attached() != null;
    } catch (UnreadableStateException e) {
      return false;
    }
  }
}
