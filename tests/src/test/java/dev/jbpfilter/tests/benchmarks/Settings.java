package dev.jbpfilter.tests.benchmarks;

import dev.jbpfilter.fuzz.Variant;
import dev.jbpfilter.tests.Checkout;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What system properties say about a run of {@link FilterBenchmark}; doc/performance.md explains
 * them.
 *
 * @param rows parts of the names of the rows to measure; empty for all
 * @param variants names of the variants to measure; empty for all
 * @param rounds how often everything is measured
 * @param manyFlows whether chains on XDP are measured with many flows, too
 * @param load whether the command that loads a chain is timed
 * @param json file to write
 * @param charts directory to write charts to
 * @param updateBaseline whether the baseline becomes this run
 * @param gate whether a row that is slower than the baseline is a failure
 */
record Settings(
    List<String> rows,
    List<String> variants,
    int rounds,
    boolean manyFlows,
    boolean load,
    Optional<Path> json,
    Optional<Path> charts,
    boolean updateBaseline,
    boolean gate) {
  private static final int ROUNDS = 15;

  Settings {
    rows = List.copyOf(rows);
    variants = List.copyOf(variants);
    if (rounds < 1) {
      throw new IllegalArgumentException("benchmark.rounds=" + rounds + " is less than 1");
    }
    if (updateBaseline && !(rows.isEmpty() && variants.isEmpty() && manyFlows)) {
      throw new IllegalArgumentException("a baseline has all rows, variants and modes");
    }
  }

  /**
   * Reads the properties; relative paths are in the root of the repository.
   *
   * @throws IllegalArgumentException if one has a value that is not known
   */
  static Settings ofProperties() {
    return new Settings(
        list("rows"),
        list("variants"),
        Integer.getInteger("benchmark.rounds", ROUNDS),
        oneOf("modes", "packet,flows", "packet").equals("packet,flows"),
        oneOf("load", "false", "true").equals("true"),
        path("json"),
        path("charts"),
        oneOf("baseline", "compare", "update").equals("update"),
        oneOf("gate", "false", "true").equals("true"));
  }

  /** Whether a row is to be measured. */
  boolean wants(BenchmarkCase row) {
    return rows.isEmpty() || rows.stream().anyMatch(row.name()::contains);
  }

  /** Whether a variant is to be measured. */
  boolean wants(Variant variant) {
    return variants.isEmpty() || variants.contains(variant.name());
  }

  private static String property(String name, String otherwise) {
    return System.getProperty("benchmark." + name, otherwise);
  }

  private static List<String> list(String name) {
    return List.of(property(name, "").split(",")).stream()
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private static Optional<Path> path(String name) {
    String path = property(name, "");
    return path.isEmpty() ? Optional.empty() : Optional.of(Checkout.ROOT.resolve(path));
  }

  private static String oneOf(String name, String usual, String other) {
    String value = property(name, usual);
    if (!value.equals(usual) && !value.equals(other)) {
      throw new IllegalArgumentException(
          "benchmark." + name + "=" + value + ", not " + usual + " or " + other);
    }
    return value;
  }
}
