package dev.jbpfilter.fuzz;

import dev.jbpfilter.cgen.lookup.StructureKind;
import dev.jbpfilter.fuzz.DenseChains.Column;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Operator;
import java.util.List;
import java.util.random.RandomGenerator;

/** Random chains, all of whose rules a given kind of structure can hold. */
public final class FittingChains {
  private static final Column SOURCE = new Column(MatcherType.IP4_SADDR, Operator.EQ);
  private static final Column TARGET = new Column(MatcherType.IP4_DADDR, Operator.EQ);
  private static final Column SOURCE_NETWORK = new Column(MatcherType.IP4_SNET, Operator.EQ);
  private static final Column TARGET_NETWORK = new Column(MatcherType.IP4_DNET, Operator.EQ);
  private static final Column SOURCE6_NETWORK = new Column(MatcherType.IP6_SNET, Operator.EQ);
  private static final Column TARGET6 = new Column(MatcherType.IP6_DADDR, Operator.EQ);
  private static final Column PORT = new Column(MatcherType.TCP_DPORT, Operator.EQ);
  private static final Column PORTS = new Column(MatcherType.TCP_DPORT, Operator.RANGE);
  private static final Column FLAGS = new Column(MatcherType.TCP_FLAGS, Operator.ALL);

  private FittingChains() {}

  /** A chain for a kind of structure. */
  public static Chain of(RandomGenerator random, Hook hook, StructureKind kind) {
    Fit fit = new Picking(random).pick(fits(kind));
    return DenseChains.of(random, hook, random.nextInt(fit.least, fit.most + 1), fit.shapes);
  }

  private record Fit(int least, int most, List<List<Column>> shapes) {}

  private static Fit fit(int least, int most, Column... shape) {
    return new Fit(least, most, List.of(List.of(shape)));
  }

  private static List<Fit> fits(StructureKind kind) {
    return switch (kind) {
      case COMPARES -> List.of(fit(1, 3, PORT), fit(1, 3, PORTS), fit(1, 3, SOURCE_NETWORK));
      case CODE_TREE -> List.of(fit(1, 200, PORT), fit(1, 200, PORTS), fit(1, 200, SOURCE_NETWORK));
      case DIRECT_TABLE -> List.of(fit(8, 1000, PORT), fit(8, 1000, PORTS), fit(8, 200, FLAGS));
      case TRIE, INTERVAL_SEARCH ->
          List.of(fit(8, 1000, SOURCE), fit(8, 1000, SOURCE_NETWORK), fit(8, 1000, PORTS));
      case STATIC_HASH ->
          List.of(
              fit(8, 1000, SOURCE),
              fit(8, 1000, TARGET6),
              fit(8, 1000, SOURCE, TARGET, PORT),
              fit(8, 300, TARGET6, PORT));
      case TUPLE_SPACE ->
          List.of(
              fit(8, 120, SOURCE_NETWORK, TARGET_NETWORK),
              fit(8, 500, SOURCE6_NETWORK, PORT),
              new Fit(8, 500, List.of(List.of(SOURCE, PORT), List.of(TARGET, PORT))));
      case CROSS_PRODUCT ->
          List.of(
              fit(8, 200, SOURCE_NETWORK, PORTS),
              fit(8, 100, SOURCE6_NETWORK, FLAGS),
              fit(8, 60, SOURCE_NETWORK, TARGET_NETWORK, PORTS));
      case BIT_VECTORS ->
          List.of(
              fit(8, 500, SOURCE_NETWORK, TARGET_NETWORK, PORTS),
              fit(8, 300, SOURCE6_NETWORK, PORTS),
              new Fit(8, 300, List.of(List.of(SOURCE_NETWORK, PORTS), List.of(TARGET, FLAGS))));
      case SEQUENCE ->
          List.of(fit(1, 100, PORTS), fit(1, 100, SOURCE_NETWORK, TARGET_NETWORK, PORTS));
      case PARTS ->
          List.of(
              new Fit(8, 300, List.of(List.of(SOURCE), List.of(PORTS))),
              new Fit(8, 300, List.of(List.of(SOURCE, PORT), List.of(TARGET_NETWORK, PORTS))),
              new Fit(8, 300, List.of(List.of(SOURCE6_NETWORK), List.of(PORT), List.of(FLAGS))));
    };
  }
}
