package dev.jbpfilter.loader;

import static dev.jbpfilter.loader.Installation.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.Kernels;
import dev.jbpfilter.loader.testing.ControlGroup;
import dev.jbpfilter.loader.testing.DelegatedBpffs;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.HookOptions;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Chains in a container: what a token allows, and what it takes besides. */
@RequiresBpf
class TokenTest {
  private static final int ODD_ERRNO = 61;
  private static final int PACKETS = 5;

  /** Enough for all; {@code CAP_SYS_ADMIN} would do for the last two. */
  private static final List<String> ENOUGH = List.of("bpf", "net_admin", "perfmon");

  private static ControlGroup group;
  private static DelegatedBpffs container;

  @BeforeAll
  static void setUp() throws IOException {
    group = new ControlGroup();
    container = new DelegatedBpffs(DelegatedBpffs.ALL);
    container.run("ip", "link", "add", "v0", "type", "veth", "peer", "name", "v1");
    container.run("ip", "address", "add", "192.0.2.1/24", "dev", "v0");
    container.run("ip", "link", "set", "v0", "up");
    container.run("ip", "link", "set", "v1", "up");
    container.run("ip", "neigh", "add", "192.0.2.2", "lladdr", "02:00:00:00:00:02", "dev", "v0");
  }

  @AfterEach
  void flush() {
    call("flush");
  }

  @AfterAll
  static void tearDown() throws IOException {
    if (container != null) {
      container.close();
    }
    if (group != null) {
      group.close();
    }
  }

  private static void call(String method) {
    container.call(TokenTest.class, method, group.path());
  }

  private static void callWith(List<String> capabilities, String method, String... arguments) {
    List<String> all = new ArrayList<>(List.of(group.path()));
    all.addAll(List.of(arguments));
    container.call(
        DelegatedBpffs.with(capabilities.toArray(String[]::new)),
        TokenTest.class,
        method,
        all.toArray(String[]::new));
  }

  private static Bpfilter open(String[] arguments) {
    return Bpfilter.open(Path.of(arguments[0]), BpfilterOptions.of(event -> {}));
  }

  private static Bpfilter openWithToken(String[] arguments) {
    return Bpfilter.open(Path.of(arguments[0]), BpfilterOptions.of(event -> {}).withToken());
  }

  static void flush(String[] arguments) {
    try (Bpfilter bpfilter = openWithToken(arguments)) {
      bpfilter.flush();
      assertThat(bpfilter.chains()).isEmpty();
    }
  }

  private static HookOptions options(Hook hook, String cgroup) {
    String written =
        switch (hook.flavor()) {
          case XDP, TC -> "ifindex=" + Bpfilter.interfaces().index("v1").getAsLong();
          case NETFILTER -> "priorities=101-102";
          case CGROUP_SKB, CGROUP_SOCK_ADDR -> "cgpath=" + cgroup;
        };
    return parse("chain a " + hook.keyword() + "{" + written + "} ACCEPT").options();
  }

  /** A chain with all that a hook allows: sets of each kind, logs, counters. */
  private static Chain chain(Hook hook) {
    String rules =
        hook.flavor() == Flavor.CGROUP_SOCK_ADDR
            ? ""
            : "rule (ip4.saddr, tcp.dport) in {203.0.113.1, 80} log counter DROP"
                + " rule (ip4.snet) in {203.0.113.0/24} log every 1s counter DROP ";
    return parse(
        "chain c_%s %s ACCEPT %srule meta.dport 80 log counter DROP"
            .formatted(hook.name().toLowerCase(Locale.ROOT), hook.keyword(), rules));
  }

  @Test
  void everyHookIsFilteredAndFreed() {
    call("assertEveryHook");
  }

  static void assertEveryHook(String[] arguments) {
    List<String> before = Descriptors.open();
    try (Bpfilter bpfilter = openWithToken(arguments)) {
      for (Hook hook : Hook.values()) {
        Chain chain = chain(hook).withOptions(options(hook, arguments[1]));
        bpfilter.setChain(chain);
        assertThat(bpfilter.chain(chain.name()).chain()).hasToString(chain.toString());
        bpfilter.setChain(chain);
      }
      assertThat(bpfilter.chains()).hasSize(Hook.values().length);
      bpfilter.setRuleset(List.of(chain(Hook.XDP)));
      assertThat(bpfilter.chains()).hasSize(1);
      bpfilter.verify(List.of(chain(Hook.TC_EGRESS)));
    }
    assertThat(Descriptors.open()).isEqualTo(before);
  }

  @Test
  void threeCapabilitiesAreEnough() {
    callWith(ENOUGH, "assertEveryHook");
  }

  @Test
  void theMissingCapabilityIsNamed() {
    callWith(List.of("bpf"), "assertRefused", "CAP_NET_ADMIN");
    callWith(List.of("bpf", "net_admin"), "assertRefused", "CAP_PERFMON");
  }

