package dev.jbpfilter.loader;

import static dev.jbpfilter.loader.Installation.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.Kernels;
import dev.jbpfilter.loader.kernel.MortalKernel;
import dev.jbpfilter.loader.kernel.MortalKernel.Pace;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Chains in a container, as they change and fail. */
@RequiresBpf
class TokenChangesTest extends Contained {
  private static final int ODD_ERRNO = 61;

  @Test
  void everyCallMayFail() {
    call("assertEveryCallMayFail");
  }

  static void assertEveryCallMayFail(String[] arguments) {
    int opening = 0;
    while (opensNot(opening, arguments[0])) {
      opening++;
    }
    // The directory, the kernel's types, and the token.
    assertThat(opening).isGreaterThanOrEqualTo(4);
    Chain chain = chain(Hook.XDP).withOptions(options(Hook.XDP, ""));
    int failures = opening;
    while (failsAt(failures, arguments[0], chain)) {
      failures++;
    }
    assertThat(failures - opening).isGreaterThan(30);
  }

  private static boolean failsAt(int position, String bpffs, Chain chain) {
    List<String> before = Descriptors.open();
    Kernels.Failing calls = new Kernels.Failing(position, ODD_ERRNO);
    BpfilterOptions options = BpfilterOptions.of(event -> {}).withToken();
    try (Bpfilter bpfilter = Bpfilter.open(calls.kernel(), bpffs, options)) {
      bpfilter.setChain(chain);
    } catch (BpfException e) {
      assertThat(e.errno()).as(e.getMessage()).isEqualTo(ODD_ERRNO);
    }
    assertThat(Descriptors.open()).as("after failure %d", position).isEqualTo(before);
    return calls.failed();
  }

  private static boolean opensNot(int position, String bpffs) {
    List<String> before = Descriptors.open();
    Kernels.Failing calls = new Kernels.Failing(position, ODD_ERRNO);
    BpfilterOptions options = BpfilterOptions.of(event -> {}).withToken();
    BpfException failure =
        catchThrowableOfType(
            BpfException.class, () -> Bpfilter.open(calls.kernel(), bpffs, options).close());
    if (calls.failed()) {
      assertThat(failure.errno()).isEqualTo(ODD_ERRNO);
    } else {
      assertThat(failure).isNull();
    }
    assertThat(Descriptors.open()).as("after failure %d", position).isEqualTo(before);
    return calls.failed();
  }

  @Test
  void xdpAndTcChainsSeeTheTraffic() {
    call("assertTraffic");
  }

  static void assertTraffic(String[] arguments) throws IOException {
    try (Bpfilter bpfilter = openWithToken(arguments)) {
      int v0 = (int) Bpfilter.interfaces().index("v0").getAsLong();
      int v1 = (int) Bpfilter.interfaces().index("v1").getAsLong();
      String rule = "ACCEPT rule ip4.daddr 192.0.2.2 log counter DROP";
      bpfilter.setChain(parse("chain x BF_HOOK_XDP{ifindex=" + v1 + "} " + rule));
      send();
      assertThat(bpfilter.chain("x").rules().getFirst().packets()).isEqualTo(PACKETS);
      try (ChainLog log = bpfilter.openLog("x")) {
        assertThat(log.poll()).isPresent();
      }
      bpfilter.setChain(parse("chain t BF_HOOK_TC_EGRESS{ifindex=" + v0 + "} " + rule));
      send();
      assertThat(bpfilter.chain("t").rules().getFirst().packets()).isEqualTo(PACKETS);
      assertThat(bpfilter.chain("x").rules().getFirst().packets()).isEqualTo(PACKETS);
    }
  }

  @Test
  void tcChainsRunInTheOrderOfTheRuleset() {
    call("assertOrder");
  }

