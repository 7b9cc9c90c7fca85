package dev.jbpfilter.loader;

import static dev.jbpfilter.loader.Installation.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.loader.TransactionRecord.Arriving;
import dev.jbpfilter.loader.TransactionRecord.Phase;
import dev.jbpfilter.loader.UnreadableStateException.Reason;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Directory;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.FileIdentity;
import dev.jbpfilter.loader.kernel.LockMode;
import dev.jbpfilter.loader.kernel.MortalKernel;
import dev.jbpfilter.loader.kernel.MortalKernel.Killed;
import dev.jbpfilter.loader.kernel.MortalKernel.Pace;
import dev.jbpfilter.loader.kernel.UpdateMode;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.NetworkNamespace;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is found that nobody ended, beside what {@link DeathTest} leaves. */
@RequiresBpf
class RecoveryTest {
  private static final String STAGED = "__bf_staging_1_0000000000000001";
  private static final String OTHER = "chain other BF_HOOK_XDP DROP";
  private static final TransactionRecord RECORD =
      new TransactionRecord(
          Phase.COMMITTED,
          new FileIdentity(4, 5),
          List.of(new Arriving("a", new FileIdentity(6, 7))),
          List.of("a", "b"),
          8,
          9);

  private List<String> before = List.of();
  private Installation kernel;
  private int v0;

  @BeforeEach
  void install() throws IOException {
    before = Descriptors.open();
    kernel = new Installation();
    v0 = kernel.index("v0");
    kernel.set("chain c BF_HOOK_XDP{ifindex=" + v0 + "} DROP");
    kernel.events.clear();
  }

  @AfterEach
  void uninstall() throws IOException {
    kernel.run(Bpfilter::flush);
    kernel.close();
    assertThat(Descriptors.open()).isEqualTo(before);
  }

  /** A change that touches nothing of what is there. */
  private void change() {
    kernel.set(OTHER);
  }

  private Directory stage() {
    try (Directory root = kernel.directory("")) {
      root.create(STAGED, 0755);
      return root.open(STAGED);
    }
  }

  private void pin(Directory directory, String name, byte[] bytes) {
    MapSpec spec = new MapSpec("state", MapType.ARRAY, 4, bytes.length, 1, 0, null);
    try (BpfMap map = kernel.kernel.createMap(spec)) {
      map.update(BpfMap.key(0), bytes, UpdateMode.ANY);
      directory.pin(map, name);
    }
  }

