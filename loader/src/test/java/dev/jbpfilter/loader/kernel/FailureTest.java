package dev.jbpfilter.loader.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramSpec.Relocation;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import dev.jbpfilter.loader.kernel.internal.Syscalls;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.PrivateBpffs;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever call fails, its errno arrives and nothing stays open. */
@RequiresBpf
class FailureTest {
  private static final int ODD_ERRNO = 61;

  @Test
  void everyCallMayFail() throws IOException {
    int failures = 0;
    while (failsAt(failures)) {
      failures++;
    }
    assertThat(failures).isGreaterThan(25);
  }

  @Test
  void interruptedCallsAreRepeated() {
    Kernels.Failing interrupted = new Kernels.Failing(0, Errno.EINTR);
    try (BpfMap map = interrupted.kernel().createMap(Specs.array(MapType.ARRAY, 4, 1))) {
      assertThat(map.info().keySize()).isEqualTo(4);
    }
    assertThat(interrupted.failed()).isTrue();
  }

  @Test
  void aPassingRefusalDoesNotHinderAProgram() {
    Kernels.Failing busy = new Kernels.Failing(0, Errno.EAGAIN);
    try (BpfProgram program = busy.kernel().loadProgram(Specs.returning(2), Map.of())) {
      assertThat(program.run(TestRun.of(new byte[64])).returnValue()).isEqualTo(2);
    }
    assertThat(busy.failed()).isTrue();
  }

  @Test
  void theFirstErrnoStands() {
    int[] errnos = {ODD_ERRNO, Errno.EINVAL};
    int[] calls = {0};
    Syscalls refusing = (call, arguments) -> -errnos[calls[0]++];
    BpfException failure =
        catchThrowableOfType(
            BpfException.class,
            () -> new Kernel(refusing).loadProgram(Specs.returning(2), Map.of()));
    assertThat(failure.errno()).isEqualTo(ODD_ERRNO);
    assertThat(calls[0]).isEqualTo(2);
  }

  @Test
  void theLogGrowsToItsBoundAndNotBeyond() {
    int[] calls = {0};
    Syscalls refusing =
        (call, arguments) -> {
          calls[0]++;
          return -Errno.ENOSPC;
        };
    BpfException failure =
        catchThrowableOfType(
            BpfException.class,
            () -> new Kernel(refusing).loadProgram(Specs.returning(2), Map.of()));
    assertThat(failure.errno()).isEqualTo(Errno.ENOSPC);
    // Without a log, then with 64 KiB, 256 KiB, 1 MiB, 4 MiB, 16 MiB.
    assertThat(calls[0]).isEqualTo(6);
  }

  private static boolean failsAt(int position) throws IOException {
    try (PrivateBpffs bpffs = new PrivateBpffs()) {
      List<String> before = Descriptors.open();
      Kernels.Failing syscalls = new Kernels.Failing(position, ODD_ERRNO);
      try {
        useEverything(syscalls.kernel(), bpffs.path());
        // The one failure that is made up for: the program loads at the second try.
        assertThat(syscalls.failed()).isEqualTo(syscalls.failedLoad());
        return syscalls.failed();
      } catch (BpfException e) {
        assertThat(e.errno()).as(e.getMessage()).isEqualTo(ODD_ERRNO);
        return true;
      } finally {
        assertThat(Descriptors.open()).as("after failure %d", position).isEqualTo(before);
      }
    }
  }

  private static void useEverything(Kernel kernel, String path) {
    ProgramSpec spec =
        Specs.program(
            List.of(new Relocation(0, new Target.MapFd("bf_map"))),
            Specs.loadAddress(1),
            0,
            Specs.move(0, 2),
            Specs.EXIT);
    try (Directory root = kernel.openDirectory(path);
        BpfMap map = kernel.createMap(Specs.array(MapType.PERCPU_ARRAY, 16, 1));
        BpfProgram program = kernel.loadProgram(spec, Map.of("bf_map", map))) {
      root.lock(LockMode.EXCLUSIVE);
      assertThat(root.find("a")).isEmpty();
      root.create("a", 0755);
      try (Directory child = root.open("a")) {
        child.pin(program, "bf_prog");
        child.pin(map, "bf_cmap");
        try (BpfProgram again = child.openProgram("bf_prog");
            BpfMap counters = child.openMap("bf_cmap")) {
          assertThat(again.run(TestRun.of(new byte[64])).returnValue()).isEqualTo(2);
          assertThat(counters.sumPerCpu(BpfMap.key(0))).containsExactly(0, 0);
        }
        assertThat(root.identityOf("a")).hasValue(child.identity());
        assertThat(child.entries()).hasSize(2);
        child.unlink("bf_prog");
        child.unlink("bf_cmap");
      }
      root.rename("a", root, "b", RenameMode.NO_REPLACE);
      root.removeDirectory("b");
      assertThat(kernel.interfaceName(kernel.interfaceIndex("lo"))).isEqualTo("lo");
      assertThat(kernel.xdpProgram(kernel.interfaceIndex("lo"))).isEmpty();
    }
    try (RingBuffer ring = kernel.openRingBuffer(kernel.createMap(Specs.ring(4096)))) {
      assertThat(ring.await(Duration.ZERO)).isFalse();
      assertThat(ring.poll()).isEmpty();
    }
    assertThat(kernel.bootTime()).isPositive();
  }
}
