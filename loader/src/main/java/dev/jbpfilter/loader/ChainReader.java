package dev.jbpfilter.loader;

import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.cgen.CounterMap;
import dev.jbpfilter.loader.UnreadableStateException.Reason;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.MapInfo;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Diagnostic;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.ParseResult;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Reads loaded chains. */
final class ChainReader {
  private static final int ENTRY_BYTES = 2 * Long.BYTES;

  private final Consumer<Event> events;

  /**
   * @param events told the warnings about each chain's rules
   */
  ChainReader(Consumer<Event> events) {
    this.events = events;
  }

  /** A chain and its place among the others. */
  record Listed(long sequence, LoadedChain chain) {
    /** The order of listings; chains of one ruleset have different numbers. */
    static final Comparator<Listed> NEWEST_FIRST =
        (one, other) -> Long.compare(other.sequence, one.sequence);
  }

  /**
   * Reads a chain and its counters.
   *
   * @throws UnreadableStateException if it is not ours, or something of it is missing
   */
  Listed read(String name, ChainDirectory directory) {
    SavedState state = directory.state();
    Chain chain = chain(name, state);
    directory.requirePins(state);
    LoadedChain loaded;
    try (BpfMap map = counters(chain, directory)) {
      loaded = counted(chain, map);
    }
    for (Diagnostic warning : chain.warnings()) {
      events.accept(Event.warning(warning.message(), name));
    }
    return new Listed(state.sequence(), loaded);
  }

  /**
   * The chain that saved state tells of.
   *
   * @throws UnreadableStateException if it is not one chain with the name of its directory
   */
  static Chain chain(String name, SavedState state) {
    ParseResult result =
        RulesetParser.parse(new Source(name, state.chain()), InterfaceResolver.none());
    if (!result.errors().isEmpty()) {
      throw damaged("its rules do not parse: " + result.errors().getFirst().message());
    }
    List<Chain> chains = result.ruleset().orElseThrow().chains();
    if (chains.size() != 1 || !chains.getFirst().name().equals(name)) {
      throw damaged("its rules are not those of chain '" + name + "'");
    }
    try {
      return chains.getFirst().withOptions(state.options());
    } catch (IllegalArgumentException e) {
      UnreadableStateException failure = damaged("its hook options are not those of its hook");
      failure.initCause(e);
      throw failure;
    }
  }

  /**
   * Opens the counters of a chain.
   *
   * @throws UnreadableStateException if they are not those of so many rules
   */
  static BpfMap counters(Chain chain, ChainDirectory directory) {
    int count = chain.rules().size();
    BpfMap map = directory.mapToRead(CounterMap.NAME);
    MapInfo info = map.info();
    if (info.type() != MapType.PERCPU_ARRAY.number()
        || info.valueSize() != ENTRY_BYTES
        || info.maxEntries() != count + 2) {
      map.close();
      throw damaged(CounterMap.NAME + " is no map of counters for " + count + " rules");
    }
    return map;
  }

  /** A chain with what its counters show now. */
  static LoadedChain counted(Chain chain, BpfMap counters) {
    int count = chain.rules().size();
    long[] sums = counters.sumsPerCpu(count + 2);
    List<Counter> rules = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rules.add(counter(sums, i));
    }
    return new LoadedChain(chain, rules, counter(sums, count), counter(sums, count + 1));
  }

  private static Counter counter(long[] sums, int index) {
    int at = index * ENTRY_BYTES;
    return new Counter(
        sums[(at + CounterMap.COUNT) / Long.BYTES], sums[(at + CounterMap.SIZE) / Long.BYTES]);
  }

  private static UnreadableStateException damaged(String what) {
    return new UnreadableStateException(new Reason.Damaged(what));
  }
}
