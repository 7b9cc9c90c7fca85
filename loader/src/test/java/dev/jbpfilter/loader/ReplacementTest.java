package dev.jbpfilter.loader;

import static dev.jbpfilter.loader.Installation.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.loader.Installation.Observed;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.Kernels;
import dev.jbpfilter.loader.kernel.LinkInfo;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.NetworkNamespace;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.Policy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Chains replaced as a whole or not at all, with hooks that are never open. */
@RequiresBpf
class ReplacementTest {
  private List<String> before = List.of();
  private Installation kernel;
  private int v0;
  private int v1;

  @BeforeEach
  void install() throws IOException {
    before = Descriptors.open();
    kernel = new Installation();
    v0 = kernel.index("v0");
    v1 = kernel.index("v1");
  }

  @AfterEach
  void uninstall() throws IOException {
    assertThat(Descriptors.open()).isEqualTo(before);
    kernel.close();
  }

  @Test
  void theLinkStaysAndGetsTheNewProgram() {
    kernel.set(text("c", v0, "DROP"));
    Observed old = kernel.observe("c");
    kernel.set(text("c", v0, "ACCEPT"));
    Observed replaced = kernel.observe("c");
    assertThat(replaced.listed().chain().policy()).isEqualTo(Policy.ACCEPT);
    assertThat(replaced.programId()).isNotEqualTo(old.programId());
    assertThat(replaced.link().orElseThrow())
        .isEqualTo(
            new LinkInfo(
                old.link().orElseThrow().id(), replaced.programId(), new LinkInfo.Target.Xdp(v0)));
    assertThat(kernel.entries("")).containsExactly("c");
  }

  @Test
  void anotherDeviceGetsANewLinkAndTheOldOneGoes() {
    kernel.set(text("c", v0, "DROP"));
    kernel.set(text("c", v1, "DROP"));
    assertAttached("c", v1);
    kernel.set(text("d", v0, "DROP"));
    assertAttached("d", v0);
  }

  @Test
  void theSameIndexInAnotherNamespaceIsAnotherDevice() {
    kernel.set(text("c", v0, "DROP"));
    try (NetworkNamespace other = new NetworkNamespace()) {
      other.run(() -> {
        try (Bpfilter bpfilter = Bpfilter.open(kernel.kernel, kernel.bpffs.path(), e -> {})) {
          assertThat(kernel.kernel.interfaceIndex("v0")).isEqualTo(v0);
          bpfilter.setChain(parse(text("d", v0, "DROP")));
          bpfilter.setChain(parse(text("c", v1, "DROP")));
        }
      });
      assertAttached("d", v0);
      assertAttached("c", v1);
      kernel.set(text("e", v0, "DROP"));
      assertThat(kernel.observe("e").link()).isNotEqualTo(kernel.observe("d").link());
    }
  }

  @Test
  void aChainWithoutOptionsEndsUnattached() {
    kernel.set(text("c", v0, "DROP"));
    kernel.set("chain c BF_HOOK_XDP DROP");
    assertThat(kernel.observe("c").link()).isEmpty();
    kernel.set(text("d", v0, "DROP"));
  }

  @Test
  void aRulesetReplacesAllOthers() {
    kernel.set(text("a", v0, "DROP"));
    kernel.set(text("b", v1, "DROP"));
    kernel.set("chain c BF_HOOK_XDP DROP");
    int first = linkId("a");
    int second = linkId("b");
    kernel.events.clear();
    setRuleset(text("b", v0, "DROP"), text("a", v1, "DROP"), text("d", 1, "DROP"));
    assertThat(linkId("b")).isEqualTo(first);
    assertThat(linkId("a")).isEqualTo(second);
    assertAttached("b", v0);
    assertAttached("a", v1);
    assertAttached("d", 1);
    assertThat(kernel.names()).containsExactly("d", "a", "b");
    Event driver = Event.info("attached XDP program in driver mode");
    assertThat(kernel.events)
        .containsExactly(driver, driver, Event.info("attached XDP program in SKB mode"));
    setRuleset();
    assertThat(kernel.entries("")).isEmpty();
  }

  @Test
  void aHookMovesToAChainOfAnotherName() {
    kernel.set(text("a", v0, "DROP"));
    int link = linkId("a");
    setRuleset(text("z", v0, "DROP"));
    assertThat(kernel.entries("")).containsExactly("z");
    assertThat(linkId("z")).isEqualTo(link);
    assertAttached("z", v0);
  }

  @Test
  void oneNameTwiceIsRefused() {
    assertKeeps(
        () -> setRuleset(text("b", v1, "DROP"), "chain b BF_HOOK_XDP DROP"),
        Errno.EEXIST,
        "failed to acquire WRITE lock on chain 'b': File exists");
  }

  @Test
  void oneDeviceTwiceIsRefused() {
    assertKeeps(
        () -> setRuleset(text("b", v1, "DROP"), text("c", v1, "DROP")),
        Errno.EBUSY,
        "failed to set chain 'c': interface "
            + v1
            + " belongs to chain 'b': Device or resource busy");
  }

  @Test
  void aRefusedProgramChangesNothing() {
    Kernel refusing = Kernels.refusing("BPF_PROG_LOAD", Errno.EACCES, 1);
    assertKeeps(
        () ->
            kernel.run(
                refusing,
                bpfilter ->
                    bpfilter.setRuleset(
                        List.of(parse(text("a", v0, "ACCEPT")), parse(text("c", v1, "ACCEPT"))))),
        Errno.EACCES,
        "failed to set chain 'c': program bf_prog (");
  }

