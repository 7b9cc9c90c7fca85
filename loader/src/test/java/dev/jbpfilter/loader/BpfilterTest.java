package dev.jbpfilter.loader;

import static dev.jbpfilter.loader.Installation.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.Directory;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.Kernels;
import dev.jbpfilter.loader.kernel.LinkInfo;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.PrivateBpffs;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.HookOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each operation, and how it is refused. */
@RequiresBpf
class BpfilterTest {
  private static final String LOADED =
      """
      chain c BF_HOOK_XDP DROP
          rule
              ip4.snet eq 10.1.2.3/8
              counter
              ACCEPT
          rule
              tcp.dport not range 1-1024
              DROP
      """;

  private List<String> before = List.of();
  private Installation kernel;
  private int v0;

  @BeforeEach
  void install() throws IOException {
    before = Descriptors.open();
    kernel = new Installation();
    v0 = kernel.index("v0");
  }

  @AfterEach
  void uninstall() throws IOException {
    assertThat(Descriptors.open()).isEqualTo(before);
    kernel.close();
  }

  @Test
  void aMissingFileSystemIsNotCreated() {
    assertThatThrownBy(() -> Bpfilter.open(Path.of("/nope"), kernel.events::add))
        .isInstanceOf(BpfException.class)
        .hasMessage("/nope: openat: No such file or directory");
  }

  @Test
  void whatIsNoBpfFileSystemTakesNoPins() throws IOException {
    Path plain = Files.createTempDirectory("jbpfilter-plain");
    try (Bpfilter bpfilter = Bpfilter.open(plain, kernel.events::add)) {
      assertFails(
          () -> bpfilter.loadChain(parse(LOADED)),
          Errno.EPERM,
          "failed to load chain 'c': pinned outside of a BPF file system: " + plain);
      assertThat(bpfilter.chains()).isEmpty();
    }
    assertThat(plain.resolve("bpfilter")).isEmptyDirectory();
    Files.delete(plain.resolve("bpfilter"));
    Files.delete(plain);
  }

  @Test
  void aLoadedChainIsFoundByTheNextProcess() throws IOException {
    kernel.run(bpfilter -> bpfilter.loadChain(parse(LOADED)));
    LoadedChain found = kernel.call(bpfilter -> bpfilter.chain("c"));
    assertThat(found.chain().withoutSpans()).isEqualTo(parse(LOADED).withoutSpans());
    Counter none = new Counter(0, 0);
    assertThat(found.rules()).containsExactly(none, none);
    assertThat(found.policy()).isEqualTo(none);
    assertThat(found.errors()).isEqualTo(none);
    assertThat(kernel.call(Bpfilter::chains)).containsExactly(found);
    assertThat(kernel.events).containsExactly(Event.info("load c"));
    assertThat(kernel.entries("c")).containsExactly("bf_cmap", "bf_ctx", "bf_prog");
    assertModes("bf_cmap", "bf_ctx", "bf_prog");
  }

  @Test
  void loadingIgnoresHookOptions() {
    kernel.run(bpfilter -> bpfilter.loadChain(attached("c")));
    assertThat(kernel.observe("c").link()).isEmpty();
    assertThat(kernel.observe("c").listed().chain().options()).isEqualTo(HookOptions.NONE);
    assertThat(kernel.events)
        .containsExactly(
            Event.warning("Hook options are ignored when loading a chain"), Event.info("load c"));
  }

  @Test
  void loadingNeverReplaces() {
    kernel.run(bpfilter -> bpfilter.loadChain(parse(LOADED)));
    var old = kernel.observe("c");
    assertFails(
        () -> kernel.run(bpfilter -> bpfilter.loadChain(parse("chain c BF_HOOK_XDP ACCEPT"))),
        Errno.EEXIST,
        "chain 'c' already exists: File exists");
    assertThat(kernel.observe("c")).isEqualTo(old);
  }

