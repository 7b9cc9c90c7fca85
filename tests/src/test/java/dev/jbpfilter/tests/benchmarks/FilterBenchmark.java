package dev.jbpfilter.tests.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.CodegenException;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.fuzz.Variant;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.tests.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Measures compiled chains in the kernel, net of an empty program of the same hook and beside a
 * yardstick. Not part of the test suite; doc/performance.md says how to run it and what it prints.
 */
@RequiresBpf
class FilterBenchmark {
  private static final Path BASELINE = Checkout.ROOT.resolve("doc/performance/baseline.json");
  private static final int XDP_PASS = 2;

  /** What lets a packet pass on the hooks other than XDP. */
  private static final int PASS = 1;

  private final Kernel kernel = Kernel.system();
  private final Settings settings = Settings.ofProperties();
  private final List<LoadedProgram> open = new ArrayList<>();
  private final List<Subject> subjects = new ArrayList<>();
  private final List<BenchmarkRun.Refusal> refusals = new ArrayList<>();

  @AfterEach
  void close() {
    subjects.forEach(Subject::close);
    open.forEach(LoadedProgram::close);
  }

  @Test
  void measure() throws IOException, InterruptedException {
    prepare();
    List<Double> yardstick = measureRounds();
    List<Figures> rows = new ArrayList<>();
    for (Subject subject : subjects) {
      Figures figures = subject.figures();
      boolean timed = settings.load() && subject.variant().isDefault();
      rows.add(
          timed && subject.row().targetLoadMillis() > 0
              ? figures.with(CommandTimes.measure(subject.row()))
              : figures);
    }
    BenchmarkRun run =
        new BenchmarkRun(
            kernel.release(),
            Runtime.getRuntime().availableProcessors(),
            settings.rounds(),
            Spread.of(yardstick.stream().mapToDouble(Double::doubleValue).toArray()),
            rows,
            refusals);
    report(run);
  }

  private void prepare() {
    for (BenchmarkCase row : BenchmarkCase.all()) {
      for (Variant variant : Variant.plain()) {
        if (settings.wants(row) && settings.wants(variant)) {
          System.out.println("preparing " + row.name() + ", " + variant.name());
          try {
            subjects.add(Subject.prepare(kernel, row, variant, settings.manyFlows()));
          } catch (CodegenException | BpfException e) {
            String reason = Objects.requireNonNull(e.getMessage()).lines().findFirst().orElse("");
            refusals.add(new BenchmarkRun.Refusal(row.name(), variant.name(), reason));
          }
        }
      }
    }
  }

  /** Measures everything in turn; gives the net times of the yardstick, one beside each XDP row. */
  private List<Double> measureRounds() {
    Map<Flavor, Measurement> empty = new EnumMap<>(Flavor.class);
    for (Hook hook : List.of(Hook.XDP, Hook.TC_INGRESS, Hook.CGROUP_SKB_EGRESS, Hook.NF_FORWARD)) {
      int verdict = hook == Hook.XDP ? XDP_PASS : PASS;
      empty.put(hook.flavor(), load(hook, Yardstick.empty("empty", verdict), List.of()));
    }
    Measurement yardstick = load(Hook.XDP, Yardstick.code(), List.of(Yardstick.COUNTER));
    List<Double> yardsticks = new ArrayList<>();
    for (int round = 0; round < settings.rounds(); round++) {
      for (Subject subject : subjects) {
        Flavor flavor = subject.row().hook().flavor();
        double nothing = Objects.requireNonNull(empty.get(flavor)).nanos();
        if (flavor == Flavor.XDP) {
          yardsticks.add(yardstick.nanos() - nothing);
        }
        subject.measure(nothing);
      }
    }
    return yardsticks;
  }

  private Measurement load(Hook hook, Code<Virt> code, List<MapSpec> maps) {
    ProgramSpec like = Compiler.compile(Workloads.none().chain(hook)).program();
    LoadedProgram loaded =
        LoadedProgram.load(kernel, LoadedProgram.encode(like, List.of(code)), maps);
    open.add(loaded);
    return new Measurement(loaded.program(), Subject.input(hook, Workloads.PACKET.frame()));
  }

  private void report(BenchmarkRun run) throws IOException {
    Table table = new Table(System.out);
    table.print(run);
    if (settings.json().isPresent()) {
      write(settings.json().get(), RunJson.write(run));
    }
    if (settings.charts().isPresent()) {
      // Rounded as in the file, so that the same picture can be made from that.
      BenchmarkRun rounded = RunJson.read(RunJson.write(run));
      for (Map.Entry<String, Chart> chart : CostCharts.of(rounded).entrySet()) {
        write(settings.charts().get().resolve(chart.getKey()), SvgChart.write(chart.getValue()));
      }
    }
    if (settings.updateBaseline()) {
      write(BASELINE, RunJson.write(run));
    } else if (Files.exists(BASELINE)) {
      List<Comparison> comparisons = Comparison.of(run, RunJson.read(Files.readString(BASELINE)));
      table.print(comparisons);
      if (settings.gate()) {
        assertThat(comparisons).noneMatch(Comparison::isSlower);
      }
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    Files.writeString(file, text);
    System.out.println("written: " + file);
  }
}
