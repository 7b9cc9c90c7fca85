package dev.jbpfilter.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.Directory;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.LockMode;
import dev.jbpfilter.loader.kernel.RingWriter;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RequiresBpf
class ChainLogTest {
  private static final MapSpec RING =
      new MapSpec(ChainLog.MAP, MapType.RINGBUF, 0, 0, 1 << 17, 0, null);
  private static final int LENGTH = 120;

  private List<String> before = List.of();
  private Installation installation;

  @BeforeEach
  void load() throws IOException {
    before = Descriptors.open();
    installation = new Installation();
    installation.run(bpfilter ->
        bpfilter.loadChain(Installation.parse("chain a BF_HOOK_XDP ACCEPT rule ip4.proto 6 DROP")));
  }

  @AfterEach
  void nothingStaysOpen() throws IOException {
    installation.close();
    assertThat(Descriptors.open()).isEqualTo(before);
  }

  /** Gives the chain a map in the place of its log. */
  private BpfMap giveLog(MapSpec spec) {
    BpfMap map = installation.kernel.createMap(spec);
    try (ChainDirectory chain =
        new ChainDirectory(installation.kernel, installation.directory("a"))) {
      SavedState state = chain.state();
      List<String> maps = new ArrayList<>(state.maps());
      maps.add(ChainLog.MAP);
      chain.pin(map, ChainLog.MAP);
      chain.saveState(new SavedState(state.chain(), state.sequence(), state.attached(), maps));
    }
    return map;
  }

  private BpfException refused(String chain) {
    return catchThrowableOfType(
        BpfException.class, () -> installation.run(bpfilter -> bpfilter.openLog(chain).close()));
  }

  @Test
  void entriesAreReadWithoutLocks() {
    try (BpfMap map = giveLog(RING);
        RingWriter writer = RingWriter.copying(installation.kernel, map, RING);
        ChainLog log = installation.call(bpfilter -> bpfilter.openLog("a"));
        Directory root =
            installation.kernel.openDirectory(installation.bpffs.path() + "/bpfilter");
        Directory chain = installation.directory("a")) {
      root.lock(LockMode.EXCLUSIVE, Duration.ZERO);
      chain.lock(LockMode.EXCLUSIVE, Duration.ZERO);
      assertThat(log.await(Duration.ofMillis(1))).isFalse();
      assertThat(log.poll()).isEmpty();
      assertThat(writer.write(7, LENGTH)).isTrue();
      assertThat(log.await(Duration.ofSeconds(10))).isTrue();
      assertThat(log.poll().orElseThrow()).hasSize(LENGTH).startsWith(7, 0, 0);
      assertThat(log.poll()).isEmpty();
    }
  }

  @Test
  void theLogOfAChainThatIsGoneIsSilent() {
    giveLog(RING).close();
    try (ChainLog log = installation.call(bpfilter -> bpfilter.openLog("a"))) {
      installation.run(bpfilter -> bpfilter.flushChain("a"));
      assertThat(log.await(Duration.ofMillis(1))).isFalse();
      assertThat(log.poll()).isEmpty();
    }
  }

  @Test
  void theBootTimeLeadsToTheWallClock() {
    giveLog(RING).close();
    try (ChainLog log = installation.call(bpfilter -> bpfilter.openLog("a"))) {
      // Java's clock for measuring is the kernel's monotonic one.
      long nanos = log.bootTime() + System.nanoTime();
      Instant now = Clock.systemUTC().instant();
      assertThat(Instant.ofEpochSecond(0, nanos))
          .isBetween(now.minusSeconds(2), now.plusSeconds(2));
    }
  }

  @Test
  void noLogNoChain() {
    assertThat(refused("a"))
        .hasMessage("chain 'a' has no logs buffer: No such file or directory")
        .returns(Errno.ENOENT, BpfException::errno);
    assertThat(refused("b"))
        .hasMessage("chain 'b' not found: No such file or directory")
        .returns(Errno.ENOENT, BpfException::errno);
    assertThat(refused("../a").errno()).isEqualTo(Errno.ENOENT);
  }

  @Test
  void damagedLogs() {
    giveLog(new MapSpec(ChainLog.MAP, MapType.ARRAY, 4, 4, 1, 0, null)).close();
    assertThat(refused("a")).hasMessage("chain 'a' not found: No such file or directory");
    assertThat(installation.events.getLast().text())
        .startsWith("failed to restore chain 'a'")
        .contains("bf_lmap is no ring buffer");
    try (Directory chain = installation.directory("a")) {
      chain.unlink(ChainLog.MAP);
    }
    assertThat(refused("a").errno()).isEqualTo(Errno.ENOENT);
    assertThat(installation.events.getLast().text()).contains("no map is pinned as bf_lmap");
  }

  @Test
  void stepsAreToldWhereAsked() {
    List<String> steps = new ArrayList<>();
    List<String> programs = new ArrayList<>();
    BpfilterOptions options =
        BpfilterOptions.of(installation.events::add)
            .withSteps(steps::add)
            .withPrograms(chain -> programs.add(chain.chain().name()));
    String root = installation.bpffs.path() + "/bpfilter";
    try (Bpfilter bpfilter = Bpfilter.open(Path.of(installation.bpffs.path()), options)) {
      bpfilter.loadChain(Installation.parse("chain b BF_HOOK_XDP ACCEPT"));
    }
    assertThat(programs).containsExactly("b");
    assertThat(steps)
        .startsWith(root + ": flock exclusive")
        .contains("map bf_cmap: BPF_MAP_CREATE", "program bf_prog: BPF_PROG_LOAD")
        .anyMatch(step -> step.endsWith("/bf_prog: BPF_OBJ_PIN"))
        .anyMatch(step -> step.endsWith(" to b: renameat2"));
  }
}