  @Test
  void countersAreSummed() {
    kernel.set(LOADED);
    assertThat(kernel.count("c")).isEqualTo(1);
    assertThat(kernel.count("c")).isEqualTo(1);
    LoadedChain counted = kernel.observe("c").listed();
    assertThat(counted.policy()).isEqualTo(new Counter(2, 2 * Installation.PACKET));
    assertThat(counted.rules()).containsOnly(new Counter(0, 0));
  }

  @Test
  void aChainWithOptionsIsAttached() throws IOException {
    kernel.run(bpfilter -> bpfilter.setChain(attached("c")));
    var set = kernel.observe("c");
    assertThat(set.listed().chain().options()).isEqualTo(HookOptions.ofIfindex(v0));
    LinkInfo link = set.link().orElseThrow();
    assertThat(link.target()).isEqualTo(new LinkInfo.Target.Xdp(v0));
    assertThat(link.programId()).isEqualTo(set.programId());
    assertThat(kernel.events).containsExactly(Event.info("attached XDP program in driver mode"));
    assertModes("bf_cmap", "bf_ctx", "bf_link", "bf_prog");
  }

  @Test
  void aDeviceWithoutDriverSupportIsAttachedInTheStack() {
    kernel.run(bpfilter -> bpfilter.setChain(attached("c", kernel.index("lo"))));
    assertThat(kernel.events).containsExactly(Event.info("attached XDP program in SKB mode"));
  }

  @Test
  void aLoadedChainIsAttached() {
    kernel.run(bpfilter -> bpfilter.loadChain(parse(LOADED)));
    var loaded = kernel.observe("c");
    kernel.count("c");
    kernel.events.clear();
    kernel.run(bpfilter -> bpfilter.attachChain("c", HookOptions.ofIfindex(v0)));
    var attached = kernel.observe("c");
    assertThat(attached.programId()).isEqualTo(loaded.programId());
    assertThat(attached.listed().policy().packets()).isEqualTo(1);
    assertThat(attached.listed().chain().options()).isEqualTo(HookOptions.ofIfindex(v0));
    assertThat(attached.link().orElseThrow().programId()).isEqualTo(loaded.programId());
    assertThat(kernel.events)
        .containsExactly(
            Event.info("attaching c to BF_HOOK_XDP"),
            Event.info("attached XDP program in driver mode"));
    assertThat(kernel.entries("c")).containsExactly("bf_cmap", "bf_ctx", "bf_link", "bf_prog");
  }

  @Test
  void whatCannotBeAttachedStaysLoaded() {
    kernel.run(bpfilter -> bpfilter.loadChain(parse(LOADED)));
    var loaded = kernel.observe("c");
    assertAttachFails(
        "nope",
        HookOptions.ofIfindex(v0),
        Errno.ENOENT,
        "chain 'nope' not found: No such file or directory");
    assertAttachFails(
        "../c",
        HookOptions.ofIfindex(v0),
        Errno.ENOENT,
        "chain '../c' not found: No such file or directory");
    assertAttachFails(
        "c",
        HookOptions.NONE,
        Errno.EINVAL,
        "hook option 'ifindex' is required for 'BF_HOOK_XDP' chains: Invalid argument");
    assertAttachFails(
        "c",
        new HookOptions(v0, "/sys/fs/cgroup", null),
        Errno.EOPNOTSUPP,
        "hook option 'cgpath' is not supported for 'BF_HOOK_XDP' chains: Operation not supported");
    assertAttachFails(
        "c",
        HookOptions.ofIfindex(9999),
        Errno.EINVAL,
        "failed to attach chain 'c': XDP link on interface 9999: BPF_LINK_CREATE:"
            + " Invalid argument");
    assertThat(kernel.observe("c")).isEqualTo(loaded);
    assertThat(kernel.entries("c")).containsExactly("bf_cmap", "bf_ctx", "bf_prog");
  }

  @Test
  void anAttachedChainIsNotAttachedAgain() {
    kernel.run(bpfilter -> bpfilter.setChain(attached("c")));
    var old = kernel.observe("c");
    assertAttachFails(
        "c",
        HookOptions.ofIfindex(kernel.index("v1")),
        Errno.EBUSY,
        "chain 'c' is already linked to a hook: Device or resource busy");
    assertThat(kernel.observe("c")).isEqualTo(old);
  }

