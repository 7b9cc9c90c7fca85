package dev.jbpfilter.tests.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.CompileOptions;
import dev.jbpfilter.cgen.analysis.Simulation;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import dev.jbpfilter.ruleset.packet.PacketBuilder;
import dev.jbpfilter.ruleset.packet.capture.CaptureReader;
import dev.jbpfilter.ruleset.packet.capture.CaptureWriter;
import dev.jbpfilter.ruleset.packet.capture.CapturedPacket;
import dev.jbpfilter.ruleset.packet.capture.LinkType;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures how many packets of a capture go through chains in a second, reading included, in this
 * process. Not part of the test suite; doc/performance.md says how to run it.
 */
class SimulationBenchmark {
  private static final int PACKETS = Integer.getInteger("benchmark.packets", 200_000);
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 5);
  private static final int FLOWS = 20_000;
  private static final int SIZE = 600;
  private static final long GAP = 10_000;

  private record Flow(String source, int port) {}

  @TempDir private Path directory;

  @Test
  void measure() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    List<Flow> flows = new ArrayList<>();
    for (int i = 0; i < FLOWS; i++) {
      flows.add(new Flow(address(random), random.nextInt(1, 1 << 16)));
    }
    Path capture = capture(flows, random);
    for (int rules : new int[] {10, 1000, 100_000}) {
      Chain chain = chain(rules, flows, random);
      List<Double> rates = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        rates.add(rate(chain, capture));
      }
      rates.sort(null);
      System.out.printf("%d rules: %.0f packets/s%n", rules, rates.get(ROUNDS / 2));
    }
  }

  private static String address(SplittableRandom random) {
    return random.nextInt(1, 224)
        + "."
        + random.nextInt(256)
        + "."
        + random.nextInt(256)
        + "."
        + random.nextInt(256);
  }

  private Path capture(List<Flow> flows, SplittableRandom random) throws IOException {
    Path file = directory.resolve("capture");
    try (CaptureWriter writer =
        CaptureWriter.of(
            new BufferedOutputStream(Files.newOutputStream(file)), LinkType.ETHERNET)) {
      for (int i = 0; i < PACKETS; i++) {
        Flow flow = flows.get(random.nextInt(FLOWS));
        byte[] frame =
            PacketBuilder.ethernet()
                .ipv4(flow.source, "198.51.100.1")
                .tcp(40_000, flow.port, 0x10)
                .padTo(SIZE)
                .build();
        writer.write(LinkType.ETHERNET, i * GAP, frame, frame.length, "");
      }
    }
    return file;
  }

  /** Rules of an address and a port, of which every fourth is about a flow that there is. */
  private static Chain chain(int rules, List<Flow> flows, SplittableRandom random) {
    StringBuilder text = new StringBuilder("chain c BF_HOOK_XDP ACCEPT\n");
    for (int i = 0; i < rules; i++) {
      Flow flow =
          i % 4 == 0
              ? flows.get(random.nextInt(FLOWS))
              : new Flow(address(random), random.nextInt(1, 1 << 16));
      text.append("rule ip4.saddr ").append(flow.source);
      text.append(" tcp.dport ").append(flow.port).append(" counter DROP\n");
    }
    return RulesetParser.parse(new Source("rules", text.toString()), InterfaceResolver.none())
        .ruleset()
        .orElseThrow()
        .chains()
        .getFirst();
  }

  private static double rate(Chain chain, Path capture) throws IOException {
    Simulation simulation = Simulation.of(chain, CompileOptions.DEFAULT, 0);
    long start = System.nanoTime();
    try (CaptureReader reader =
        CaptureReader.of(new BufferedInputStream(Files.newInputStream(capture)))) {
      Optional<CapturedPacket> packet = reader.next();
      while (packet.isPresent()) {
        simulation.judge(packet.get());
        packet = reader.next();
      }
    }
    long nanos = System.nanoTime() - start;
    assertThat(simulation.totals().all().packets()).isEqualTo(PACKETS);
    return PACKETS * 1e9 / nanos;
  }
}
