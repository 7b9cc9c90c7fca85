package dev.jbpfilter.loader;

import static dev.jbpfilter.loader.Installation.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.loader.Installation.Observed;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.Directory;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.Kernels;
import dev.jbpfilter.loader.kernel.LinkInfo;
import dev.jbpfilter.loader.testing.ControlGroup;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.NetworkNamespace;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.HookOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is peculiar to devices, Netfilter hooks and cgroups. */
@RequiresBpf
class AttachPointTest {
  private static final int ODD_ERRNO = 61;
  private static final int LOCAL_IN = 1;
  private static final int IPV4 = 2;
  private static final int IPV6 = 10;

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
    assertThat(Descriptors.open()).isEqualTo(before);
    kernel.run(Bpfilter::flush);
    group.close();
    kernel.close();
  }

  @Test
  void chainsOnOneDeviceRunInTheOrderOfTheirFirstAttachment() {
    up();
    kernel.set(tc("a", "NEXT"));
    kernel.set(tc("b", "NEXT"));
    assertSee("a", "b");
    kernel.set(tc("a", "ACCEPT"));
    assertSee("a");
    kernel.set(tc("b", "ACCEPT"));
    assertSee("a");
    kernel.set(tc("a", "NEXT"));
    assertSee("a", "b");
    kernel.run(bpfilter -> bpfilter.flushChain("a"));
    kernel.set(tc("a", "DROP"));
    assertSee("b");
    kernel.set(tc("b", "NEXT"));
    assertSee("a", "b");
  }

  @Test
  void aTcChainOfAnotherNamespaceIsElsewhere() {
    kernel.set(tc("c", "DROP"));
    try (NetworkNamespace other = new NetworkNamespace();
        Directory directory = kernel.directory("c");
        BpfLink link = directory.openLink("bf_link")) {
      other.run(() -> {
        assertThat(kernel.kernel.interfaceIndex("v0")).isEqualTo(v0);
        try (Bpfilter bpfilter = Bpfilter.open(kernel.kernel, kernel.bpffs.path(), e -> {})) {
          bpfilter.setChain(parse(tc("c", "ACCEPT")));
        }
      });
      assertThat(link.info().target())
          .isNotEqualTo(kernel.observe("c").links().getFirst().target());
      assertThat(kernel.observe("c").links().getFirst().id()).isNotEqualTo(link.info().id());
    }
  }

  @Test
  void aChainOfAVanishedDeviceIsListedReplacedAndFlushed() {
    kernel.set(tc("c", "DROP"));
    kernel.set(tc("d", "DROP"));
    Observed old = kernel.observe("c");
    Shell.run("ip", "-n", kernel.namespace.name(), "link", "delete", "v0");
    assertThat(kernel.observe("c").options()).isEqualTo(old.options());
    assertFails(
        () -> kernel.set(tc("c", "DROP")), Errno.ENODEV, "failed to set chain 'c': TC link");
    assertThat(kernel.observe("c").programId()).isEqualTo(old.programId());
    kernel.set("chain c BF_HOOK_TC_INGRESS{ifindex=1} DROP");
    assertThat(kernel.observe("c").links()).hasSize(1);
    kernel.run(bpfilter -> bpfilter.flushChain("d"));
    assertThat(kernel.names()).containsExactly("c");
  }

  @Test
  void theFirstPriorityThatIsFreeIsTaken() {
    kernel.set(netfilter("a", "101-102"));
    kernel.set(netfilter("b", "101-102"));
    assertPriorities("a", 101, 102);
    assertPriorities("b", 102, 101);
    List<Observed> old = kernel.observe();
    assertFails(
        () -> kernel.set(netfilter("c", "102-101")),
        Errno.EBUSY,
        "failed to set chain 'c': IPv4 Netfilter link on hook 1, priority 102:"
            + " BPF_LINK_CREATE: Device or resource busy");
    kernel.run(bpfilter -> bpfilter.loadChain(parse("chain c BF_HOOK_NF_LOCAL_IN DROP")));
    assertFails(
        () -> kernel.run(bpfilter -> bpfilter.attachChain("c", HookOptions.ofPriorities(101, 102))),
        Errno.EBUSY,
        "failed to attach chain 'c': ");
    kernel.run(bpfilter -> bpfilter.flushChain("c"));
    assertThat(kernel.observe()).isEqualTo(old);
  }

  @Test
  void aSparePriorityThatAnotherChainHasIsNoPlace() {
    kernel.set(netfilter("a", "101-102"));
    kernel.set(netfilter("b", "102-103"));
    List<Observed> old = kernel.observe();
    assertFails(() -> kernel.set(netfilter("a", "101-102")), Errno.EBUSY, "priority 101: ");
    assertThat(kernel.observe()).isEqualTo(old);
    kernel.set(netfilter("b", "102-103"));
    assertPriorities("b", 103, 102);
    kernel.set(netfilter("a", "101-102"));
    assertPriorities("a", 102, 101);
  }

  @Test
  void aChainStartsBesidePrioritiesThatAreAboutToBeFree() {
    kernel.set(netfilter("a", "101-102"));
    kernel.set(netfilter("b", "102-103"));
    kernel.run(bpfilter ->
        bpfilter.setRuleset(
            List.of(parse(netfilter("a", "101-102")), parse(netfilter("b", "102-103")))));
    assertPriorities("a", 101, 102);
    assertPriorities("b", 103, 102);
    for (int priority : new int[] {100, 102, 104}) {
      kernel.set(netfilter("probe", priority + "-9999"));
      assertPriorities("probe", priority, 9999);
      kernel.run(bpfilter -> bpfilter.flushChain("probe"));
    }
    assertThat(kernel.entries("a"))
        .containsExactly("bf_cmap", "bf_ctx", "bf_link", "bf_link_extra", "bf_prog");
  }

  @Test
  void everyChainGetsAPlaceOfThoseThatAreLeft() {
    String a = netfilter("a", "101-102");
    String b = netfilter("b", "101-102");
    for (int i = 0; i < 2; i++) {
      kernel.run(bpfilter -> bpfilter.setRuleset(List.of(parse(a), parse(b))));
      assertPriorities("a", 101, 102);
      assertPriorities("b", 102, 101);
    }
    kernel.run(bpfilter -> bpfilter.flushChain("a"));
    kernel.run(bpfilter -> bpfilter.setRuleset(List.of(parse(a), parse(b))));
    assertPriorities("a", 101, 102);
    assertPriorities("b", 102, 101);
    List<Observed> old = kernel.observe();
    assertFails(
        () ->
            kernel.run(bpfilter ->
                bpfilter.setRuleset(List.of(parse(a), parse(b), parse(netfilter("c", "102-101"))))),
        Errno.EBUSY,
        "failed to set chain 'c': IPv4 Netfilter link on hook 1, priority 102");
    assertThat(kernel.observe()).isEqualTo(old);
  }

  @Test
  void whateverCallFailsChainsThatChangePlacesHaveTheirLinks() {
    List<Chain> ruleset =
        List.of(parse(netfilter("a", "101-102")), parse(netfilter("b", "102-101")));
    kernel.run(bpfilter -> bpfilter.setRuleset(ruleset));
    boolean reached = true;
    int position = 0;
    while (reached) {
      Kernels.Failing failing = new Kernels.Failing(position++, ODD_ERRNO);
      try {
        kernel.run(failing.kernel(), bpfilter -> bpfilter.setRuleset(ruleset));
      } catch (BpfException e) {
        assertThat(e.errno()).as("%d: %s", position, e).isEqualTo(ODD_ERRNO);
      }
      failing.awaitRelease();
      reached = failing.failed();
      for (String name : List.of("a", "b")) {
        Observed chain = kernel.observe(name);
        assertThat(chain.links()).as("%s after failure %d", name, position).hasSize(2);
        assertThat(chain.links()).extracting(LinkInfo::programId).containsOnly(chain.programId());
      }
    }
    assertThat(position).isGreaterThan(100);
  }

  @Test
  void anotherToolsPriorityIsNotTaken() {
    kernel.set(netfilter("c", "101-102"));
    Observed old = kernel.observe("c");
    kernel.namespace.run(() -> {
      try (Directory directory = kernel.directory("c");
          var program = directory.openProgram("bf_prog");
          BpfLink other = kernel.kernel.attachNetfilter(program, IPV6, LOCAL_IN, 201);
          BpfLink another = kernel.kernel.attachNetfilter(program, IPV4, LOCAL_IN, 202)) {
        try (Bpfilter bpfilter = Bpfilter.open(kernel.kernel, kernel.bpffs.path(), e -> {})) {
          assertFails(
              () -> bpfilter.setChain(parse(netfilter("c", "201-202"))),
              Errno.EBUSY,
              "failed to set chain 'c': IPv6 Netfilter link on hook 1, priority 201");
        }
        assertThat(other.info().target())
            .isEqualTo(new LinkInfo.Target.Netfilter(IPV6, LOCAL_IN, 201));
        another.detach();
      }
    });
    assertThat(kernel.observe("c")).isEqualTo(old);
    kernel.set(netfilter("c", "201-202"));
    assertThat(kernel.observe("c").links()).hasSize(2);
  }

  @Test
  void namespacesHavePrioritiesOfTheirOwn() {
    kernel.set(netfilter("a", "101-102"));
    try (NetworkNamespace other = new NetworkNamespace()) {
      other.run(() -> {
        try (Bpfilter bpfilter = Bpfilter.open(kernel.kernel, kernel.bpffs.path(), e -> {})) {
          bpfilter.setChain(parse(netfilter("b", "101-102")));
        }
      });
    }
    assertPriorities("b", 101, 102);
    // The name space has lost its name, and is kept by the links that are pinned.
    kernel.run(bpfilter -> bpfilter.flushChain("b"));
    assertPriorities("a", 101, 102);
  }

  @Test
  void aMissingSecondLinkIsDamage() {
    kernel.set(netfilter("c", "101-102"));
    try (Directory directory = kernel.directory("c")) {
      directory.unlink("bf_link_extra");
    }
    assertThat(kernel.names()).isEmpty();
    assertThat(kernel.events.getLast().text())
        .endsWith("damaged state: pin bf_link_extra is missing");
    kernel.set(netfilter("c", "101-102"));
    assertThat(kernel.observe("c").links()).hasSize(2);
  }

  @Test
  void whatIsNoCgroupIsRefused() throws IOException {
    kernel.set(cgroup("c", group.path()));
    Observed old = kernel.observe("c");
    Path file = Files.createTempFile("jbpfilter", "file");
    assertFails(
        () -> kernel.set(cgroup("c", "/nope")),
        Errno.ENOENT,
        "failed to set chain 'c': failed to open cgroup '/nope': No such file or directory");
    assertFails(
        () -> kernel.set(cgroup("c", file.toString())),
        Errno.ENOTDIR,
        "failed to set chain 'c': failed to open cgroup '" + file + "': Not a directory");
    assertFails(
        () -> kernel.set(cgroup("c", "/proc")),
        Errno.EBADF,
        "failed to set chain 'c': cgroup '/proc': failed to create cgroup BPF link:"
            + " Bad file descriptor");
    assertThat(kernel.observe("c")).isEqualTo(old);
    kernel.run(bpfilter -> bpfilter.loadChain(parse("chain d BF_HOOK_CGROUP_SKB_EGRESS DROP")));
    assertFails(
        () -> kernel.run(bpfilter -> bpfilter.attachChain("d", HookOptions.ofCgpath("/nope"))),
        Errno.ENOENT,
        "failed to attach chain 'd': failed to open cgroup '/nope': No such file or directory");
    assertThat(kernel.entries("d")).containsExactly("bf_cmap", "bf_ctx", "bf_prog");
    Files.delete(file);
  }

  @Test
  void aCgroupIsWhatItsPathLedTo() throws IOException {
    kernel.set(cgroup("c", group.path()));
    Observed old = kernel.observe("c");
    group.remove();
    assertThat(kernel.observe("c").options()).isEqualTo(old.options());
    assertFails(() -> kernel.set(cgroup("c", group.path())), Errno.ENOENT, "failed to open cgroup");
    group.create();
    kernel.set(cgroup("c", group.path()));
    Observed next = kernel.observe("c");
    assertThat(next.links().getFirst().id()).isNotEqualTo(old.links().getFirst().id());
    group.remove();
    kernel.run(bpfilter -> bpfilter.flushChain("c"));
    assertThat(kernel.entries("")).isEmpty();
  }

  @Test
  void aPathThatRulesCannotSayIsKept() throws IOException {
    try (ControlGroup odd = new ControlGroup(" $x {y}")) {
      HookOptions options = HookOptions.ofCgpath(odd.path());
      kernel.run(bpfilter -> bpfilter.loadChain(parse("chain c BF_HOOK_CGROUP_SKB_EGRESS DROP")));
      kernel.run(bpfilter -> bpfilter.attachChain("c", options));
      assertThat(kernel.observe("c").options()).isEqualTo(options);
      int link = kernel.observe("c").links().getFirst().id();
      kernel.run(bpfilter ->
          bpfilter.setChain(
              parse("chain c BF_HOOK_CGROUP_SKB_EGRESS ACCEPT").withOptions(options)));
      assertThat(kernel.observe("c").options()).isEqualTo(options);
      assertThat(kernel.observe("c").links().getFirst().id()).isEqualTo(link);
      kernel.run(Bpfilter::flush);
    }
  }

  @Test
  void anUnreadableChainIsReplacedWhereItsLinkIsCertain() {
    for (String text : List.of(cgroup("c", group.path()), tc("d", "DROP"))) {
      Chain chain = parse(text);
      kernel.set(text);
      try (Directory directory = kernel.directory(chain.name());
          BpfLink link = directory.openLink("bf_link")) {
        directory.unlink("bf_ctx");
        kernel.set(text);
        boolean kept = kernel.observe(chain.name()).links().getFirst().equals(link.info());
        assertThat(kept).isEqualTo(chain.options().cgpath() != null);
        if (!kept) {
          assertThat(link.info().target())
              .isEqualTo(new LinkInfo.Target.Tcx(0, AttachType.TCX_INGRESS));
        }
      }
    }
  }

  @Test
  void savedOptionsMustFitTheHook() {
    kernel.set(tc("c", "DROP"));
    try (ChainDirectory directory = new ChainDirectory(kernel.kernel, kernel.directory("c"))) {
      HookOptions options = HookOptions.ofPriorities(1, 2);
      directory.saveState(
          directory
              .state()
              .withAttached(
                  new SavedState.Attached(options, kernel.kernel.networkNamespace(), null)));
    }
    assertThat(kernel.names()).isEmpty();
    assertThat(kernel.events.getLast().text())
        .endsWith("damaged state: its hook options are not those of its hook");
  }

  @Test
  void chainsOfOtherNamesAndTypesShareACgroup() {
    kernel.set(cgroup("a", group.path()));
    kernel.set(cgroup("b", group.path()));
    kernel.set("chain c BF_HOOK_CGROUP_SKB_INGRESS{cgpath=" + group.path() + "} DROP");
    Observed first = kernel.observe("a");
    kernel.set(cgroup("b", group.path()));
    assertThat(kernel.observe("a")).isEqualTo(first);
    assertThat(kernel.names()).containsExactly("c", "b", "a");
  }

  private void up() {
    String here = kernel.namespace.name();
    // Neighbour discovery must not send packets of its own.
    for (String device : List.of("v0", "v1")) {
      Shell.run("ip", "-n", here, "link", "set", device, "addrgenmode", "none", "up");
    }
    Shell.run("ip", "-n", here, "address", "add", "10.9.0.1/24", "dev", "v1");
    Shell.run(
        "ip",
        "-n",
        here,
        "neigh",
        "replace",
        "10.9.0.2",
        "lladdr",
        "02:00:00:00:00:02",
        "dev",
        "v1");
  }

  /** Sends a packet to v0 and checks which of the chains a and b count it. */
  private void assertSee(String... expected) {
    long[] old = {packets("a"), packets("b")};
    Shell.run(
        "ip", "netns", "exec", kernel.namespace.name(), "bash", "-c", "echo > /dev/udp/10.9.0.2/9");
    assertThat(packets("a") - old[0]).isEqualTo(List.of(expected).contains("a") ? 1 : 0);
    assertThat(packets("b") - old[1]).isEqualTo(List.of(expected).contains("b") ? 1 : 0);
  }

  private long packets(String name) {
    return kernel.names().contains(name) ? kernel.observe(name).listed().policy().packets() : 0;
  }

  private void assertPriorities(String name, int active, int spare) {
    Observed chain = kernel.observe(name);
    assertThat(chain.options()).isEqualTo(HookOptions.ofPriorities(active, spare));
    assertThat(chain.links())
        .extracting(LinkInfo::target)
        .containsExactly(
            new LinkInfo.Target.Netfilter(IPV4, LOCAL_IN, active),
            new LinkInfo.Target.Netfilter(IPV6, LOCAL_IN, active));
  }

  private String tc(String name, String policy) {
    return "chain " + name + " BF_HOOK_TC_INGRESS{ifindex=" + v0 + "} " + policy;
  }

  private static String netfilter(String name, String priorities) {
    return "chain " + name + " BF_HOOK_NF_LOCAL_IN{priorities=" + priorities + "} ACCEPT";
  }

  private static String cgroup(String name, String path) {
    return "chain " + name + " BF_HOOK_CGROUP_SKB_EGRESS{cgpath=" + path + "} ACCEPT";
  }

  private static void assertFails(ThrowingCallable operation, int errno, String message) {
    assertThatThrownBy(operation)
        .isInstanceOfSatisfying(
            BpfException.class, e -> assertThat(e.errno()).as(e.getMessage()).isEqualTo(errno))
        .hasMessageContaining(message);
  }
}
