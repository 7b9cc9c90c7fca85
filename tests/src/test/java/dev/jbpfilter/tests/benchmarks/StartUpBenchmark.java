package dev.jbpfilter.tests.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jbpfilter.loader.testing.PrivateBpffs;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import dev.jbpfilter.tests.Checkout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures what small commands cost, each a process of its own, in turn with {@code true} and with
 * an empty program of the JDK that runs this. Not part of the test suite; doc/performance.md says
 * how to run it. With {@code -Dbenchmark.launcher=PATH,…}, other launchers than that of the
 * checkout are measured, too.
 */
@RequiresBpf
class StartUpBenchmark {
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 30);
  private static final Path RULES = Checkout.ROOT.resolve("doc/examples/web-server.rules");
  private static final double MICROS_PER_MILLI = 1000;
  private static final double KIBIBYTES_PER_MEGABYTE = 1e6 / 1024;

  @TempDir private Path directory;

  /** What a run took: wall and processor time in milliseconds, memory in megabytes. */
  private record Cost(double wall, double processor, double memory) {}

  @Test
  void measure() throws IOException {
    Shell.run("gcc", "-O2", "-o", measuring().toString(), "-xc", source().toString());
    try (PrivateBpffs full = new PrivateBpffs();
        PrivateBpffs loading = new PrivateBpffs()) {
      Map<String, List<String>> commands = commands(full.path(), loading.path());
      Map<String, List<Cost>> costs = new LinkedHashMap<>();
      for (int round = 0; round < ROUNDS; round++) {
        commands.forEach((name, command) ->
            costs.computeIfAbsent(name, unused -> new ArrayList<>()).add(run(command)));
      }
      print(costs);
    }
  }

  private Path measuring() {
    return directory.resolve("measure");
  }

  private Path source() throws IOException {
    try (InputStream in = StartUpBenchmark.class.getResourceAsStream("measure.c")) {
      return Files.write(directory.resolve("measure.c"), Objects.requireNonNull(in).readAllBytes());
    }
  }

  private Map<String, List<String>> commands(String full, String loading) throws IOException {
    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put("`true`", List.of("/bin/true"));
    commands.put(
        "empty `main`",
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            emptyMain().toString(),
            "Empty"));
    List<String> launchers = new ArrayList<>(List.of(Checkout.LAUNCHER.toString()));
    launchers.addAll(Arrays.asList(System.getProperty("benchmark.launcher", "").split(",", -1)));
    launchers.removeIf(String::isEmpty);
    String chain = "chain %s BF_HOOK_XDP ACCEPT rule ip4.saddr 192.0.2.1 counter DROP";
    for (String name : List.of("a", "b", "c")) {
      Shell.run(
          launchers.getFirst(), "-b", full, "chain", "set", "--from-str", chain.formatted(name));
    }
    for (String launcher : launchers) {
      String of = launchers.size() == 1 ? "" : ", " + launcher;
      commands.put("`--version`" + of, List.of(launcher, "--version"));
      commands.put("`--help`" + of, List.of(launcher, "--help"));
      commands.put(
          "`ruleset set --dry-run`" + of,
          List.of(launcher, "ruleset", "set", "--dry-run", "--from-file", RULES.toString()));
      commands.put(
          "`chain set`" + of,
          List.of(launcher, "-b", loading, "chain", "set", "--from-str", chain.formatted("d")));
      commands.put("`ruleset get`" + of, List.of(launcher, "-b", full, "ruleset", "get"));
    }
    return commands;
  }

  private Path emptyMain() throws IOException {
    Path source = directory.resolve("Empty.java");
    Files.writeString(source, "class Empty { public static void main(String[] a) {} }");
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", directory.toString(), source.toString());
    if (status != 0) {
      throw new IllegalStateException("javac ended with " + status);
    }
    Path jar = directory.resolve("empty.jar");
    Shell.run(
        Path.of(System.getProperty("java.home"), "bin", "jar").toString(),
        "--create",
        "--file",
        jar.toString(),
        "-C",
        directory.toString(),
        "Empty.class");
    return jar;
  }

  private Cost run(List<String> command) {
    List<String> words = new ArrayList<>(List.of(measuring().toString()));
    words.addAll(command);
    String[] figures = Shell.run(words.toArray(String[]::new)).split(" ", -1);
    if (!figures[0].equals("0")) {
      throw new IllegalStateException(String.join(" ", command) + " ended with " + figures[0]);
    }
    return new Cost(
        Long.parseLong(figures[1]) / MICROS_PER_MILLI,
        Long.parseLong(figures[2]) / MICROS_PER_MILLI,
        Long.parseLong(figures[3]) / KIBIBYTES_PER_MEGABYTE);
  }

  private static void print(Map<String, List<Cost>> costs) {
    List<Cost> empty = Objects.requireNonNull(costs.get("empty `main`"));
    double unit = median(empty.stream().mapToDouble(Cost::processor).toArray());
    StringBuilder table = new StringBuilder();
    table.append(
        "| Command | Wall, ms | CPU, ms | × empty `main` | Peak, MB |\n|---|---|---|---|---|\n");
    costs.forEach((name, all) -> {
      double processor = median(all.stream().mapToDouble(Cost::processor).toArray());
      table.append(
          "| %s | %.0f | %.0f | %.2f | %.0f |%n"
              .formatted(
                  name,
                  median(all.stream().mapToDouble(Cost::wall).toArray()),
                  processor,
                  processor / unit,
                  median(all.stream().mapToDouble(Cost::memory).toArray())));
    });
    System.out.writeBytes(table.toString().getBytes(UTF_8));
  }

  private static double median(double[] values) {
    return Spread.of(values).median();
  }
}
