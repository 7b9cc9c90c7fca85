package dev.jbpfilter.loader;

import static dev.jbpfilter.loader.Installation.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.loader.Installation.Observed;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Directory;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.LinkInfo;
import dev.jbpfilter.loader.kernel.RenameMode;
import dev.jbpfilter.loader.kernel.XdpMode;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.NetworkNamespace;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.HookOptions;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Directories that another tool made, and our own that are damaged. */
@RequiresBpf
class UnreadableChainTest {
  private static final LinkInfo.Target DETACHED = new LinkInfo.Target.Xdp(0);

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
    kernel.set("chain good BF_HOOK_XDP DROP");
  }

  @AfterEach
  void uninstall() throws IOException {
    assertThat(Descriptors.open()).isEqualTo(before);
    kernel.close();
  }

  @Test
  void theyAreLeftOutOfListingsWithAWarning() {
    makeForeign("x");
    try (Directory root = kernel.directory("")) {
      root.create("a-b", 0755);
    }
    assertThat(kernel.names()).containsExactly("good");
    assertThat(kernel.events)
        .containsExactly(
            Event.warning("failed to restore chain 'a-b', skipping: no saved state", "a-b"),
            Event.warning("failed to restore chain 'x', skipping: unknown state format", "x"));
  }

  @Test
  void oneAloneIsNotFound() {
    makeForeign("x");
    for (Consumer<Bpfilter> reader :
        List.<Consumer<Bpfilter>>of(
            bpfilter -> bpfilter.chain("x"),
            bpfilter -> bpfilter.attachChain("x", HookOptions.ofIfindex(v0)))) {
      kernel.events.clear();
      assertThatThrownBy(() -> kernel.run(reader))
          .isInstanceOfSatisfying(
              BpfException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
          .hasMessage("chain 'x' not found: No such file or directory");
      assertThat(kernel.events)
          .containsExactly(
              Event.warning("failed to restore chain 'x', skipping: unknown state format", "x"));
    }
  }

  @Test
  void damageIsToldByItsKind() {
    assertDamaged(directory -> directory.unlink("bf_prog"), "pin bf_prog is missing");
    assertDamaged(directory -> directory.unlink("bf_cmap"), "pin bf_cmap is missing");
    assertDamaged(
        directory -> {
          // A link that only loses its pin frees the device some time later.
          try (BpfLink link = directory.openLink("bf_link")) {
            link.detach();
          }
          directory.unlink("bf_link");
        },
        "pin bf_link is missing");
    assertDamaged(
        directory -> directory.rename("bf_prog", directory, "bf_cmap", RenameMode.EXCHANGE),
        "no map is pinned as bf_cmap");
    assertDamaged(
        directory -> {
          directory.unlink("bf_cmap");
          MapSpec other = new MapSpec("bf_cmap", MapType.ARRAY, 4, 16, 2, 0, null);
          try (BpfMap map = kernel.kernel.createMap(other)) {
            directory.pin(map, "bf_cmap");
          }
        },
        "bf_cmap is no map of counters for 0 rules");
    assertDamaged(state("chain x BF_HOOK_XDP NOPE"), "its rules do not parse: ");
    assertDamaged(state("chain y BF_HOOK_XDP DROP"), "its rules are not those of chain 'x'");
  }

  @Test
  void theyAreFlushedWithTheirLinks() {
    makeForeign("x");
    try (Directory directory = kernel.directory("x");
        BpfLink link = directory.openLink("bf_link_extra")) {
      kernel.run(bpfilter -> bpfilter.flushChain("x"));
      assertThat(link.info().target()).isEqualTo(DETACHED);
    }
    assertThat(kernel.entries("")).containsExactly("good");
    makeForeign("x");
    try (Directory root = kernel.directory("")) {
      root.create("a-b", 0755);
    }
    kernel.run(Bpfilter::flush);
    assertThat(kernel.entries("")).isEmpty();
    assertThat(kernel.namespace.call(() -> kernel.kernel.xdpProgram(v0))).isEmpty();
  }

  @Test
  void oneIsReplacedByAChainOfItsName() {
    int link = makeForeign("x");
    kernel.set(text("x", v0));
    assertThat(kernel.events)
        .containsExactly(
            Event.warning("removing unreadable chain 'x': unknown state format"),
            Event.info("attached XDP program in SKB mode"));
    Observed replaced = kernel.observe("x");
    assertThat(replaced.link())
        .hasValue(new LinkInfo(link, replaced.programId(), new LinkInfo.Target.Xdp(v0)));
    assertThat(kernel.entries("x")).containsExactly("bf_cmap", "bf_ctx", "bf_link", "bf_prog");
  }

  @Test
  void oneIsReplacedByARuleset() {
    int link = makeForeign("x");
    kernel.run(bpfilter -> bpfilter.setRuleset(List.of(parse(text("y", v0)))));
    assertThat(kernel.entries("")).containsExactly("y");
    assertThat(kernel.observe("y").link().orElseThrow().id()).isEqualTo(link);
  }

  @Test
  void oneOfAnotherNamespaceIsDetached() {
    makeForeign("x");
    try (Directory directory = kernel.directory("x");
        BpfLink link = directory.openLink("bf_link_extra");
        NetworkNamespace other = new NetworkNamespace()) {
      other.run(() -> {
        assertThat(kernel.kernel.interfaceIndex("v0")).isEqualTo(v0);
        try (Bpfilter bpfilter = Bpfilter.open(kernel.kernel, kernel.bpffs.path(), e -> {})) {
          bpfilter.setChain(parse(text("x", v0)));
        }
      });
      assertThat(link.info().target()).isEqualTo(DETACHED);
      assertThat(kernel.observe("x").link().orElseThrow().target())
          .isEqualTo(new LinkInfo.Target.Xdp(v0));
    }
  }

  @Test
  void aDeviceOfOneThatStaysIsTaken() {
    makeForeign("x");
    assertThatThrownBy(() -> kernel.set(text("y", v0)))
        .isInstanceOf(BpfException.class)
        .hasMessageStartingWith("failed to set chain 'y': XDP link on interface " + v0);
    kernel.set(text("y", v1));
    assertThat(kernel.entries("")).containsExactly("good", "x", "y");
  }

  @Test
  void aDamagedChainIsReplacedInPlace() {
    kernel.set(text("x", v0));
    int link = kernel.observe("x").link().orElseThrow().id();
    try (Directory directory = kernel.directory("x")) {
      directory.unlink("bf_prog");
    }
    kernel.set(text("x", v0));
    assertThat(kernel.observe("x").link().orElseThrow().id()).isEqualTo(link);
  }

  /** Makes what another tool might: a generic link under an odd name and a state of its own. */
  private int makeForeign(String name) {
    try (Directory root = kernel.directory("")) {
      root.create(name, 0755);
    }
    MapSpec blob = new MapSpec("bf_ctx", MapType.ARRAY, 4, 100, 1, 0, null);
    return kernel.namespace.call(() -> {
      try (Directory directory = kernel.directory(name);
          Directory good = kernel.directory("good");
          BpfProgram program = good.openProgram("bf_prog");
          BpfMap state = kernel.kernel.createMap(blob);
          BpfLink link = kernel.kernel.attachXdp(program, v0, XdpMode.GENERIC)) {
        directory.pin(state, "bf_ctx");
        directory.pin(state, "bf_link");
        directory.pin(link, "bf_link_extra");
        return link.info().id();
      }
    });
  }

  private void assertDamaged(Consumer<Directory> damage, String what) {
    kernel.set(text("x", v0));
    try (Directory directory = kernel.directory("x")) {
      damage.accept(directory);
    }
    kernel.events.clear();
    assertThat(kernel.names()).containsExactly("good");
    assertThat(kernel.events).hasSize(1);
    assertThat(kernel.events.getFirst().text())
        .startsWith("failed to restore chain 'x', skipping: damaged state: " + what);
    kernel.run(bpfilter -> bpfilter.flushChain("x"));
  }

  private Consumer<Directory> state(String text) {
    return directory ->
        new ChainDirectory(kernel.kernel, directory)
            .saveState(new SavedState(text, 1, null, List.of("bf_cmap")));
  }

  private static String text(String name, int index) {
    return "chain " + name + " BF_HOOK_XDP{ifindex=" + index + "} DROP";
  }
}