  static void assertOrder(String[] arguments) throws IOException {
    long v0 = Bpfilter.interfaces().index("v0").getAsLong();
    String text = "BF_HOOK_TC_EGRESS{ifindex=" + v0 + "} NEXT rule ip4.daddr 192.0.2.2 counter ";
    Chain drop = parse("chain drop " + text + "DROP");
    Chain see = parse("chain see " + text + "CONTINUE");
    List<Event> events = new ArrayList<>();
    BpfilterOptions options = BpfilterOptions.of(events::add).withToken();
    try (Bpfilter bpfilter = Bpfilter.open(Path.of(arguments[0]), options)) {
      for (List<Chain> ruleset :
          List.of(List.of(drop, see), List.of(see, drop), List.of(see), List.of(drop, see))) {
        bpfilter.setRuleset(ruleset);
        send();
        long seen = bpfilter.chain("see").rules().getFirst().packets();
        assertThat(seen).isEqualTo(ruleset.getFirst().equals(see) ? PACKETS : 0);
      }
      assertThat(events).isEmpty();
      assertThat(bpfilter.ruleset().chains())
          .extracting(Chain::name)
          .containsExactly("drop", "see");
      assertThat(events)
          .singleElement()
          .satisfies(event ->
              assertThat(event.text()).contains(" are listed oldest first: ", "CAP_NET_ADMIN"));
    }
  }

  @Test
  void chainsAndSetsAreUpdatedAndPutOnTrial() {
    call("assertChanges");
  }

  static void assertChanges(String[] arguments) throws IOException {
    send();
    List<String> before = Descriptors.open();
    long v1 = Bpfilter.interfaces().index("v1").getAsLong();
    String sets = " ACCEPT set s (ip4.daddr) in {%s} rule (ip4.daddr) in s counter DROP";
    String begin = "chain x BF_HOOK_XDP{ifindex=" + v1 + "}";
    Chain other = parse(begin + sets.formatted("203.0.113.1"));
    try (Bpfilter bpfilter = openWithToken(arguments)) {
      bpfilter.setChain(other);
      send();
      assertThat(bpfilter.chain("x").policy().packets()).isGreaterThanOrEqualTo(PACKETS);
      bpfilter.updateSet("x", "s", List.of("192.0.2.2"), List.of("203.0.113.1"));
      send();
      assertThat(bpfilter.chain("x").rules().getFirst().packets()).isEqualTo(PACKETS);
      bpfilter.updateChain(other.withOptions(HookOptions.NONE));
      send();
      assertThat(bpfilter.chain("x").rules().getFirst().packets()).isZero();
      try (Trial trial =
          bpfilter.tryChain(parse(begin + sets.formatted("192.0.2.2")), Duration.ofMinutes(1))) {
        send();
        assertThat(bpfilter.chain("x").rules().getFirst().packets()).isEqualTo(PACKETS);
        assertThat(trial.rollBack()).isTrue();
      }
      assertThat(bpfilter.chain("x").chain()).hasToString(other.toString());
    }
    assertThat(Descriptors.open()).isEqualTo(before);
  }

  @Test
  void whoIsKilledIsMendedAfter() {
    call("assertMended");
  }

  static void assertMended(String[] arguments) {
    List<Chain> old = new ArrayList<>();
    for (Hook hook : List.of(Hook.XDP, Hook.TC_INGRESS, Hook.NF_FORWARD)) {
      String begin = "chain " + hook.name().toLowerCase(Locale.ROOT) + " " + hook.keyword();
      old.add(parse(begin + " ACCEPT").withOptions(options(hook, "")));
    }
    List<Chain> replaced = old.stream().map(chain -> chain.withPolicy(Policy.DROP)).toList();
    BpfilterOptions options = BpfilterOptions.of(event -> {}).withToken();
    try (Bpfilter next = openWithToken(arguments)) {
      boolean killed = true;
      for (int lifetime = 1; killed; lifetime++) {
        next.setRuleset(old);
        MortalKernel mortal = new MortalKernel(Pace.LASTING_CALLS, lifetime, () -> {});
        try (Bpfilter doomed = Bpfilter.open(mortal.kernel(), arguments[0], options)) {
          doomed.setRuleset(replaced);
        } catch (MortalKernel.Killed e) {
          assertThat(mortal.dead()).isTrue();
        }
        killed = mortal.dead();
        next.loadChain(parse("chain mending BF_HOOK_XDP ACCEPT"));
        next.flushChain("mending");
        assertThat(next.chains())
            .as("%s", mortal.steps())
            .hasSize(old.size())
            .extracting(chain -> chain.chain().policy())
            .containsOnly(next.chains().getFirst().chain().policy());
        assertThat(lifetime).isLessThan(200);
      }
      assertThat(next.chain("xdp").chain().policy()).isEqualTo(Policy.DROP);
    }
  }
}
