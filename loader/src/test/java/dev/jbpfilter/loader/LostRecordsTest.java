package dev.jbpfilter.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.cgen.LostMap;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Directory;
import dev.jbpfilter.loader.kernel.TestRun;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a full log loses is counted, wherever the kernel counts it. */
@RequiresBpf
class LostRecordsTest {
  private static final String CHAIN =
      "chain a BF_HOOK_XDP ACCEPT set s (ip4.saddr) in { 1.1.1.1 }"
          + " rule meta.l3_proto not ipv4 log counter CONTINUE rule (ip4.saddr) in s DROP";

  private List<String> before = List.of();
  private Installation installation;

  @BeforeEach
  void load() throws IOException {
    before = Descriptors.open();
    installation = new Installation();
    installation.set(CHAIN);
  }

  @AfterEach
  void nothingStaysOpen() throws IOException {
    installation.run(Bpfilter::flush);
    installation.close();
    assertThat(Descriptors.open()).isEqualTo(before);
  }

  private void run(int times) {
    try (BpfProgram program = installation.call(bpfilter -> bpfilter.openProgram("a"))) {
      program.run(TestRun.of(new byte[Installation.PACKET]).withRepeat(times));
    }
  }

  /** Reads all of a log; returns how many entries that were. */
  private static int drain(ChainLog log) {
    int read = 0;
    while (log.poll().isPresent()) {
      read++;
    }
    return read;
  }

  private OptionalLong observed() {
    return installation
        .call(bpfilter -> bpfilter.observer().observe("a"))
        .chains()
        .getFirst()
        .lostRecords();
  }

  private void updateSet() {
    installation.run(bpfilter -> bpfilter.updateSet("a", "s", List.of("2.2.2.2"), List.of()));
  }

  @Test
  void exactlyWhatIsLostIsCounted() {
    try (ChainLog log = installation.call(bpfilter -> bpfilter.openLog("a"))) {
      run(500);
      assertThat(log.lost()).hasValue(0);
      run(1000);
      int read = drain(log);
      assertThat(read).isBetween(1000, 1499);
      assertThat(log.lost()).hasValue(1500 - read);
      run(10);
      assertThat(drain(log)).isEqualTo(10);
      assertThat(log.lost()).hasValue(1500 - read);
      assertThat(observed()).hasValue(1500 - read);
    }
  }

  @Test
  void theNumberLivesAsLongAsTheLog() {
    run(3000);
    long lost = observed().orElseThrow();
    assertThat(lost).isPositive();
    updateSet();
    run(1);
    assertThat(observed()).hasValue(lost + 1);
    installation.run(bpfilter -> bpfilter.updateChain(Installation.parse(CHAIN)));
    assertThat(observed()).hasValue(0);
  }

  @Test
  void whoDoesNotLogLosesNothing() {
    installation.set("chain a BF_HOOK_XDP ACCEPT rule ip4.proto 6 DROP");
    assertThat(observed()).isEmpty();
    assertThat(installation.entries("a")).doesNotContain(LostMap.NAME);
  }

  /** Makes the chain one that an older version has loaded. */
  private void forgetNumber() {
    try (ChainDirectory chain =
        new ChainDirectory(installation.kernel, installation.directory("a"))) {
      SavedState state = chain.state();
      List<String> maps = new ArrayList<>(state.maps());
      assertThat(maps.remove(LostMap.NAME)).isTrue();
      chain.saveState(new SavedState(state.chain(), state.sequence(), state.attached(), maps));
    }
    try (Directory chain = installation.directory("a")) {
      chain.unlink(LostMap.NAME);
    }
  }

  @Test
  void chainsOfOlderVersionsGoOn() {
    forgetNumber();
    run(3000);
    assertThat(installation.names()).containsExactly("a");
    assertThat(observed()).isEmpty();
    try (ChainLog log = installation.call(bpfilter -> bpfilter.openLog("a"))) {
      assertThat(log.lost()).isEmpty();
      updateSet();
      assertThat(drain(log)).isPositive();
    }
    assertThat(observed()).hasValue(0);
    run(3000);
    assertThat(observed().orElseThrow()).isPositive();
  }

  @Test
  void whatIsNoNumberIsDamage() {
    forgetNumber();
    MapSpec other = new MapSpec(LostMap.NAME, MapType.HASH, 4, 8, 1, 0, null);
    try (ChainDirectory chain =
            new ChainDirectory(installation.kernel, installation.directory("a"));
        BpfMap map = installation.kernel.createMap(other)) {
      SavedState state = chain.state();
      List<String> maps = new ArrayList<>(state.maps());
      maps.add(LostMap.NAME);
      chain.pin(map, LostMap.NAME);
      chain.saveState(new SavedState(state.chain(), state.sequence(), state.attached(), maps));
    }
    assertThat(installation.call(bpfilter -> bpfilter.observer().observe()).unreadable())
        .containsExactly("a");
  }
}
