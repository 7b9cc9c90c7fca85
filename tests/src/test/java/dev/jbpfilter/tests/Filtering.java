package dev.jbpfilter.tests;

import dev.jbpfilter.loader.Bpfilter;
import dev.jbpfilter.loader.ChainLog;
import dev.jbpfilter.loader.Event;
import dev.jbpfilter.loader.LoadedChain;
import dev.jbpfilter.loader.testing.NetworkNamespace;
import dev.jbpfilter.loader.testing.PrivateBpffs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The library at work on a BPF file system of a test's own. */
final class Filtering implements AutoCloseable {
  private final PrivateBpffs bpffs;
  private final Bpfilter bpfilter;
  private final List<Event> events = new CopyOnWriteArrayList<>();

  Filtering() throws IOException {
    bpffs = new PrivateBpffs();
    bpfilter = Bpfilter.open(Path.of(bpffs.path()), events::add);
  }

  /** Loads the chain of a text, and attaches it in a name space if it says where. */
  void set(NetworkNamespace where, String text) {
    where.run(() -> bpfilter.setChain(ThreeWayChain.parse(text)));
  }

  /** A chain with its counters. */
  LoadedChain chain(String name) {
    return bpfilter.chain(name);
  }

  /** How often rules of a chain have counted, in order. */
  List<Long> counts(String name) {
    return chain(name).rules().stream().map(counter -> counter.packets()).toList();
  }

  /** The log of a chain. */
  ChainLog log(String name) {
    return bpfilter.openLog(name);
  }

  /** What was told so far. */
  List<Event> events() {
    return events;
  }

  /** Removes all chains. */
  void flush() {
    bpfilter.flush();
  }

  /** Where an object of a chain is pinned. */
  Path pin(String chain, String object) {
    return Path.of(bpffs.path(), "bpfilter", chain, object);
  }

  @Override
  public void close() throws IOException {
    try (bpffs) {
      bpfilter.flush();
      bpfilter.close();
    }
  }
}