  @Test
  void aTakenDeviceIsRefused() {
    kernel.run(bpfilter -> bpfilter.setChain(attached("a")));
    kernel.run(bpfilter -> bpfilter.loadChain(parse(LOADED)));
    var old = kernel.observe();
    assertAttachFails(
        "c",
        HookOptions.ofIfindex(v0),
        Errno.EBUSY,
        "failed to attach chain 'c': interface "
            + v0
            + " belongs to chain 'a': Device or resource busy");
    assertFails(
        () -> kernel.run(bpfilter -> bpfilter.setChain(attached("c"))),
        Errno.EBUSY,
        "failed to set chain 'c': interface "
            + v0
            + " belongs to chain 'a': Device or resource busy");
    assertThat(kernel.observe()).isEqualTo(old);
  }

  @Test
  void anotherToolsProgramIsNotReplaced() throws IOException {
    kernel.run(bpfilter -> bpfilter.setChain(attached("a")));
    try (PrivateBpffs other = new PrivateBpffs()) {
      assertFails(
          () ->
              kernel.namespace.run(() -> {
                try (Bpfilter bpfilter = Bpfilter.open(Path.of(other.path()), kernel.events::add)) {
                  bpfilter.setChain(attached("c"));
                }
              }),
          Errno.EBUSY,
          "failed to set chain 'c': XDP link on interface "
              + v0
              + ": BPF_LINK_CREATE: Device or resource busy");
    }
  }

  @Test
  void chainsAreListedNewestFirst() {
    kernel.set("chain b BF_HOOK_XDP DROP");
    kernel.set("chain c BF_HOOK_XDP DROP");
    kernel.set("chain a BF_HOOK_XDP DROP");
    kernel.set("chain b BF_HOOK_XDP ACCEPT");
    assertThat(kernel.names()).containsExactly("a", "c", "b");
    kernel.run(bpfilter ->
        bpfilter.setRuleset(
            List.of(parse("chain c BF_HOOK_XDP DROP"), parse("chain b BF_HOOK_XDP DROP"))));
    assertThat(kernel.names()).containsExactly("b", "c");
  }

  @Test
  void warningsAboutRulesAreRepeatedByReaders() {
    kernel.set("chain c BF_HOOK_XDP DROP rule tcp.dport eq 1 udp.dport eq 2 ACCEPT");
    assertThat(kernel.events).isEmpty();
    kernel.run(Bpfilter::chains);
    Event warning =
        Event.warning(
            "rule 0 has incompatible matchers on the same layer, rule will be disabled", "c");
    assertThat(kernel.events).containsExactly(warning);
    kernel.run(bpfilter -> bpfilter.chain("c"));
    assertThat(kernel.events).containsExactly(warning, warning);
  }

  @Test
  void anUnknownChainIsNotFound() {
    for (String name : List.of("c", "", ".", "..", "a/b", "__bf_staging_1_0000000000000000")) {
      String message = "chain '" + name + "' not found: No such file or directory";
      assertFails(() -> kernel.run(bpfilter -> bpfilter.chain(name)), Errno.ENOENT, message);
      assertFails(() -> kernel.run(bpfilter -> bpfilter.flushChain(name)), Errno.ENOENT, message);
    }
  }

  @Test
  void aFlushedChainIsDetachedAndGone() {
    kernel.run(bpfilter -> bpfilter.setChain(attached("c")));
    kernel.set("chain d BF_HOOK_XDP DROP");
    try (Directory directory = kernel.directory("c");
        var link = directory.openLink("bf_link")) {
      kernel.run(bpfilter -> bpfilter.flushChain("c"));
      assertThat(link.info().target()).isEqualTo(new LinkInfo.Target.Xdp(0));
    }
    assertThat(kernel.entries("")).containsExactly("d");
  }