  @Test
  void recordsReadBack() {
    for (Phase phase : Phase.values()) {
      TransactionRecord record = RECORD.in(phase);
      assertThat(TransactionRecord.decode(record.encode())).isEqualTo(record);
      assertThat(record.encode()).hasSameSizeAs(RECORD.encode());
    }
    byte[] good = RECORD.encode();
    for (int length = Long.BYTES; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> TransactionRecord.decode(cut))
          .isInstanceOfSatisfying(
              UnreadableStateException.class,
              e -> assertThat(e.reason()).isInstanceOf(Reason.Damaged.class));
    }
  }

  /** Another tool's, or one that was not yet under way. */
  @Test
  void whatHasNoRecordIsRemoved() {
    try (Directory staged = stage()) {
      staged.create("deeper", 0755);
      pin(staged, "bf_cmap", new byte[8]);
    }
    change();
    assertThat(kernel.entries("")).containsExactly("c", "other");
    assertThat(kernel.events).isEmpty();
  }

  @Test
  void whatSomebodyWorksOnIsLeftAlone() {
    try (Directory staged = stage()) {
      staged.lock(LockMode.EXCLUSIVE, Duration.ZERO);
      change();
      assertThat(kernel.entries("")).containsExactly(STAGED, "c", "other");
      pin(staged, "bf_record", new byte[64]);
      assertThatThrownBy(this::change)
          .isInstanceOfSatisfying(
              BpfException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY))
          .hasMessageStartingWith("another version changes chains (" + STAGED);
    }
    change();
    assertThat(kernel.entries("")).containsExactly("c", "other");
    assertThat(kernel.events)
        .containsExactly(
            Event.warning("removing unreadable transaction " + STAGED + ": unknown state format"));
  }

  @Test
  void whoOnlyReadsEndsNothing() {
    stage().close();
    assertThat(kernel.names()).containsExactly("c");
    assertThat(kernel.entries("")).contains(STAGED);
  }

  @Test
  void aLinkGetsItsOwnProgramBack() {
    kernel.set("chain stranger BF_HOOK_XDP ACCEPT");
    try (Directory directory = kernel.directory("c");
        BpfLink link = directory.openLink("bf_link");
        BpfProgram stranger = kernel.call(bpfilter -> bpfilter.openProgram("stranger"))) {
      link.update(stranger);
    }
    change();
    Installation.Observed chain = kernel.observe("c");
    assertThat(chain.link().orElseThrow().programId()).isEqualTo(chain.programId());
    assertThat(kernel.events)
        .containsExactly(
            Event.warning("its link ran another program than its own, which is mended", "c"));
  }

  @Test
  void stateThatWasNeverPublishedGoes() {
    try (Directory directory = kernel.directory("c")) {
      pin(directory, "bf_ctx_tmp", new byte[8]);
    }
    change();
    assertThat(kernel.entries("c")).containsExactly("bf_cmap", "bf_ctx", "bf_link", "bf_prog");
  }

  /** Any pair of deaths: of who tried, and of who brings the old chains back. */
  @Test
  void aTrialIsUndoneHoweverOftenThatIsCutShort() {
    change();
    kernel.set("chain n BF_HOOK_NF_FORWARD{priorities=101-102} DROP");
    List<String> names = kernel.names();
    Installation.Observed old = kernel.observe("c");
    boolean killed = true;
    int deaths = 0;
    while (killed) {
      MortalKernel trying = new MortalKernel(Pace.EVERY_CALL, MortalKernel.IMMORTAL, () -> {});
      kernel.namespace.run(() -> {
        Bpfilter bpfilter = Bpfilter.open(trying.kernel(), kernel.bpffs.path(), e -> {});
        bpfilter.tryRuleset(
            List.of(
                parse("chain d BF_HOOK_XDP{ifindex=" + v0 + "} ACCEPT"),
                parse("chain n BF_HOOK_NF_FORWARD{priorities=101-102} ACCEPT"),
                parse("chain other BF_HOOK_XDP ACCEPT")),
            Duration.ZERO);
        assertThatThrownBy(trying::die).isInstanceOf(Killed.class);
      });
      MortalKernel mending = new MortalKernel(Pace.LASTING_CALLS, ++deaths, () -> {});
      try {
        kernel.run(mending.kernel(), bpfilter -> bpfilter.setChain(parse(OTHER)));
        killed = false;
      } catch (Killed e) {
        change();
      }
      assertThat(kernel.names()).as("after death %d", deaths).isEqualTo(names);
      assertThat(kernel.entries("")).hasSize(names.size());
      assertThat(kernel.observe("c").programId()).isEqualTo(old.programId());
      assertThat(kernel.observe("n").links()).hasSize(2);
      Wholeness.assertRunAsListed(kernel.observe());
    }
    assertThat(deaths).isGreaterThan(50);
  }

  /** Whose name space may be gone: nothing that is left may block all changes for ever. */
  @Test
  void aTrialOfAnotherNamespaceIsGivenUpWithEverything() {
    try (NetworkNamespace other = new NetworkNamespace()) {
      other.run(() -> {
        MortalKernel mortal = new MortalKernel(Pace.EVERY_CALL, MortalKernel.IMMORTAL, () -> {});
        Bpfilter bpfilter = Bpfilter.open(mortal.kernel(), kernel.bpffs.path(), e -> {});
        bpfilter.tryChain(parse("chain d BF_HOOK_XDP{ifindex=" + v0 + "} DROP"), Duration.ZERO);
        assertThatThrownBy(mortal::die).isInstanceOf(Killed.class);
      });
      assertThatThrownBy(this::change)
          .isInstanceOfSatisfying(
              BpfException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
          .hasMessageContaining("or given up by replacing or flushing all chains");
      kernel.run(bpfilter -> bpfilter.setRuleset(List.of(parse("chain e BF_HOOK_XDP DROP"))));
      assertThat(kernel.entries("")).containsExactly("e");
    }
  }
}
