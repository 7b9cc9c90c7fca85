package dev.jbpfilter.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.loader.UnreadableStateException.Reason;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.Directory;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.FileIdentity;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.Kernels;
import dev.jbpfilter.loader.kernel.LockMode;
import dev.jbpfilter.loader.kernel.RenameMode;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.PrivateBpffs;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.HookOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresBpf
class StoreTest {
  private static final SavedState FIRST =
      new SavedState("chain c BF_HOOK_XDP ACCEPT", 1, null, List.of("bf_cmap"));
  private static final SavedState SECOND =
      new SavedState(
          "chain c BF_HOOK_XDP DROP",
          1,
          new SavedState.Attached(HookOptions.ofIfindex(2), new FileIdentity(4, 9), null),
          List.of("bf_cmap"));

  private final Kernel kernel = Kernel.system();
  private List<String> before = List.of();
  private PrivateBpffs bpffs;

  @BeforeEach
  void mount() throws IOException {
    before = Descriptors.open();
    bpffs = new PrivateBpffs();
  }

  @AfterEach
  void unmount() throws IOException {
    assertThat(Descriptors.open()).isEqualTo(before);
    bpffs.close();
  }

  @Test
  void aMissingStoreIsCreatedByAnyone() throws IOException {
    try (Store store = open(LockMode.SHARED)) {
      assertThat(store.names()).isEmpty();
    }
    Path path = Path.of(bpffs.path(), "bpfilter");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rwxr-xr-x");
  }

  @Test
  void aChainIsPublishedWhole() throws IOException {
    set(FIRST, "c");
    try (Store store = open(LockMode.SHARED);
        ChainDirectory chain = store.find("c", LockMode.SHARED).orElseThrow();
        BpfMap counters = chain.map("bf_cmap")) {
      assertThat(store.names()).containsExactly("c");
      assertThat(chain.state()).isEqualTo(FIRST);
      assertThat(counters.info().maxEntries()).isEqualTo(2);
      assertThat(chain.links().all()).isEmpty();
    }
    Path state = Path.of(bpffs.path(), "bpfilter", "c", "bf_ctx");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
        .isEqualTo("rw-------");
    assertThat(entries("bpfilter/c")).containsExactly("bf_cmap", "bf_ctx");
  }

  @Test
  void aChainUnderConstructionIsNotSeen() {
    try (Store store = open(LockMode.EXCLUSIVE);
        Transaction transaction = store.begin()) {
      stage(transaction, FIRST, "c");
      assertThat(store.names()).isEmpty();
      String name = entries("bpfilter").getFirst();
      assertThat(store.staged()).containsExactly(name);
      assertThat(name).matches("__bf_staging_" + ProcessHandle.current().pid() + "_[0-9a-f]{16}");
      assertThat(store.find(name, LockMode.SHARED)).isEmpty();
      transaction.discard();
    }
    assertThat(entries("bpfilter")).isEmpty();
  }

