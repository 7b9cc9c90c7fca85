package dev.jbpfilter.loader;

import static dev.jbpfilter.loader.Installation.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.loader.Installation.Observed;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.Directory;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.LinkInfo;
import dev.jbpfilter.loader.testing.ControlGroup;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.NetworkNamespace;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.Policy;
import dev.jbpfilter.ruleset.RulesPrinter;
import dev.jbpfilter.ruleset.SetElementException;
import java.io.IOException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chains that get other rules, or other elements in their sets, where they are attached. */
@RequiresBpf
class UpdateTest {
  private static final int XDP_DROP = 1;
  private static final int XDP_PASS = 2;

  private List<String> before = List.of();
  private Installation kernel;
  private ControlGroup group;
  private int v0;

  @BeforeEach
  void install() throws IOException {
    before = Descriptors.open();
    kernel = new Installation();
    group = new ControlGroup();
    v0 = kernel.index("v0");
  }

  @AfterEach
  void uninstall() throws IOException {
    kernel.run(Bpfilter::flush);
    group.close();
    kernel.close();
    assertThat(Descriptors.open()).isEqualTo(before);
  }

  private void update(String text) {
    kernel.run(bpfilter -> bpfilter.updateChain(parse(text)));
  }

  private void updateSet(String set, List<String> additions, List<String> removals) {
    kernel.run(bpfilter -> bpfilter.updateSet("c", set, additions, removals));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "XDP{ifindex=%d}",
        "TC_INGRESS{ifindex=%d}",
        "CGROUP_SKB_EGRESS{cgpath=%s}",
        "CGROUP_SOCK_ADDR_CONNECT4{cgpath=%s}"
      })
  void theLinkStaysAndRunsTheNewRules(String hook) {
    String where = hook.contains("%d") ? hook.formatted(v0) : hook.formatted(group.path());
    String bare = "chain c BF_HOOK_" + hook.substring(0, hook.indexOf('{'));
    kernel.set("chain c BF_HOOK_" + where + " DROP");
    kernel.set("chain newer BF_HOOK_XDP DROP");
    Observed old = kernel.observe("c");
    update(bare + " ACCEPT rule meta.l4_proto tcp counter DROP");
    Observed updated = kernel.observe("c");
    assertThat(updated.programId()).isNotEqualTo(old.programId());
    assertThat(updated.link().orElseThrow().id()).isEqualTo(old.link().orElseThrow().id());
    assertThat(updated.link().orElseThrow().programId()).isEqualTo(updated.programId());
    assertThat(updated.options()).isEqualTo(old.options());
    assertThat(updated.listed().chain().policy()).isEqualTo(Policy.ACCEPT);
    assertThat(updated.listed().chain().rules()).hasSize(1);
    assertThat(kernel.names()).containsExactly("newer", "c");
    assertThat(kernel.entries("")).containsExactlyInAnyOrder("c", "newer");
  }

  @Test
  void prioritiesSwapWithEachUpdateAndLinksStayTwo() {
    kernel.set("chain c BF_HOOK_NF_FORWARD{priorities=101-102} DROP");
    for (int i = 0; i < 4; i++) {
      update("chain c BF_HOOK_NF_FORWARD DROP");
      int active = i % 2 == 0 ? 102 : 101;
      Observed chain = kernel.observe("c");
      assertThat(chain.options()).isEqualTo(HookOptions.ofPriorities(active, 203 - active));
      assertThat(chain.links())
          .extracting(LinkInfo::target)
          .containsExactly(
              new LinkInfo.Target.Netfilter(2, 2, active),
              new LinkInfo.Target.Netfilter(10, 2, active));
      assertThat(chain.links()).extracting(LinkInfo::programId).containsOnly(chain.programId());
    }
  }

  @Test
  void countersStartAnew() {
    kernel.set("chain c BF_HOOK_XDP DROP");
    kernel.count("c");
    assertThat(kernel.observe("c").listed().policy().packets()).isEqualTo(1);
    update("chain c BF_HOOK_XDP DROP");
    assertThat(kernel.observe("c").listed().policy().packets()).isZero();
    assertThat(kernel.observe("c").link()).isEmpty();
  }

  @Test
  void optionsOfTheRulesAreIgnored() {
    kernel.set("chain c BF_HOOK_XDP{ifindex=" + v0 + "} DROP");
    kernel.events.clear();
    update("chain c BF_HOOK_XDP{ifindex=9999} ACCEPT");
    assertThat(kernel.events)
        .containsExactly(Event.warning("Hook options are ignored when updating a chain"));
    assertThat(kernel.observe("c").options()).isEqualTo(HookOptions.ofIfindex(v0));
  }

  @Test
  void anotherHookIsRefusedWhetherOrNotTheChainIsAttached() {
    for (String options : List.of("", "{ifindex=" + v0 + "}")) {
      kernel.set("chain c BF_HOOK_XDP" + options + " DROP");
      assertKeeps(
          () -> update("chain c BF_HOOK_TC_INGRESS ACCEPT"),
          Errno.EINVAL,
          "chain 'c' can't change its hook from BF_HOOK_XDP to BF_HOOK_TC_INGRESS:"
              + " Invalid argument");
    }
    assertThatThrownBy(() -> update("chain d BF_HOOK_XDP DROP"))
        .hasMessage("chain 'd' not found: No such file or directory");
  }

  @Test
  void whatIsGoneIsSevered() throws IOException {
    kernel.set("chain c BF_HOOK_XDP{ifindex=" + v0 + "} DROP");
    Shell.run("ip", "-n", kernel.namespace.name(), "link", "delete", "v0");
    assertKeeps(
        () -> update("chain c BF_HOOK_XDP ACCEPT"), Errno.ENOLINK, "failed to update chain 'c': ");
    kernel.set("chain c BF_HOOK_CGROUP_SKB_EGRESS{cgpath=" + group.path() + "} DROP");
    group.remove();
    // The kernel lets go of the link some time later.
    while (kernel.observe("c").link().orElseThrow().target()
            instanceof LinkInfo.Target.Cgroup target
        && target.cgroupId() != 0) {
      Thread.onSpinWait();
    }
    assertKeeps(
        () -> update("chain c BF_HOOK_CGROUP_SKB_EGRESS ACCEPT"),
        Errno.ENOLINK,
        "failed to update chain 'c': ");
    group.create();
    kernel.set("chain c BF_HOOK_CGROUP_SKB_EGRESS{cgpath=" + group.path() + "} ACCEPT");
    assertThat(kernel.observe("c").link()).isPresent();
  }

  /** A device's link is found wherever it is; Netfilter needs new ones, which only a place has. */
  @Test
  void anotherNamespaceCanUpdateWhatNeedsNoNewLink() {
    kernel.set("chain c BF_HOOK_XDP{ifindex=" + v0 + "} DROP");
    kernel.set("chain n BF_HOOK_NF_FORWARD{priorities=101-102} DROP");
    Observed old = kernel.observe("c");
    try (NetworkNamespace other = new NetworkNamespace()) {
      other.run(() -> {
        try (Bpfilter bpfilter = Bpfilter.open(kernel.kernel, kernel.bpffs.path(), e -> {})) {
          bpfilter.updateChain(parse("chain c BF_HOOK_XDP ACCEPT"));
          assertThatThrownBy(() -> bpfilter.updateChain(parse("chain n BF_HOOK_NF_FORWARD ACCEPT")))
              .hasMessage(
                  "failed to update chain 'n': attached to BF_HOOK_NF_FORWARD of another network"
                      + " name space: Invalid argument");
        }
      });
    }
    Observed updated = kernel.observe("c");
    assertThat(updated.link().orElseThrow().id()).isEqualTo(old.link().orElseThrow().id());
    assertThat(updated.link().orElseThrow().programId()).isEqualTo(updated.programId());
    kernel.set("chain d BF_HOOK_TC_INGRESS DROP");
    kernel.set("chain c BF_HOOK_XDP{ifindex=" + v0 + "} ACCEPT");
    assertThat(kernel.observe("c").link().orElseThrow().id())
        .isEqualTo(old.link().orElseThrow().id());
  }

  @Test
  void aSetChangesWithoutALostHit() {
    kernel.set(
        "chain c BF_HOOK_XDP{ifindex="
            + v0
            + "} DROP set s (ip4.saddr) in { 1.1.1.1; 2.2.2.2 } set t (tcp.dport) in { 80 }"
            + " rule (ip4.saddr) in s counter ACCEPT rule (tcp.dport) in t log counter ACCEPT");
    kernel.count("c");
    Observed old = kernel.observe("c");
    int counters = mapId("bf_cmap");
    int log = mapId("bf_lmap");
    int changed = mapId("bf_set_0000");
    int same = mapId("bf_set_0001");
    updateSet("s", List.of("3.3.3.3", "1.1.1.1", "4.4.4.4"), List.of("2.2.2.2", "4.4.4.4"));
    Observed updated = kernel.observe("c");
    assertThat(elements()).containsExactly("1.1.1.1", "3.3.3.3");
    assertThat(updated.listed().policy().packets()).isEqualTo(1);
    assertThat(updated.link().orElseThrow().id()).isEqualTo(old.link().orElseThrow().id());
    assertThat(updated.link().orElseThrow().programId()).isEqualTo(updated.programId());
    assertThat(mapId("bf_cmap")).isEqualTo(counters);
    assertThat(mapId("bf_lmap")).isEqualTo(log);
    assertThat(mapId("bf_set_0001")).isEqualTo(same);
    assertThat(mapId("bf_set_0000")).isNotEqualTo(changed);
    updateSet("s", List.of("1.1.1.1"), List.of("9.9.9.9"));
    assertThat(kernel.observe("c").programId()).isEqualTo(updated.programId());
  }

  @Test
  void networksAreRemovedByAnySpelling() {
    kernel.set(
        "chain c BF_HOOK_XDP DROP set s (ip4.snet) in { 10.1.2.3/8; 192.0.2.0/24 }"
            + " rule (ip4.snet) in s ACCEPT");
    updateSet("s", List.of("10.9.9.9/8"), List.of());
    assertThat(elements()).containsExactly("10.1.2.3/8", "192.0.2.0/24");
    updateSet("s", List.of(), List.of("10.0.0.0/8"));
    assertThat(elements()).containsExactly("192.0.2.0/24");
  }

  /** DV-13: the rule follows the set. */
  @Test
  void aSetIsEmptiedAndFilled() {
    kernel.set(
        "chain c BF_HOOK_XDP ACCEPT set s (ip4.proto) in { 6 } rule (ip4.proto) in s counter DROP");
    assertThat(run()).isEqualTo(XDP_DROP);
    updateSet("s", List.of(), List.of("tcp"));
    assertThat(elements()).isEmpty();
    assertThat(run()).isEqualTo(XDP_PASS);
    updateSet("s", List.of("tcp"), List.of());
    assertThat(run()).isEqualTo(XDP_DROP);
    assertThat(kernel.observe("c").listed().rules().getFirst().packets()).isEqualTo(2);
  }

  @Test
  void whatIsNoElementChangesNothing() {
    kernel.set(
        "chain c BF_HOOK_XDP DROP set s (ip4.saddr, tcp.dport) in { 1.1.1.1, 80 }"
            + " rule (ip4.saddr, tcp.dport) in s ACCEPT");
    List<Observed> old = kernel.observe();
    assertThatThrownBy(() -> updateSet("s", List.of("1.1.1.1, 81", "1.1.1, 82"), List.of()))
        .isInstanceOfSatisfying(
            SetElementException.class, e -> assertThat(e.element()).isEqualTo("1.1.1, 82"));
    assertKeeps(
        () -> updateSet("t", List.of("1.1.1.1, 81"), List.of()),
        Errno.ENOENT,
        "set 't' does not exist: No such file or directory");
    assertThat(kernel.observe()).isEqualTo(old);
  }

  private int run() {
    byte[] frame = new byte[54];
    frame[12] = 8;
    frame[14] = 0x45;
    frame[17] = 40;
    frame[23] = 6;
    frame[46] = 0x50;
    return kernel.run("c", frame);
  }

  private List<String> elements() {
    Chain chain = kernel.observe("c").listed().chain();
    return RulesPrinter.printWithoutOptions(chain)
        .lines()
        .dropWhile(line -> !line.contains("set s "))
        .skip(1)
        .takeWhile(line -> !line.strip().equals("}"))
        .map(String::strip)
        .toList();
  }

  private int mapId(String name) {
    try (Directory directory = kernel.directory("c");
        BpfMap map = directory.openMap(name)) {
      return map.info().id();
    }
  }

  private void assertKeeps(ThrowingCallable operation, int errno, String message) {
    List<Observed> old = kernel.observe();
    assertThatThrownBy(operation)
        .isInstanceOfSatisfying(
            BpfException.class, e -> assertThat(e.errno()).as(e.getMessage()).isEqualTo(errno))
        .hasMessageStartingWith(message);
    assertThat(kernel.observe()).isEqualTo(old);
    assertThat(kernel.entries("")).containsExactlyInAnyOrderElementsOf(kernel.names());
  }
}
