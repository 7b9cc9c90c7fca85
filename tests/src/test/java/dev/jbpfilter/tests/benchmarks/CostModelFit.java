package dev.jbpfilter.tests.benchmarks;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.cgen.lookup.CostSamples;
import dev.jbpfilter.cgen.lookup.CostSamples.Sample;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.TestRun;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Measures lookup structures beside their estimates, and what the constants of the cost model are
 * here. Not part of the test suite; doc/performance.md says how to run it and what it prints.
 */
@RequiresBpf
class CostModelFit {
  private static final String OVERLAPPED = "OVERLAPPED";

  /** Shorter times are lost in those of the rest of the program. */
  private static final double LEAST_NANOS = 0.5;

  private final Kernel kernel = Kernel.system();
  private final int rounds = Integer.getInteger("benchmark.rounds", 15);
  private final List<LoadedProgram> open = new ArrayList<>();

  /** A program and the same without what is measured. */
  private record Pair(Measurement whole, Measurement empty, List<Double> nanos) {
    void measure() {
      double without = empty.nanos();
      nanos.add(whole.nanos() - without);
    }

    Spread spread() {
      return Spread.of(nanos.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }

  @AfterEach
  void close() {
    open.forEach(LoadedProgram::close);
  }

  @Test
  void structures() {
    List<Sample> samples = new ArrayList<>();
    List<Pair> pairs = new ArrayList<>();
    for (Supplier<Sample> each : CostSamples.all()) {
      Sample sample = each.get();
      samples.add(sample);
      pairs.add(load(sample.whole(), sample.empty(), sample.maps()));
    }
    measure(pairs);
    System.out.printf(
        Locale.ROOT,
        "%-24s %7s %10s %20s %9s %6s%n",
        "structure",
        "boxes",
        "bytes",
        "ns",
        "estimated",
        "ratio");
    for (int i = 0; i < samples.size(); i++) {
      Sample sample = samples.get(i);
      Spread spread = pairs.get(i).spread();
      System.out.printf(
          Locale.ROOT,
          "%-24s %7d %10d %20s %9.1f %6.2f%n",
          sample.kind(),
          sample.boxes(),
          sample.bytes(),
          spread,
          sample.estimated(),
          sample.estimated() / Math.max(LEAST_NANOS, spread.median()));
    }
  }

  @Test
  void constants() {
    List<MicroPrograms.Micro> micros = new ArrayList<>(MicroPrograms.operations());
    micros.addAll(MicroPrograms.dependentLoads());
    int dependent = micros.size();
    micros.addAll(MicroPrograms.overlappedLoads());
    List<Pair> pairs = new ArrayList<>();
    for (MicroPrograms.Micro micro : micros) {
      pairs.add(load(micro.whole(), micro.empty(), micro.maps()));
    }
    measure(pairs);
    Map<String, Double> current = CostSamples.constants();
    List<String> names = new ArrayList<>(current.keySet());
    names.remove(OVERLAPPED);
    LeastSquares fit = new LeastSquares(names.size());
    for (int i = 0; i < dependent; i++) {
      fit.add(nanos(pairs.get(i)), times(micros.get(i), names));
    }
    double[] constants = fit.solve();
    LeastSquares overlap = new LeastSquares(1);
    for (int i = 0; i < micros.size(); i++) {
      double[] times = times(micros.get(i), names);
      double fitted = 0;
      for (int j = 0; j < times.length; j++) {
        fitted += times[j] * constants[j];
      }
      if (i >= dependent) {
        overlap.add(nanos(pairs.get(i)), fitted);
      }
      System.out.printf(
          Locale.ROOT,
          "%-32s %24s ns, fitted %.1f%n",
          micros.get(i).name(),
          pairs.get(i).spread(),
          fitted);
    }
    System.out.printf(Locale.ROOT, "%-20s %9s %9s%n", "constant", "now", "proposed");
    for (int i = 0; i < constants.length; i++) {
      System.out.printf(
          Locale.ROOT,
          "%-20s %9.2f %9.2f%n",
          names.get(i),
          current.get(names.get(i)),
          constants[i]);
    }
    System.out.printf(
        Locale.ROOT,
        "%-20s %9.2f %9.2f%n",
        OVERLAPPED,
        current.get(OVERLAPPED),
        overlap.solve()[0]);
  }

  private static double nanos(Pair pair) {
    return Math.max(LEAST_NANOS, pair.spread().median());
  }

  private static double[] times(MicroPrograms.Micro micro, List<String> names) {
    return names.stream().mapToDouble(name -> micro.times().getOrDefault(name, 0.0)).toArray();
  }

  private Pair load(ProgramSpec whole, ProgramSpec empty, List<MapSpec> maps) {
    LoadedProgram first = LoadedProgram.load(kernel, whole, maps);
    open.add(first);
    LoadedProgram second = LoadedProgram.load(kernel, empty, List.of(), first.maps());
    open.add(second);
    TestRun input = TestRun.of(Workloads.PACKET.frame());
    return new Pair(
        new Measurement(first.program(), input),
        new Measurement(second.program(), input),
        new ArrayList<>());
  }

  private void measure(List<Pair> pairs) {
    for (int round = 0; round < rounds; round++) {
      pairs.forEach(Pair::measure);
    }
  }
}