  @Test
  void publishingNeverReplaces() {
    set(FIRST, "c");
    try (Store store = open(LockMode.EXCLUSIVE);
        Transaction transaction = store.begin()) {
      stage(transaction, SECOND, "c");
      assertThatThrownBy(() -> transaction.publish("c"))
          .isInstanceOfSatisfying(
              BpfException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
      transaction.discard();
    }
    assertThat(stateOf("c")).isEqualTo(FIRST);
    assertThat(entries("bpfilter")).containsExactly("c");
  }

  @Test
  void exchangingReplacesAndRemovesTheOld() {
    set(FIRST, "c");
    set(SECOND, "c");
    assertThat(stateOf("c")).isEqualTo(SECOND);
    assertThat(entries("bpfilter")).containsExactly("c");
  }

  @Test
  void anExchangeCanBeUndone() {
    set(FIRST, "c");
    try (Store store = open(LockMode.EXCLUSIVE);
        Transaction transaction = store.begin()) {
      stage(transaction, SECOND, "c");
      transaction.exchange("c");
      transaction.exchange("c");
      transaction.discard();
    }
    assertThat(stateOf("c")).isEqualTo(FIRST);
    assertThat(entries("bpfilter")).containsExactly("c");
  }

  @Test
  void stateIsReplacedInPlace() {
    set(FIRST, "c");
    try (Store store = open(LockMode.EXCLUSIVE);
        ChainDirectory chain = store.find("c", LockMode.EXCLUSIVE).orElseThrow();
        BpfMap map = chain.map("bf_cmap")) {
      chain.pin(map, ChainDirectory.NEW_STATE);
      chain.saveState(SECOND);
      assertThat(chain.state()).isEqualTo(SECOND);
    }
    assertThat(entries("bpfilter/c")).containsExactly("bf_cmap", "bf_ctx");
  }

  @Test
  void aChainIsRemoved() {
    set(FIRST, "c");
    set(FIRST, "d");
    try (Store store = open(LockMode.EXCLUSIVE);
        Transaction transaction = store.begin()) {
      transaction.hide("c");
      transaction.discard();
      assertThat(store.names()).containsExactly("d");
      assertThat(store.find("c", LockMode.SHARED)).isEmpty();
    }
    assertThat(entries("bpfilter")).containsExactly("d");
  }

  @Test
  void sequenceNumbersGrow() {
    try (Store store = open(LockMode.EXCLUSIVE)) {
      assertThat(store.nextSequence()).isEqualTo(1);
    }
    set(new SavedState("", 7, null, List.of()), "a");
    set(new SavedState("", 3, null, List.of()), "b");
    try (Directory root = kernel.openDirectory(bpffs.path() + "/bpfilter")) {
      root.create("foreign", 0755);
    }
    try (Store store = open(LockMode.EXCLUSIVE)) {
      assertThat(store.nextSequence()).isEqualTo(8);
    }
  }

  @Test
  void readersDoNotChangeTheStore() {
    set(FIRST, "c");
    try (Store store = open(LockMode.SHARED)) {
      assertThatThrownBy(store::begin).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(store::staged).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(store::nextSequence).isInstanceOf(IllegalStateException.class);
    }
    assertThat(stateOf("c")).isEqualTo(FIRST);
  }

  @Test
  void stateThatIsNotOursIsRefusedWithTheReason() {
    MapSpec blob = new MapSpec("bf_ctx", MapType.ARRAY, 4, 100, 1, 0, null);
    try (Store store = open(LockMode.EXCLUSIVE);
        Transaction transaction = store.begin();
        ChainDirectory chain = transaction.stage("c");
        ChainDirectory other = transaction.stage("d");
        BpfMap counters = kernel.createMap(counters());
        BpfMap foreign = kernel.createMap(blob)) {
      assertReason(chain, new Reason.Missing());
      chain.pin(counters, ChainDirectory.STATE);
      assertReason(chain, new Reason.Foreign());
      other.pin(foreign, ChainDirectory.STATE);
      assertReason(other, new Reason.Foreign());
      transaction.discard();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "../bpfilter", "a/b", "a\0b", "__bf_staging_1_2"})
  void whatIsNoChainsNameIsNotFound(String name) {
    try (Store store = open(LockMode.EXCLUSIVE)) {
      assertThat(store.find(name, LockMode.SHARED)).isEmpty();
      try (Transaction transaction = store.begin()) {
        for (Consumer<String> rename :
            List.<Consumer<String>>of(
                transaction::publish, transaction::exchange, transaction::hide)) {
          assertThatThrownBy(() -> rename.accept(name))
              .isInstanceOf(IllegalArgumentException.class);
        }
        transaction.discard();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a-b", "ä", " "})
  void directoriesWithOtherToolsNamesAreOnlyRemoved(String name) {
    try (Store store = open(LockMode.EXCLUSIVE);
        Directory root = kernel.openDirectory(bpffs.path() + "/bpfilter");
        Transaction transaction = store.begin()) {
      root.create(name, 0755);
      assertThat(store.names()).containsExactly(name);
      try (ChainDirectory foreign = store.find(name, LockMode.EXCLUSIVE).orElseThrow()) {
        assertReason(foreign, new Reason.Missing());
      }
      transaction.hide(name);
      transaction.publish(name);
      assertThat(store.names()).containsExactly(name);
      try (Directory foreign = root.open(name)) {
        foreign.create("deeper", 0755);
      }
      transaction.hide(name);
      transaction.discard();
      assertThat(store.names()).isEmpty();
    }
  }

  @Test
  void writersExcludeAllAndReadersOnlyWriters() {
    set(FIRST, "c");
    try (Store reader = open(LockMode.SHARED);
        ChainDirectory read = reader.find("c", LockMode.SHARED).orElseThrow();
        Store other = open(LockMode.SHARED);
        ChainDirectory also = other.find("c", LockMode.SHARED).orElseThrow()) {
      assertThat(also.identity()).isEqualTo(read.identity());
      assertContended(() -> open(LockMode.EXCLUSIVE));
      assertContended(() -> other.find("c", LockMode.EXCLUSIVE));
    }
    try (Store writer = open(LockMode.EXCLUSIVE)) {
      assertContended(() -> open(LockMode.SHARED));
      assertThat(writer.names()).containsExactly("c");
    }
  }

  @Test
  void aDirectoryReplacedWhileItsLockIsAwaitedIsLookedUpAgain() throws IOException {
    set(FIRST, "c");
    set(SECOND, "d");
    Directory root = kernel.openDirectory(bpffs.path() + "/bpfilter");
    int[] locks = {0};
    Kernel watched =
        Kernels.afterEachLock(() -> {
          // The first lock is the store's, the second the chain's.
          if (++locks[0] == 2) {
            root.rename("c", root, "d", RenameMode.EXCHANGE);
          }
        });
    try (root;
        Store store = open(watched, LockMode.SHARED);
        ChainDirectory chain = store.find("c", LockMode.SHARED).orElseThrow()) {
      assertThat(chain.state()).isEqualTo(SECOND);
      assertThat(locks[0]).isEqualTo(3);
    }
  }

  @Test
  void aDirectoryThatIsReplacedForEverIsContended() {
    set(FIRST, "c");
    set(SECOND, "d");
    Directory root = kernel.openDirectory(bpffs.path() + "/bpfilter");
    int[] locks = {0};
    Kernel watched =
        Kernels.afterEachLock(() -> {
          if (++locks[0] > 1) {
            root.rename("c", root, "d", RenameMode.EXCHANGE);
          }
        });
    try (root;
        Store store = open(watched, LockMode.SHARED)) {
      assertContended(() -> store.find("c", LockMode.SHARED));
      assertThat(locks[0]).isEqualTo(9);
    }
  }

  @Test
  void aDirectoryThatVanishesIsNotFound() {
    set(FIRST, "c");
    Directory root = kernel.openDirectory(bpffs.path() + "/bpfilter");
    int[] locks = {0};
    Kernel watched =
        Kernels.afterEachLock(() -> {
          if (++locks[0] == 2) {
            root.rename("c", root, "d", RenameMode.NO_REPLACE);
          }
        });
    try (root;
        Store store = open(watched, LockMode.SHARED)) {
      assertThat(store.find("c", LockMode.SHARED)).isEmpty();
    }
  }

  private void set(SavedState state, String name) {
    try (Store store = open(LockMode.EXCLUSIVE);
        Transaction transaction = store.begin()) {
      stage(transaction, state, name);
      if (store.names().contains(name)) {
        transaction.exchange(name);
      } else {
        transaction.publish(name);
      }
      transaction.discard();
    }
  }

  private void stage(Transaction transaction, SavedState state, String name) {
    try (ChainDirectory staged = transaction.stage(name);
        BpfMap map = kernel.createMap(counters())) {
      staged.pin(map, "bf_cmap");
      staged.saveState(state);
    }
  }

  private static MapSpec counters() {
    return new MapSpec("bf_cmap", MapType.PERCPU_ARRAY, 4, 16, 2, 0, null);
  }

  private SavedState stateOf(String name) {
    try (Store store = open(LockMode.SHARED);
        ChainDirectory chain = store.find(name, LockMode.SHARED).orElseThrow()) {
      return chain.state();
    }
  }

  private Store open(LockMode mode) {
    return open(kernel, mode);
  }

  private Store open(Kernel used, LockMode mode) {
    try (Directory root = used.openDirectory(bpffs.path())) {
      return Store.open(used, root, mode, Duration.ZERO);
    }
  }

  private List<String> entries(String path) {
    try (Directory directory = kernel.openDirectory(bpffs.path() + "/" + path)) {
      return directory.entries().stream().map(Directory.Entry::name).toList();
    }
  }

  private static void assertContended(Runnable locking) {
    assertThatThrownBy(locking::run)
        .isInstanceOfSatisfying(
            BpfException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EAGAIN));
  }

  private static void assertReason(ChainDirectory chain, Reason reason) {
    assertThatThrownBy(chain::state)
        .isInstanceOfSatisfying(
            UnreadableStateException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