  @Test
  void aMissingDeviceChangesNothing() {
    assertKeeps(
        () -> setRuleset(text("a", v0, "ACCEPT"), text("b", 9999, "DROP")),
        Errno.EINVAL,
        "failed to set chain 'b': XDP link on interface 9999: BPF_LINK_CREATE: Invalid argument");
    assertKeeps(
        () -> kernel.set(text("a", 9999, "DROP")),
        Errno.EINVAL,
        "failed to set chain 'a': XDP link on interface 9999: BPF_LINK_CREATE: Invalid argument");
  }

  @Test
  void aLinkThatRunsAnotherProgramIsTakenOverAllTheSame() {
    kernel.set(text("a", v0, "DROP"));
    kernel.set("chain b BF_HOOK_XDP DROP");
    try (var directory = kernel.directory("a");
        var other = kernel.directory("b");
        var link = directory.openLink("bf_link");
        var program = other.openProgram("bf_prog")) {
      link.update(program);
    }
    Observed strange = kernel.observe("a");
    assertThat(strange.link().orElseThrow().programId()).isNotEqualTo(strange.programId());
    kernel.set(text("a", v0, "ACCEPT"));
    Observed repaired = kernel.observe("a");
    assertThat(repaired.link().orElseThrow())
        .isEqualTo(
            new LinkInfo(
                strange.link().orElseThrow().id(),
                repaired.programId(),
                new LinkInfo.Target.Xdp(v0)));
  }

  @Test
  void theLockIsReleasedLast() {
    kernel.set(text("a", v0, "DROP"));
    List<Kernels.Call> calls = new ArrayList<>();
    kernel.run(
        Kernels.recording(calls), bpfilter -> bpfilter.setChain(parse(text("a", v1, "DROP"))));
    long fileSystem = calls.getFirst().result();
    long lock = 0;
    for (Kernels.Call call : calls.reversed()) {
      lock = call.name().equals("flock") ? call.argument() : lock;
    }
    assertThat(calls.subList(calls.size() - 2, calls.size()))
        .containsExactly(
            new Kernels.Call("close", lock, 0), new Kernels.Call("close", fileSystem, 0));
  }

  @Test
  void whateverCallFailsTheHookIsNeverOpen() {
    Consumer<Bpfilter> replacement = bpfilter -> bpfilter.setChain(parse(text("a", v0, "ACCEPT")));
    assertEveryFailureIsWhole(replacement, List.of(text("a", v0, "DROP")));
  }

  @Test
  void whateverCallFailsARulesetIsWhole() {
    Consumer<Bpfilter> replacement =
        bpfilter ->
            bpfilter.setRuleset(
                List.of(
                    parse(text("b", v0, "ACCEPT")),
                    parse(text("c", v1, "ACCEPT")),
                    parse("chain d BF_HOOK_XDP DROP")));
    assertEveryFailureIsWhole(replacement, List.of(text("a", v0, "DROP"), text("b", 1, "DROP")));
  }

  @Test
  void whateverCallFailsAChainIsAttachedOrNot() {
    assertEveryFailureIsWhole(
        bpfilter -> bpfilter.attachChain("a", HookOptions.ofIfindex(v0)),
        List.of("chain a BF_HOOK_XDP DROP"));
  }

  @Test
  void whateverCallFailsAChainIsFlushedOrNot() {
    assertEveryFailureIsWhole(bpfilter -> bpfilter.flushChain("a"), List.of(text("a", v0, "DROP")));
    assertEveryFailureIsWhole(Bpfilter::flush, List.of(text("a", v0, "DROP")));
  }

  private void assertEveryFailureIsWhole(Consumer<Bpfilter> operation, List<String> old) {
    new Wholeness(kernel).assertEveryFailureIsWhole(operation, old);
  }

  /** Checks that a refused operation leaves two chains with their programs, links and counters. */
  private void assertKeeps(ThrowingCallable operation, int errno, String message) {
    new Wholeness(kernel).reset(List.of(text("a", v0, "DROP"), "chain b BF_HOOK_XDP DROP"));
    List<Observed> old = kernel.observe();
    assertThatThrownBy(operation)
        .isInstanceOfSatisfying(
            BpfException.class, e -> assertThat(e.errno()).as(e.getMessage()).isEqualTo(errno))
        .hasMessageStartingWith(message);
    assertThat(kernel.observe()).isEqualTo(old);
    assertThat(kernel.entries("")).containsExactly("a", "b");
  }

  private void setRuleset(String... texts) {
    List<Chain> chains = new ArrayList<>();
    for (String text : texts) {
      chains.add(parse(text));
    }
    kernel.run(bpfilter -> bpfilter.setRuleset(chains));
  }

  private void assertAttached(String name, int index) {
    Observed chain = kernel.observe(name);
    assertThat(chain.link().orElseThrow().target()).isEqualTo(new LinkInfo.Target.Xdp(index));
    assertThat(chain.link().orElseThrow().programId()).isEqualTo(chain.programId());
    assertThat(chain.listed().chain().options()).isEqualTo(HookOptions.ofIfindex(index));
  }

  private int linkId(String name) {
    return kernel.observe(name).link().orElseThrow().id();
  }

  private static String text(String name, int index, String policy) {
    return "chain " + name + " BF_HOOK_XDP{ifindex=" + index + "} " + policy;
  }
}