  static void assertRefused(String[] arguments) {
    List<String> before = Descriptors.open();
    try (Bpfilter bpfilter = openWithToken(arguments)) {
      for (Hook hook : List.of(Hook.XDP, Hook.TC_INGRESS, Hook.NF_LOCAL_IN)) {
        assertThat(catchThrowableOfType(BpfException.class, () -> bpfilter.loadChain(chain(hook))))
            .hasMessageContaining(
                ": this process has no "
                    + arguments[2]
                    + " in its user name space: program bf_prog");
      }
      assertThat(bpfilter.chains()).isEmpty();
    }
    assertThat(Descriptors.open()).isEqualTo(before);
  }

  @Test
  void attachingTakesNoNetworkPrivilegeButForPacketsOfCgroups() {
    call("load");
    callWith(List.of("bpf"), "assertAttachable");
  }

  static void load(String[] arguments) {
    try (Bpfilter bpfilter = openWithToken(arguments)) {
      for (Hook hook : Hook.values()) {
        bpfilter.loadChain(chain(hook));
      }
    }
  }

  static void assertAttachable(String[] arguments) {
    try (Bpfilter bpfilter = openWithToken(arguments)) {
      for (Hook hook : Hook.values()) {
        String name = chain(hook).name();
        HookOptions options = options(hook, arguments[1]);
        if (hook.flavor() == Flavor.CGROUP_SKB) {
          assertThat(
                  catchThrowableOfType(
                      BpfException.class, () -> bpfilter.attachChain(name, options)))
              .returns(Errno.EPERM, BpfException::errno)
              .hasMessageEndingWith("BPF_LINK_CREATE: Operation not permitted");
        } else {
          bpfilter.attachChain(name, options);
          assertThat(bpfilter.chain(name).chain().options()).isEqualTo(options);
        }
      }
    }
  }

  @Test
  void withoutATokenNothingIsLoadedOrAttached() {
    call("load");
    call("assertNothingWithout");
  }

  static void assertNothingWithout(String[] arguments) {
    try (Bpfilter bpfilter = open(arguments)) {
      HookOptions options = options(Hook.XDP, "");
      String refusal =
          "map bf_ctx (needs CAP_BPF; before Linux 5.11 also RLIMIT_MEMLOCK counts):"
              + " BPF_MAP_CREATE: Operation not permitted";
      assertThat(
              catchThrowableOfType(
                  BpfException.class, () -> bpfilter.attachChain(chain(Hook.XDP).name(), options)))
          .hasMessageEndingWith(refusal);
      assertThat(
              catchThrowableOfType(
                  BpfException.class,
                  () -> bpfilter.setChain(parse("chain other BF_HOOK_XDP ACCEPT"))))
          .returns(Errno.EPERM, BpfException::errno)
          .hasMessageContaining(": BPF_MAP_CREATE: ");
      assertThat(bpfilter.chains()).hasSize(Hook.values().length);
    }
  }

  @Test
  void listsAndLogsNeedNoPrivilege() {
    call("load");
    callWith(List.of(), "assertReadable");
  }

  static void assertReadable(String[] arguments) {
    try (Bpfilter bpfilter = open(arguments)) {
      assertThat(bpfilter.chains()).hasSize(Hook.values().length);
      Chain chain = chain(Hook.XDP);
      assertThat(bpfilter.chain(chain.name()).rules()).hasSize(chain.rules().size());
      try (ChainLog log = bpfilter.openLog(chain.name())) {
        assertThat(log.poll()).isEmpty();
      }
      assertThat(catchThrowableOfType(BpfException.class, bpfilter::flush))
          .returns(Errno.EPERM, BpfException::errno)
          .hasMessageContaining(": BPF_MAP_CREATE: ");
      assertThat(bpfilter.chains()).hasSize(Hook.values().length);
    }
  }

  @Test
  void everyCallMayFail() {
    call("assertEveryCallMayFail");
  }

  static void assertEveryCallMayFail(String[] arguments) {
    Chain chain = chain(Hook.XDP).withOptions(options(Hook.XDP, ""));
    int failures = 0;
    while (failsAt(failures, arguments[0], chain)) {
      failures++;
    }
    assertThat(failures).isGreaterThan(30);
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

  @Test
  void openingIsAllOrNothing() {
    call("assertAllOrNothing");
  }

  static void assertAllOrNothing(String[] arguments) {
    int failures = 0;
    while (opensNot(failures, arguments[0])) {
      failures++;
    }
    // The directory, the kernel's types, and the token.
    assertThat(failures).isGreaterThanOrEqualTo(4);
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

  private static void send() throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      for (int i = 0; i < PACKETS; i++) {
        socket.send(new DatagramPacket(new byte[1], 1, InetAddress.getByName("192.0.2.2"), 9));
      }
    }
  }
}
