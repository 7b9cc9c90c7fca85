package dev.jbpfilter.loader.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.loader.kernel.Directory.Entry;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.PrivateBpffs;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresBpf
class DirectoryTest {
  private final Kernel kernel = Kernel.system();
  private List<String> before = List.of();
  private PrivateBpffs bpffs;
  private Directory root;

  @BeforeEach
  void mount() throws IOException {
    before = Descriptors.open();
    bpffs = new PrivateBpffs();
    try (Directory top = kernel.openDirectory(bpffs.path())) {
      top.create("root", 0755);
      root = top.open("root");
    }
  }

  @AfterEach
  void unmount() throws IOException {
    root.close();
    bpffs.close();
    assertThat(Descriptors.open()).isEqualTo(before);
  }

  @Test
  void objectsOutliveTheProcessByTheirPins() {
    int id;
    try (BpfProgram program = kernel.loadProgram(Specs.returning(2), Map.of());
        BpfMap map = kernel.createMap(Specs.array(MapType.PERCPU_ARRAY, 16, 3))) {
      root.pin(program, "bf_prog");
      root.pin(map, "bf_cmap");
      id = program.info().id();
      assertThatThrownBy(() -> root.pin(map, "bf_prog")).hasMessageEndingWith(": File exists");
    }
    try (BpfProgram program = root.openProgram("bf_prog");
        BpfMap map = root.openMap("bf_cmap")) {
      assertThat(program.info().id()).isEqualTo(id);
      assertThat(program.run(TestRun.of(new byte[64])).returnValue()).isEqualTo(2);
      assertThat(map.sumPerCpu(BpfMap.key(2))).containsExactly(0, 0);
    }
    assertThat(root.entries())
        .containsExactly(new Entry("bf_cmap", false), new Entry("bf_prog", false));
    root.unlink("bf_prog");
    assertThatThrownBy(() -> root.openProgram("bf_prog"))
        .isInstanceOfSatisfying(
            BpfException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
  }

  @Test
  void pinsOfAnotherKindAreRefused() {
    try (BpfMap map = kernel.createMap(Specs.array(MapType.ARRAY, 4, 1))) {
      root.pin(map, "map");
    }
    assertThatThrownBy(() -> root.openProgram("map"))
        .isInstanceOf(BpfException.class)
        .hasMessageContaining("anon_inode:bpf-map")
        .hasMessageEndingWith(": Invalid argument");
    assertThatThrownBy(() -> root.openLink("map")).isInstanceOf(BpfException.class);
  }

  @Test
  void symbolicLinksAreNotFollowed() throws IOException {
    root.create("a", 0755);
    try (BpfMap map = kernel.createMap(Specs.array(MapType.ARRAY, 4, 1))) {
      root.pin(map, "map");
    }
    Path path = Path.of(root.path());
    Files.createSymbolicLink(path.resolve("alias"), path.resolve("map"));
    Files.createSymbolicLink(path.resolve("side"), path.resolve("a"));
    assertThatThrownBy(() -> root.openMap("alias"))
        .isInstanceOfSatisfying(
            BpfException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ELOOP));
    assertThatThrownBy(() -> root.open("side"))
        .isInstanceOfSatisfying(
            BpfException.class, e -> assertThat(e.errno()).isIn(Errno.ENOTDIR, Errno.ELOOP));
    assertThat(root.entries()).contains(new Entry("side", false), new Entry("a", true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "/", "/etc"})
  void namesStayInTheDirectory(String name) {
    assertThatThrownBy(() -> root.open(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> root.find(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> root.create(name, 0755)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> root.unlink(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> root.removeDirectory(name))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> root.rename("a", root, name, RenameMode.REPLACE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> root.rename(name, root, "a", RenameMode.REPLACE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> root.openMap(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> root.identityOf(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNulDoesNotCutANameShort() {
    root.create("a", 0755);
    assertThatThrownBy(() -> root.open("a\0b")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void directoriesAreCreatedListedAndRemoved() {
    assertThat(root.find("b")).isEmpty();
    root.create("b", 0755);
    root.create("a", 0755);
    assertThatThrownBy(() -> root.create("a", 0755))
        .isInstanceOf(BpfException.class)
        .hasMessage(root.path() + "/a: mkdirat: File exists");
    assertThat(root.entries()).containsExactly(new Entry("a", true), new Entry("b", true));
    root.removeDirectory("a");
    assertThatThrownBy(() -> root.removeDirectory("a"))
        .hasMessageEndingWith(": No such file or directory");
    assertThat(root.entries()).containsExactly(new Entry("b", true));
  }

  @Test
  void manyEntriesAreAllListed() {
    for (int i = 0; i < 2000; i++) {
      root.create("a_rather_long_name_of_a_chain_" + i, 0755);
    }
    assertThat(root.entries())
        .hasSize(2000)
        .isSortedAccordingTo((x, y) -> x.name().compareTo(y.name()));
  }

  @Test
  void renamesReplaceRefuseOrExchange() {
    root.create("a", 0755);
    root.create("b", 0755);
    FileIdentity a = root.identityOf("a").orElseThrow();
    FileIdentity b = root.identityOf("b").orElseThrow();
    assertThat(a).isNotEqualTo(b);
    assertThatThrownBy(() -> root.rename("a", root, "b", RenameMode.NO_REPLACE))
        .hasMessageEndingWith("/a to b: renameat2: File exists");
    root.rename("a", root, "b", RenameMode.EXCHANGE);
    assertThat(root.identityOf("a")).hasValue(b);
    assertThat(root.identityOf("b")).hasValue(a);
    root.rename("a", root, "c", RenameMode.NO_REPLACE);
    assertThat(root.identityOf("a")).isEmpty();
    root.rename("c", root, "b", RenameMode.REPLACE);
    assertThat(root.identityOf("b")).hasValue(b);
    try (Directory open = root.open("b")) {
      assertThat(open.identity()).isEqualTo(b);
    }
  }

  @Test
  void locksExcludeEachOther() {
    root.create("a", 0755);
    try (Directory holder = root.open("a");
        Directory other = root.open("a")) {
      holder.lock(LockMode.SHARED);
      other.lock(LockMode.SHARED, Duration.ZERO);
      assertThatThrownBy(() -> holder.lock(LockMode.EXCLUSIVE, Duration.ofMillis(30)))
          .isInstanceOf(BpfException.class)
          .hasMessage(root.path() + "/a: flock: Resource temporarily unavailable");
    }
    try (Directory last = root.open("a")) {
      last.lock(LockMode.EXCLUSIVE, Duration.ZERO);
    }
  }

  @Test
  void aLockIsWaitedFor() throws Exception {
    root.create("a", 0755);
    Directory holder = root.open("a");
    holder.lock(LockMode.EXCLUSIVE);
    CompletableFuture<Long> waiter =
        CompletableFuture.supplyAsync(() -> {
          try (Directory other = root.open("a")) {
            other.lock(LockMode.EXCLUSIVE);
            return System.nanoTime();
          }
        });
    Thread.sleep(100);
    assertThat(waiter).isNotDone();
    long released = System.nanoTime();
    holder.close();
    assertThat(waiter.get()).isGreaterThanOrEqualTo(released);
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    root.create("a", 0755);
    try (Directory holder = root.open("a");
        Directory other = root.open("a")) {
      holder.lock(LockMode.EXCLUSIVE);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> other.lock(LockMode.EXCLUSIVE))
          .isInstanceOfSatisfying(
              BpfException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINTR));
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void whatIsNoDirectoryDoesNotOpen() {
    assertThatThrownBy(() -> kernel.openDirectory("/nope"))
        .isInstanceOf(BpfException.class)
        .hasMessage("/nope: openat: No such file or directory");
    assertThatThrownBy(() -> kernel.openDirectory("/etc/passwd"))
        .hasMessage("/etc/passwd: openat: Not a directory");
  }

  @Test
  void onlyABpfFileSystemTakesPins() throws IOException {
    Path plain = Files.createTempDirectory("plain");
    try (Directory directory = kernel.openDirectory(plain.toString());
        BpfMap map = kernel.createMap(Specs.array(MapType.ARRAY, 4, 1))) {
      assertThatThrownBy(() -> directory.pin(map, "map"))
          .hasMessage(plain + "/map: BPF_OBJ_PIN: Operation not permitted");
    } finally {
      Files.delete(plain);
    }
  }
}
