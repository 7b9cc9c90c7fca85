package dev.jbpfilter.tests;

import dev.jbpfilter.cgen.analysis.Count;
import dev.jbpfilter.cgen.analysis.Outcome;
import dev.jbpfilter.loader.ChainLog;
import dev.jbpfilter.loader.Counter;
import dev.jbpfilter.loader.LoadedChain;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.packet.Environment;
import dev.jbpfilter.ruleset.packet.Evaluation;
import dev.jbpfilter.ruleset.packet.Evaluator;
import dev.jbpfilter.ruleset.packet.WireBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A chain that is attached and logs: what it does, and what the reference evaluator says. */
final class WatchedChain implements AutoCloseable {
  private final Filtering filtering;
  private final Chain chain;
  private final Evaluator evaluator;
  private final ChainLog log;
  private List<Count> counters;

  WatchedChain(Filtering filtering, String name) {
    this.filtering = filtering;
    chain = filtering.chain(name).chain();
    evaluator = Evaluator.of(chain, Environment.fixed(1, 0));
    log = filtering.log(name);
    counters = counters();
  }

  /**
   * What a chain did.
   *
   * @param counters by how much each rule's counter grew, then those of policy and errors
   * @param log the records that were logged, with time 0
   */
  record Effects(List<Count> counters, List<WireBytes> log) {}

  /** What it did since it was asked last. */
  Effects observed() {
    List<Count> before = counters;
    counters = counters();
    List<Count> difference = new ArrayList<>();
    for (int i = 0; i < counters.size(); i++) {
      difference.add(counters.get(i).minus(before.get(i)));
    }
    List<WireBytes> records = new ArrayList<>();
    for (Optional<byte[]> next = log.poll(); next.isPresent(); next = log.poll()) {
      records.add(Outcome.timeless(next.get()));
    }
    return new Effects(difference, records);
  }

  /** What it has to do. */
  Effects expected(Function<Evaluator, Evaluation> input) {
    Outcome outcome = Outcome.expected(chain, input.apply(evaluator));
    return new Effects(outcome.counters(), outcome.log());
  }

  private List<Count> counters() {
    LoadedChain loaded = filtering.chain(chain.name());
    List<Counter> all = new ArrayList<>(loaded.rules());
    all.add(loaded.policy());
    all.add(loaded.errors());
    return all.stream().map(counter -> new Count(counter.packets(), counter.bytes())).toList();
  }

  @Override
  public void close() {
    log.close();
  }
}
