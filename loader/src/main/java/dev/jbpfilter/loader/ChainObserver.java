package dev.jbpfilter.loader;

import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.LinkInfo.Target;
import dev.jbpfilter.loader.kernel.LockMode;
import dev.jbpfilter.loader.kernel.ProgramInfo;
import dev.jbpfilter.ruleset.Chain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Looks at chains again and again. It locks them only while it looks, and reads the rules of a
 * chain again only if they have changed. One object is for one thread.
 *
 * <pre>{@code
 * ChainObserver observer = bpfilter.observer();
 * for (ObservedChain chain : observer.observe().chains()) {
 *   System.out.println(chain.name() + ": " + chain.lostRecords());
 * }
 * }</pre>
 */
public final class ChainObserver {
  private final Supplier<Store> lock;
  private Map<String, Known> known = new HashMap<>();

  /**
   * @param lock opens the store, to read
   */
  ChainObserver(Supplier<Store> lock) {
    this.lock = lock;
  }

  /**
   * What was read of a chain.
   *
   * @param stateId of the map that it was read from
   */
  private record Known(int stateId, SavedState state, Chain chain) {}

  private record Seen(long sequence, ObservedChain chain) {}

  /**
   * Looks at all chains.
   *
   * @throws BpfException with {@code EAGAIN} if another process keeps its lock
   */
  public Observation observe() {
    return observe(name -> true);
  }

  /**
   * Looks at one chain; there may be none of that name.
   *
   * @throws BpfException with {@code EAGAIN} if another process keeps its lock
   */
  public Observation observe(String name) {
    return observe(name::equals);
  }

  private Observation observe(Predicate<String> wanted) {
    List<Seen> seen = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    Map<String, Known> still = new HashMap<>();
    try (Store store = lock.get()) {
      for (String name : store.names()) {
        Optional<ChainDirectory> found =
            wanted.test(name) ? store.find(name, LockMode.SHARED) : Optional.empty();
        if (found.isPresent()) {
          try (ChainDirectory directory = found.get()) {
            Known chain = know(name, directory);
            still.put(name, chain);
            seen.add(new Seen(chain.state.sequence(), look(chain, directory)));
          } catch (UnreadableStateException e) {
            unreadable.add(name);
          }
        }
      }
    }
    known = still;
    seen.sort((one, other) -> Long.compare(other.sequence, one.sequence));
    return new Observation(seen.stream().map(Seen::chain).toList(), unreadable);
  }

  private Known know(String name, ChainDirectory directory) {
    int id = directory.stateId();
    Known before = known.get(name);
    if (before != null && before.stateId == id) {
      return before;
    }
    SavedState state = directory.state();
    return new Known(id, state, ChainReader.chain(name, state));
  }

  private ObservedChain look(Known known, ChainDirectory directory) {
    directory.requirePins(known.state);
    int counters;
    List<MapMemory> memory = new ArrayList<>();
    LoadedChain loaded;
    try (BpfMap map = ChainReader.counters(known.chain, directory)) {
      counters = map.info().id();
      loaded = ChainReader.counted(known.chain, map);
    }
    for (String name : known.state.maps()) {
      try (BpfMap map = directory.mapToRead(name)) {
        map.memory().ifPresent(bytes -> memory.add(new MapMemory(name, bytes)));
      }
    }
    return new ObservedChain(
        loaded,
        isAttached(known.state, directory),
        counters,
        lost(known.state, directory),
        program(directory),
        memory);
  }

  private static boolean isAttached(SavedState state, ChainDirectory directory) {
    if (state.attached() == null) {
      return false;
    }
    try (PinnedLinks links = directory.links()) {
      for (BpfLink link : links.all()) {
        boolean gone =
            switch (link.info().target()) {
              case Target.Xdp xdp -> xdp.interfaceIndex() == 0;
              case Target.Tcx tcx -> tcx.interfaceIndex() == 0;
              case Target.Cgroup cgroup -> cgroup.cgroupId() == 0;
              case Target.Netfilter netfilter -> false;
              case Target.Other other -> true;
            };
        if (gone) {
          return false;
        }
      }
      return true;
    }
  }

  private static OptionalLong lost(SavedState state, ChainDirectory directory) {
    Optional<LostRecords> open = LostRecords.open(directory, state);
    if (open.isEmpty()) {
      return OptionalLong.empty();
    }
    try (LostRecords lost = open.get()) {
      return OptionalLong.of(lost.count());
    }
  }

  private static ProgramInfo program(ChainDirectory directory) {
    try (BpfProgram program = directory.program()) {
      return program.info();
    }
  }
}
