package dev.jbpfilter.loader;

import static dev.jbpfilter.loader.Installation.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jbpfilter.loader.Installation.Observed;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.Kernels;
import dev.jbpfilter.loader.kernel.MortalKernel;
import dev.jbpfilter.loader.kernel.MortalKernel.Killed;
import dev.jbpfilter.loader.kernel.MortalKernel.Pace;
import dev.jbpfilter.loader.kernel.XdpMode;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import dev.jbpfilter.ruleset.Chain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the replacement of chains promises, one test for each promise. */
@RequiresBpf
class AtomicReplacementTest {
  private static final int EROFS = 30;
  private static final int NO_DEVICE = 9999;
  private static final int REPLACEMENTS = 200;
  private static final int MOST_STEPS = 80;
  private static final long PROBE_NANOS = 1_000_000;
  private static final Set<Place> PLACES =
      EnumSet.of(Place.XDP, Place.TC_INGRESS, Place.LOCAL_IN, Place.CGROUP_EGRESS);

  private Installation kernel;
  private Wire wire;
  private List<Observed> old;

  @BeforeEach
  void install() throws IOException {
    kernel = new Installation();
    wire = new Wire(kernel);
    for (Place place : PLACES) {
      kernel.set(wire.closing(place));
    }
    assertThat(wire.open(PLACES)).isEmpty();
    old = kernel.observe();
  }

  @AfterEach
  void uninstall() throws IOException {
    kernel.run(Bpfilter::flush);
    wire.close();
    kernel.close();
  }

  /** (1) The verifier rejects the second chain. */
  @Test
  void aRejectedProgramChangesNothing() {
    Kernel refusing = Kernels.refusing("BPF_PROG_LOAD", Errno.EACCES, 1);
    assertRefused(() -> kernel.run(refusing, ruleset()), Errno.EACCES);
    assertOld();
  }

  /** (2) A link can't be created. */
  @Test
  void aMissingDeviceChangesNothing() {
    List<Chain> chains = chains(true);
    chains.add(parse("chain last BF_HOOK_XDP{ifindex=" + NO_DEVICE + "} DROP"));
    assertRefused(() -> kernel.run(bpfilter -> bpfilter.setRuleset(chains)), Errno.EINVAL);
    assertOld();
  }

  /** (2) The device has a program of somebody else's. */
  @Test
  void anOccupiedDeviceChangesNothing() {
    String last = wire.closing(Place.XDP, "last", wire.optionsElsewhere(Place.XDP));
    List<Chain> chains = chains(true);
    chains.add(parse(last));
    int device = kernel.index("x0");
    try (var directory = kernel.directory(Place.XDP.chain());
        var program = directory.openProgram("bf_prog");
        BpfLink occupying =
            kernel.namespace.call(() -> kernel.kernel.attachXdp(program, device, XdpMode.NATIVE))) {
      assertRefused(() -> kernel.run(bpfilter -> bpfilter.setRuleset(chains)), Errno.EBUSY);
      assertThat(occupying.info().programId()).isEqualTo(program.info().id());
    }
    assertOld();
  }

  /** (3) Packets come all the time. */
  @Test
  void noPacketPassesWhileChainsAreReplaced() throws InterruptedException {
    long probes =
        whileProbing(() -> {
          for (int i = 0; i < REPLACEMENTS; i++) {
            kernel.run(replacement(i));
          }
        });
    assertThat(probes).isGreaterThan(REPLACEMENTS);
  }

