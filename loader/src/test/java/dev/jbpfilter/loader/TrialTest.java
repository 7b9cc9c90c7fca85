package dev.jbpfilter.loader;

import static dev.jbpfilter.loader.Installation.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.loader.Installation.Observed;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.LinkInfo;
import dev.jbpfilter.loader.testing.ControlGroup;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import dev.jbpfilter.ruleset.Chain;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Chains that stay only if somebody confirms them. */
@RequiresBpf
class TrialTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private List<String> before = List.of();
  private Installation kernel;
  private ControlGroup group;
  private int v0;
  private int v1;

  @BeforeEach
  void install() throws IOException {
    before = Descriptors.open();
    kernel = new Installation();
    group = new ControlGroup();
    v0 = kernel.index("v0");
    v1 = kernel.index("v1");
    kernel.run(bpfilter -> bpfilter.setRuleset(old()));
    kernel.count("x");
  }

  @AfterEach
  void uninstall() throws IOException {
    kernel.run(Bpfilter::flush);
    assertThat(kernel.entries("")).isEmpty();
    group.close();
    kernel.close();
    assertThat(Descriptors.open()).isEqualTo(before);
  }

  private List<Chain> old() {
    return List.of(
        parse("chain x BF_HOOK_XDP{ifindex=" + v0 + "} DROP"),
        parse("chain t BF_HOOK_TC_INGRESS{ifindex=" + v0 + "} NEXT"),
        parse("chain u BF_HOOK_TC_INGRESS{ifindex=" + v0 + "} DROP"),
        parse("chain n BF_HOOK_NF_FORWARD{priorities=101-102} DROP"),
        parse("chain g BF_HOOK_CGROUP_SKB_EGRESS{cgpath=" + group.path() + "} DROP"),
        parse("chain l BF_HOOK_XDP DROP"));
  }

  /** Chains that take over, move, come, go, and change their order. */
  private List<Chain> others() {
    return List.of(
        parse("chain u BF_HOOK_TC_INGRESS{ifindex=" + v0 + "} ACCEPT"),
        parse("chain t BF_HOOK_TC_INGRESS{ifindex=" + v0 + "} ACCEPT"),
        parse("chain y BF_HOOK_XDP{ifindex=" + v0 + "} ACCEPT"),
        parse("chain x BF_HOOK_XDP{ifindex=" + v1 + "} ACCEPT"),
        parse("chain n BF_HOOK_NF_FORWARD{priorities=101-102} ACCEPT"));
  }

  private void inTrial(Function<Bpfilter, Trial> begin, Consumer<Trial> during) {
    kernel.run(bpfilter -> {
      try (Trial trial = begin.apply(bpfilter)) {
        during.accept(trial);
      }
    });
  }

  private Trial tryOthers(Bpfilter bpfilter) {
    return bpfilter.tryRuleset(others(), LIMIT);
  }

  @Test
  void whatNobodyConfirmsGoesAway() {
    List<Observed> first = kernel.observe();
    inTrial(this::tryOthers, trial -> assertRuns(others()));
    assertBack(first);
    inTrial(this::tryOthers, trial -> assertThat(trial.rollBack()).isTrue());
    assertBack(first);
  }

  @Test
  void whatIsKeptStays() {
    inTrial(this::tryOthers, Trial::keep);
    assertRuns(others());
  }

  @Test
  void anotherProcessConfirms() {
    Instant start = Instant.now();
    inTrial(
        this::tryOthers,
        trial -> {
          assertThat(trial.deadline()).isBetween(start.plus(LIMIT), Instant.now().plus(LIMIT));
          assertThat(trial.isConfirmed()).isFalse();
          kernel.run(Bpfilter::confirm);
          assertThat(trial.isConfirmed()).isTrue();
          assertThat(trial.rollBack()).isFalse();
        });
    assertRuns(others());
    assertNothingToConfirm();
  }

  @Test
  void nobodyElseChangesChainsMeanwhile() {
    String busy = "the last change awaits confirmation until ";
    inTrial(
        this::tryOthers,
        trial -> {
          for (Consumer<Bpfilter> change :
              List.<Consumer<Bpfilter>>of(
                  Bpfilter::flush,
                  bpfilter -> bpfilter.flushChain("x"),
                  bpfilter -> bpfilter.setChain(parse("chain z BF_HOOK_XDP DROP")),
                  bpfilter -> bpfilter.updateSet("x", "s", List.of(), List.of()),
                  bpfilter -> tryOthers(bpfilter).close())) {
            assertThatThrownBy(() -> kernel.run(change))
                .isInstanceOfSatisfying(
                    BpfException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY))
                .hasMessageStartingWith(busy)
                .hasMessageContaining("(process " + ProcessHandle.current().pid() + ")");
          }
          assertThat(kernel.names()).hasSize(others().size());
          trial.keep();
        });
    kernel.set("chain z BF_HOOK_XDP DROP");
  }

  @Test
  void oneChainIsTried() {
    List<Observed> first = kernel.observe();
    String moved = "chain x BF_HOOK_XDP{ifindex=" + v1 + "} ACCEPT";
    inTrial(
        bpfilter -> bpfilter.tryChain(parse(moved), LIMIT),
        trial ->
            assertThat(kernel.observe("x").link().orElseThrow().target())
                .isEqualTo(new LinkInfo.Target.Xdp(v1)));
    assertBack(first);
    String unattached = "chain x BF_HOOK_XDP ACCEPT";
    inTrial(
        bpfilter -> bpfilter.tryChain(parse(unattached), LIMIT),
        trial -> assertThat(kernel.observe("x").link()).isEmpty());
    assertBack(first);
    inTrial(
        bpfilter -> bpfilter.tryUpdate(parse("chain n BF_HOOK_NF_FORWARD ACCEPT"), LIMIT),
        trial -> assertThat(kernel.observe("n").links()).hasSize(2));
    assertBack(first);
    inTrial(
        bpfilter -> bpfilter.tryChain(parse("chain new BF_HOOK_XDP ACCEPT"), LIMIT),
        trial -> assertThat(kernel.names()).contains("new"));
    assertBack(first);
  }

  @Test
  void whatFailsLeavesNoTrial() {
    List<Observed> first = kernel.observe();
    List<Chain> bad = new ArrayList<>(others());
    bad.add(parse("chain z BF_HOOK_XDP{ifindex=9999} DROP"));
    assertThatThrownBy(() -> kernel.run(bpfilter -> bpfilter.tryRuleset(bad, LIMIT).close()))
        .hasMessageStartingWith("failed to set chain 'z': ");
    assertBack(first);
    assertNothingToConfirm();
  }

  /** A device that is gone must not keep the others from coming back. */
  @Test
  void whatCanNotComeBackIsOnlyLoaded() {
    inTrial(
        this::tryOthers,
        trial -> {
          Shell.run("ip", "-n", kernel.namespace.name(), "link", "delete", "v0");
          kernel.events.clear();
        });
    assertThat(kernel.names()).containsExactly("l", "g", "n", "u", "t", "x");
    assertThat(kernel.observe("g").link()).isPresent();
    assertThat(kernel.observe("n").links()).hasSize(2);
    assertThat(kernel.observe("x").link()).isEmpty();
    assertThat(kernel.events).extracting(Event::chain).contains("x", "t", "u");
  }

  private void assertNothingToConfirm() {
    assertThatThrownBy(() -> kernel.run(Bpfilter::confirm))
        .hasMessage("no change awaits confirmation: No such file or directory");
  }

  private void assertRuns(List<Chain> chains) {
    assertThat(kernel.entries("").stream().filter(name -> !name.startsWith("__")))
        .hasSize(chains.size());
    for (Chain chain : chains) {
      Observed observed = kernel.observe(chain.name());
      assertThat(observed.listed().chain().policy()).isEqualTo(chain.policy());
    }
    Wholeness.assertRunAsListed(kernel.observe());
  }

  /** Programs, counters and places are the old ones; links that were detached are new. */
  private void assertBack(List<Observed> first) {
    List<Observed> last = kernel.observe();
    Wholeness.assertRunAsListed(last);
    assertThat(last).hasSameSizeAs(first);
    for (int i = 0; i < first.size(); i++) {
      assertThat(last.get(i).programId()).isEqualTo(first.get(i).programId());
      assertThat(last.get(i).listed().policy()).isEqualTo(first.get(i).listed().policy());
    }
    assertThat(kernel.call(Bpfilter::ruleset).chains())
        .extracting(Chain::name)
        .containsExactlyElementsOf(old().stream().map(Chain::name).toList());
    assertThat(kernel.entries("")).hasSize(first.size());
  }
}