  @Test
  void flushingRemovesAll() {
    kernel.run(Bpfilter::flush);
    kernel.run(bpfilter -> bpfilter.setChain(attached("c")));
    kernel.set("chain d BF_HOOK_XDP DROP");
    kernel.run(Bpfilter::flush);
    assertThat(kernel.entries("")).isEmpty();
    kernel.run(bpfilter -> bpfilter.setChain(attached("e")));
  }

  @Test
  void aChainWhoseDeviceVanishedIsListedReplacedAndFlushed() {
    kernel.run(bpfilter -> bpfilter.setChain(attached("c")));
    kernel.run(bpfilter -> bpfilter.setChain(attached("d", kernel.index("v1"))));
    Shell.run("ip", "-n", kernel.namespace.name(), "link", "delete", "v0");
    assertThat(kernel.observe("c").listed().chain().options()).isEqualTo(HookOptions.ofIfindex(v0));
    assertThat(kernel.observe("c").link().orElseThrow().target())
        .isEqualTo(new LinkInfo.Target.Xdp(0));
    kernel.set("chain d BF_HOOK_XDP{ifindex=1} DROP");
    assertThat(kernel.observe("d").link().orElseThrow().target())
        .isEqualTo(new LinkInfo.Target.Xdp(1));
    kernel.run(bpfilter -> bpfilter.flushChain("c"));
    assertThat(kernel.names()).containsExactly("d");
  }

  @Test
  void aKernelThatRefusesTypesGetsMapsWithout() {
    kernel.run(
        Kernels.refusing("BPF_BTF_LOAD", Errno.EPERM, 0),
        bpfilter -> bpfilter.setChain(parse(LOADED)));
    assertThat(kernel.events).hasSize(1);
    assertThat(kernel.events.getFirst().level()).isEqualTo(Event.Level.WARNING);
    assertThat(kernel.events.getFirst().text())
        .startsWith("map bf_cmap has no type information: BTF (")
        .endsWith("): BPF_BTF_LOAD: Operation not permitted");
    kernel.count("c");
    assertThat(kernel.observe("c").listed().policy().packets()).isEqualTo(1);
  }

  @Test
  void readersDoNotDisturbEachOther() throws Exception {
    kernel.run(bpfilter -> bpfilter.setChain(attached("c")));
    List<Callable<List<LoadedChain>>> readers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      readers.add(() -> kernel.call(Bpfilter::chains));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
      for (Future<List<LoadedChain>> read : threads.invokeAll(readers)) {
        assertThat(read.get()).hasSize(1);
      }
    }
  }

  @Test
  void otherToolsReadTheCounters() {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/sbin/bpftool")), "bpftool is not installed");
    kernel.set(LOADED);
    kernel.count("c");
    String pin = kernel.bpffs.path() + "/bpfilter/c/bf_cmap";
    String dump = Shell.run("bpftool", "-j", "map", "dump", "pinned", pin);
    assertThat(dump).contains("\"value\":{\"count\":1,\"size\":64}");
    assertThat(dump).contains("\"value\":{\"count\":0,\"size\":0}");
  }

  private Chain attached(String name) {
    return attached(name, v0);
  }

  private static Chain attached(String name, int index) {
    return parse("chain " + name + " BF_HOOK_XDP{ifindex=" + index + "} DROP");
  }

  private void assertModes(String... pins) throws IOException {
    for (String pin : pins) {
      Path path = Path.of(kernel.bpffs.path(), "bpfilter", "c", pin);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .as(pin)
          .isEqualTo("rw-------");
    }
  }

  private void assertAttachFails(String name, HookOptions options, int errno, String message) {
    assertFails(() -> kernel.run(bpfilter -> bpfilter.attachChain(name, options)), errno, message);
  }

  private static void assertFails(ThrowingCallable operation, int errno, String message) {
    assertThatThrownBy(operation)
        .isInstanceOfSatisfying(
            BpfException.class, e -> assertThat(e.errno()).as(e.getMessage()).isEqualTo(errno))
        .hasMessageStartingWith(message);
  }
}
