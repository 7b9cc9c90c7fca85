package dev.jbpfilter.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.kernel.MortalKernel;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Processes that replace chains and are killed, while packets knock at what the chains close, a
 * thousand times a second. {@code -Dchaos.replacements=N} and {@code -Dchaos.suicides=N} make it
 * longer, {@code -Dchaos.seed=N} repeats a run.
 */
@RequiresBpf
class SigkillTest {
  private static final int REPLACEMENTS = Integer.getInteger("chaos.replacements", 500);
  private static final int SUICIDES = Integer.getInteger("chaos.suicides", 5);
  private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());
  private static final int LONGEST_LIFE_MILLIS = 1500;

  /** About as many calls as it takes to replace each chain twice. */
  private static final int MOST_CALLS = 2500;

  private static final long PROBE_NANOS = 1_000_000;
  private static final Set<Place> PLACES =
      EnumSet.of(Place.XDP, Place.TC_INGRESS, Place.LOCAL_IN, Place.CGROUP_EGRESS);

  private final Random random = new Random(SEED);
  private final List<String> texts = new ArrayList<>();
  private final AtomicBoolean done = new AtomicBoolean();
  private Installation kernel;
  private Wire wire;
  private Thread probing;
  private long probes;

  @BeforeEach
  void install() throws IOException {
    kernel = new Installation();
    wire = new Wire(kernel);
    assertThat(wire.open(PLACES)).isEqualTo(PLACES);
    for (Place place : PLACES) {
      texts.add(wire.closing(place));
      kernel.set(wire.closing(place));
    }
    assertThat(wire.open(PLACES)).isEmpty();
    probing = Thread.ofPlatform().start(this::probe);
  }

  @AfterEach
  void uninstall() throws IOException, InterruptedException {
    done.set(true);
    probing.join();
    kernel.run(Bpfilter::flush);
    wire.close();
    kernel.close();
  }

  @Test
  void noPacketPassesWhileProcessesAreKilled() throws Exception {
    int replacements = 0;
    int kills = 0;
    while (replacements < REPLACEMENTS) {
      Process process = start(MortalKernel.IMMORTAL);
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        assertThat(lines.readLine()).as("seed %d", SEED).isEqualTo("replaced");
        replacements++;
        Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
        // The process's own method would lose what it printed.
        assertThat(process.toHandle().destroyForcibly()).isTrue();
        kills++;
        replacements += (int) lines.lines().filter("replaced"::equals).count();
      }
      process.waitFor();
    }
    assertNothingPassed(kills + " kills, " + replacements + " replacements");
  }

  @Test
  void noPacketPassesWhileProcessesKillThemselves() throws Exception {
    for (int i = 0; i < SUICIDES; i++) {
      int calls = 1 + random.nextInt(MOST_CALLS);
      Process process = start(calls);
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        assertThat(lines.lines()).as("after %d calls", calls).allMatch("replaced"::equals);
      }
      // As a shell would say it.
      assertThat(process.waitFor()).as("after %d calls", calls).isEqualTo(128 + 9);
    }
    assertNothingPassed(SUICIDES + " suicides");
  }

  private void assertNothingPassed(String after) throws InterruptedException {
    done.set(true);
    probing.join();
    String when = after + ", " + probes + " probes each, seed " + SEED;
    System.out.println(when);
    for (Place place : PLACES) {
      assertThat(wire.received(place)).as("%s after %s", place, when).isZero();
    }
    assertThat(wire.open(PLACES)).as(when).isEmpty();
    kernel.run(Deaths::mend);
    List<String> chains = PLACES.stream().map(Place::chain).toList();
    assertThat(kernel.entries("")).as(when).containsExactlyInAnyOrderElementsOf(chains);
    assertThat(kernel.names()).as(when).containsExactlyInAnyOrderElementsOf(chains);
    Wholeness.assertRunAsListed(kernel.observe());
    assertThat(wire.open(PLACES)).as(when).isEmpty();
    kernel.run(Bpfilter::flush);
    assertThat(wire.open(PLACES)).as(when).isEqualTo(PLACES);
  }

  private void probe() {
    long next = System.nanoTime();
    while (!done.get()) {
      PLACES.forEach(wire::send);
      probes++;
      next += PROBE_NANOS;
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private Process start(int calls) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "ip",
                "netns",
                "exec",
                kernel.namespace.name(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Replacer.class.getName(),
                kernel.bpffs.path(),
                Integer.toString(calls)));
    command.addAll(texts);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
