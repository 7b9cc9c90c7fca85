package dev.jbpfilter.tests.benchmarks;

import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.CounterMap;
import dev.jbpfilter.fuzz.Variant;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.ProgramInfo;
import dev.jbpfilter.loader.kernel.TestRun;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.Hook;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** A chain of the benchmark, compiled in one way and loaded, while it is measured. */
final class Subject implements AutoCloseable {
  /** {@code struct nf_hook_state} of a forwarded IPv4 packet. */
  private static final byte[] FORWARDED = Arrays.copyOf(new byte[] {2, 2}, 48);

  private static final int TIMES = 7;
  private static final long NANOS_ENOUGH = 2_000_000_000;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int XDP_PASS = 2;

  private final BenchmarkCase row;
  private final Variant variant;
  private final Figures figures;
  private final List<LoadedProgram> open;
  private final Measurement packet;
  private final Optional<Pair> flows;
  private final List<Double> packetTimes = new ArrayList<>();
  private final List<Double> flowTimes = new ArrayList<>();

  /** A measurement that is net of another. */
  private record Pair(Measurement whole, Measurement empty) {
    double net() {
      double without = empty.nanos();
      return whole.nanos() - without;
    }
  }

  private Subject(
      BenchmarkCase row,
      Variant variant,
      Figures figures,
      List<LoadedProgram> open,
      Measurement packet,
      Optional<Pair> flows) {
    this.row = row;
    this.variant = variant;
    this.figures = figures;
    this.open = open;
    this.packet = packet;
    this.flows = flows;
  }

  /**
   * Compiles and loads a chain, a few times each.
   *
   * @param manyFlows whether the chain is to see many flows, too, if it is one on XDP
   * @throws RuntimeException if the compiler or the kernel refuses it
   */
  static Subject prepare(Kernel kernel, BenchmarkCase row, Variant variant, boolean manyFlows) {
    Workload workload = row.workload().get();
    Chain chain = workload.chain(row.hook());
    List<Double> compile = new ArrayList<>();
    CompiledChain compiled = repeat(compile, () -> variant.compile(chain));
    List<LoadedProgram> open = new ArrayList<>();
    try {
      List<Double> load = new ArrayList<>();
      LoadedProgram loaded =
          repeat(
              load,
              () -> {
                close(open);
                LoadedProgram next =
                    LoadedProgram.load(kernel, compiled.program(), compiled.maps());
                open.add(next);
                return next;
              });
      Optional<Pair> flows =
          manyFlows && row.hook() == Hook.XDP
              ? Optional.of(flows(kernel, compiled, workload, loaded, open))
              : Optional.empty();
      Measurement packet =
          new Measurement(loaded.program(), input(row.hook(), workload.packet().frame()));
      Figures figures = figures(row, variant, compiled, loaded, median(load), median(compile));
      return new Subject(row, variant, figures, open, packet, flows);
    } catch (RuntimeException e) {
      close(open);
      throw e;
    }
  }

  private static Figures figures(
      BenchmarkCase row,
      Variant variant,
      CompiledChain compiled,
      LoadedProgram loaded,
      double loadMillis,
      double compileMillis) {
    ProgramInfo info = loaded.program().info();
    return new Figures(
        row.name(),
        variant.name(),
        row.rules(),
        compiled.program().instructions().count(),
        info.verifiedInstructions(),
        info.jitedBytes(),
        tableBytes(compiled.maps()),
        loadMillis,
        compileMillis,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Pair flows(
      Kernel kernel,
      CompiledChain compiled,
      Workload workload,
      LoadedProgram chain,
      List<LoadedProgram> open) {
    FlowStream stream = FlowStream.of(workload);
    String function = compiled.functions().getFirst().name();
    List<Code<Virt>> functions = new ArrayList<>(List.of(stream.code(function)));
    functions.addAll(compiled.functions());
    LoadedProgram whole =
        LoadedProgram.load(
            kernel,
            LoadedProgram.encode(compiled.program(), functions),
            stream.maps(),
            chain.maps());
    open.add(whole);
    List<Code<Virt>> without = List.of(stream.code(function), Yardstick.empty(function, XDP_PASS));
    LoadedProgram empty =
        LoadedProgram.load(
            kernel, LoadedProgram.encode(compiled.program(), without), stream.maps());
    open.add(empty);
    TestRun input = TestRun.of(stream.first().frame());
    whole.program().run(input.withRepeat(stream.size()));
    BpfMap counters = Objects.requireNonNull(chain.maps().get(CounterMap.NAME));
    stream.check(counters, compiled.chain().rules().size());
    return new Pair(
        new Measurement(whole.program(), input), new Measurement(empty.program(), input));
  }

  BenchmarkCase row() {
    return row;
  }

  Variant variant() {
    return variant;
  }

  /**
   * One round.
   *
   * @param empty what an empty program of the same hook took just now
   */
  void measure(double empty) {
    packetTimes.add(packet.nanos() - empty);
    flows.ifPresent(pair -> flowTimes.add(pair.net()));
  }

  /** What was measured till now. */
  Figures figures() {
    return figures.with(spread(packetTimes), spread(flowTimes));
  }

  /** A packet for a program on a hook. */
  static TestRun input(Hook hook, byte[] frame) {
    TestRun input = TestRun.of(frame);
    return hook.flavor() == Flavor.NETFILTER ? input.withContext(FORWARDED) : input;
  }

  /** Bytes of the read-only arrays among some maps. */
  private static long tableBytes(List<MapSpec> maps) {
    long bytes = 0;
    for (MapSpec map : maps) {
      if (map.isConstant() && map.type() == MapType.ARRAY) {
        bytes += (long) map.valueSize() * map.maxEntries();
      }
    }
    return bytes;
  }

  /** Does a step a few times, fewer if it takes long; the first time only warms up. */
  private static <T> T repeat(List<Double> millis, Supplier<T> step) {
    long start = System.nanoTime();
    T result = step.get();
    long first = System.nanoTime() - start;
    if (first > NANOS_ENOUGH) {
      millis.add(first / NANOS_PER_MILLI);
      return result;
    }
    long begin = System.nanoTime();
    while (millis.size() < TIMES
        && (millis.isEmpty() || System.nanoTime() - begin < NANOS_ENOUGH)) {
      start = System.nanoTime();
      result = step.get();
      millis.add((System.nanoTime() - start) / NANOS_PER_MILLI);
    }
    return result;
  }

  private static double median(List<Double> values) {
    return spread(values).orElseThrow().median();
  }

  private static Optional<Spread> spread(List<Double> values) {
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(Spread.of(values.stream().mapToDouble(Double::doubleValue).toArray()));
  }

  private static void close(List<LoadedProgram> open) {
    open.forEach(LoadedProgram::close);
    open.clear();
  }

  @Override
  public void close() {
    close(open);
  }
}
