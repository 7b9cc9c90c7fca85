package dev.jbpfilter.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.kernel.RunTimes;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an observer sees of chains that come, change and go. */
@RequiresBpf
class ChainObserverTest {
  private static final String RULES =
      " ACCEPT rule meta.l3_proto not ipv4 counter log CONTINUE rule ip4.proto 6 DROP";

  private List<String> before = List.of();
  private Installation installation;

  @BeforeEach
  void install() throws IOException {
    before = Descriptors.open();
    installation = new Installation();
  }

  @AfterEach
  void nothingStaysOpen() throws IOException {
    installation.run(Bpfilter::flush);
    installation.close();
    assertThat(Descriptors.open()).isEqualTo(before);
  }

  private static List<String> names(Observation observation) {
    return observation.chains().stream().map(ObservedChain::name).toList();
  }

  @Test
  void chainsComeAndGoNewestFirst() {
    installation.run(bpfilter -> {
      ChainObserver observer = bpfilter.observer();
      assertThat(observer.observe()).isEqualTo(new Observation(List.of(), List.of()));
      installation.set("chain z BF_HOOK_XDP" + RULES);
      installation.set("chain a BF_HOOK_XDP" + RULES);
      assertThat(names(observer.observe())).containsExactly("a", "z");
      assertThat(names(observer.observe("z"))).containsExactly("z");
      assertThat(observer.observe("q").chains()).isEmpty();
      bpfilter.flushChain("z");
      assertThat(names(observer.observe())).containsExactly("a");
    });
  }

  @Test
  void countersAreThoseOfTheListingAndSayWhenTheyStartAnew() {
    installation.set("chain a BF_HOOK_XDP" + RULES);
    installation.run(bpfilter -> {
      ChainObserver observer = bpfilter.observer();
      installation.count("a");
      ObservedChain first = observer.observe().chains().getFirst();
      assertThat(first.loaded()).isEqualTo(bpfilter.chain("a"));
      assertThat(first.loaded().rules().getFirst()).isEqualTo(new Counter(1, Installation.PACKET));
      installation.count("a");
      ObservedChain second = observer.observe().chains().getFirst();
      assertThat(second.loaded().rules().getFirst().packets()).isEqualTo(2);
      assertThat(second.counters()).isEqualTo(first.counters());
      bpfilter.updateChain(Installation.parse("chain a BF_HOOK_XDP DROP"));
      ObservedChain updated = observer.observe().chains().getFirst();
      assertThat(updated.counters()).isNotEqualTo(first.counters());
      assertThat(updated.loaded().rules()).isEmpty();
      assertThat(updated.loaded().chain().policy().toString()).isEqualTo("DROP");
    });
  }

  @Test
  void attachedIsWhatTheKernelSays() {
    String options = "{ifindex=" + installation.index("v0") + "}";
    installation.set("chain loaded BF_HOOK_XDP" + RULES);
    installation.set("chain gone BF_HOOK_XDP" + options + RULES);
    installation.set("chain tc BF_HOOK_TC_INGRESS" + options + RULES);
    installation.set("chain nf BF_HOOK_NF_LOCAL_IN{priorities=1-2}" + RULES);
    assertThat(attached()).containsExactly("nf", "tc", "gone");
    installation.namespace.run(() -> Shell.run("ip", "link", "del", "v0"));
    assertThat(attached()).containsExactly("nf");
  }

  private List<String> attached() {
    return installation.call(bpfilter -> bpfilter.observer().observe()).chains().stream()
        .filter(ObservedChain::attached)
        .map(ObservedChain::name)
        .toList();
  }

  @Test
  void memoryOfEachMap() {
    installation.set("chain a BF_HOOK_XDP" + RULES);
    ObservedChain chain =
        installation.call(bpfilter -> bpfilter.observer().observe()).chains().getFirst();
    assertThat(chain.maps())
        .extracting(MapMemory::name)
        .containsExactly("bf_cmap", "bf_lmap", "bf_lost");
    assertThat(chain.maps()).allSatisfy(map -> assertThat(map.bytes()).isPositive());
    assertThat(chain.maps().get(1).bytes()).isGreaterThanOrEqualTo(1 << 17);
  }

  @Test
  void runTimesWhileTheyAreMeasured() {
    installation.set("chain a BF_HOOK_XDP" + RULES);
    installation.run(bpfilter -> {
      ChainObserver observer = bpfilter.observer();
      try (RunTimes measured = RunTimes.measure()) {
        installation.count("a");
        installation.count("a");
        assertThat(measured).isNotNull();
      }
      ObservedChain chain = observer.observe().chains().getFirst();
      assertThat(chain.program().runCount()).isEqualTo(2);
      assertThat(chain.program().runTimeNanos()).isPositive();
    });
  }

  @Test
  void unreadableChainsAreNamed() {
    installation.set("chain a BF_HOOK_XDP" + RULES);
    try (var directory = installation.directory("a")) {
      directory.unlink("bf_cmap");
    }
    Observation observation = installation.call(bpfilter -> bpfilter.observer().observe());
    assertThat(observation).isEqualTo(new Observation(List.of(), List.of("a")));
  }

  @Test
  void warningsAreForListings() {
    installation.set("chain a BF_HOOK_XDP ACCEPT rule ip4.proto 6 ip6.nexthdr tcp DROP");
    installation.events.clear();
    assertThat(installation.call(bpfilter -> bpfilter.observer().observe()).chains()).hasSize(1);
    assertThat(installation.events).isEmpty();
  }
}