  /** (4) The process is killed again and again. */
  @Test
  void noPacketPassesWhileProcessesAreKilled() throws InterruptedException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    whileProbing(() -> {
      for (int i = 0; i < REPLACEMENTS; i++) {
        MortalKernel mortal =
            new MortalKernel(Pace.LASTING_CALLS, random.nextInt(MOST_STEPS), () -> {});
        try {
          kernel.run(mortal.kernel(), replacement(i));
        } catch (Killed e) {
          assertThat(mortal.dead()).isTrue();
        }
      }
    });
    kernel.run(Deaths::mend);
    assertThat(kernel.entries("")).as("seed %d", seed).hasSize(PLACES.size());
    Wholeness.assertRunAsListed(kernel.observe());
    assertThat(wire.open(PLACES)).as("seed %d", seed).isEmpty();
  }

  /** (5) The links of a Netfilter hook can't be kept. */
  @Test
  void thereAreTwoNetfilterLinksAfterEachUpdate() {
    MortalKernel watched = new MortalKernel(Pace.LASTING_CALLS, MortalKernel.IMMORTAL, () -> {});
    String name = Place.LOCAL_IN.chain();
    Chain plain = parse(wire.closing(Place.LOCAL_IN, name, ""));
    Chain changed = parse(Wire.changed(wire.closing(Place.LOCAL_IN, name, "")));
    for (int i = 0; i < 10; i++) {
      Chain next = i % 2 == 0 ? changed : plain;
      kernel.run(watched.kernel(), bpfilter -> bpfilter.updateChain(next));
      Observed updated = kernel.observe(name);
      assertThat(updated.links()).hasSize(2);
      List<Integer> pinned = updated.links().stream().map(link -> link.id()).toList();
      assertThat(watched.links().stream().filter(MortalKernel::linkExists))
          .containsExactlyInAnyOrderElementsOf(pinned);
      assertThat(wire.open(Set.of(Place.LOCAL_IN))).isEmpty();
    }
  }

  /**
   * (6) The file system becomes read-only, when the last program is loaded, or when the first link
   * runs its new one.
   */
  @ParameterizedTest
  @ValueSource(strings = {"BPF_PROG_LOAD", "BPF_LINK_UPDATE"})
  void aReadOnlyFileSystemChangesNothing(String command) {
    int successes = command.equals("BPF_PROG_LOAD") ? PLACES.size() : 1;
    Kernel hardening = Kernels.after(command, successes, () -> remount("ro"));
    try {
      assertRefused(() -> kernel.run(hardening, ruleset()), EROFS);
    } finally {
      remount("rw");
    }
    assertOld();
    kernel.run(Deaths::mend);
    assertOld();
    assertThat(kernel.entries("")).hasSize(PLACES.size());
    kernel.run(ruleset());
    assertThat(wire.open(PLACES)).isEmpty();
  }

  private void remount(String mode) {
    Shell.run("mount", "-o", "remount," + mode, kernel.bpffs.path());
  }

  private Consumer<Bpfilter> ruleset() {
    List<Chain> chains = chains(true);
    return bpfilter -> bpfilter.setRuleset(chains);
  }

  private List<Chain> chains(boolean changed) {
    List<Chain> chains = new ArrayList<>();
    for (Place place : PLACES) {
      chains.add(parse(changed ? Wire.changed(wire.closing(place)) : wire.closing(place)));
    }
    return chains;
  }

  /** The replacement of one chain or of all, by others in every other round. */
  private Consumer<Bpfilter> replacement(int round) {
    List<Chain> chains = chains(round % 2 == 0);
    int next = round % (chains.size() + 1);
    return next < chains.size()
        ? bpfilter -> bpfilter.setChain(chains.get(next))
        : bpfilter -> bpfilter.setRuleset(chains);
  }

  private static void assertRefused(ThrowingCallable operation, int errno) {
    BpfException failure = catchThrowableOfType(BpfException.class, operation);
    assertThat(failure.errno()).as(failure.getMessage()).isEqualTo(errno);
  }

  /**
   * The old chains run, with the counters that they had. The rules count probes only; the policies
   * also what the hosts have to say to each other.
   */
  private void assertOld() {
    List<Observed> now = kernel.observe();
    assertThat(Standing.of(now)).isEqualTo(Standing.of(old));
    for (int i = 0; i < now.size(); i++) {
      LoadedChain counted = now.get(i).listed();
      LoadedChain before = old.get(i).listed();
      assertThat(counted.rules()).isEqualTo(before.rules());
      assertThat(counted.policy().packets()).isGreaterThanOrEqualTo(before.policy().packets());
    }
    assertThat(wire.open(PLACES)).isEmpty();
    old = kernel.observe();
  }

  /** Returns how often packets came meanwhile, to each place. */
  private long whileProbing(Runnable action) throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    long[] probes = {0};
    Thread probing =
        Thread.ofPlatform()
            .start(() -> {
              long next = System.nanoTime();
              while (!done.get()) {
                PLACES.forEach(wire::send);
                probes[0]++;
                next += PROBE_NANOS;
                LockSupport.parkNanos(next - System.nanoTime());
              }
            });
    try {
      action.run();
    } finally {
      done.set(true);
      probing.join();
    }
    for (Place place : PLACES) {
      assertThat(wire.received(place)).as("%s of %d", place, probes[0]).isZero();
    }
    assertThat(wire.open(PLACES)).isEmpty();
    return probes[0];
  }
}
