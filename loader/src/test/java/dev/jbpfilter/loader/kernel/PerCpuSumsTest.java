package dev.jbpfilter.loader.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.loader.kernel.internal.Libc;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@RequiresBpf
class PerCpuSumsTest {
  /** More than one batch. */
  private static final int MANY = 50_000;

  private static MapSpec spec(int count) {
    return new MapSpec("counters", MapType.PERCPU_ARRAY, 4, 16, count, 0, null);
  }

  static Stream<Kernel> kernels() {
    return Stream.of(
        Kernel.system(),
        Kernels.refusing("BPF_MAP_LOOKUP_BATCH", Errno.EINVAL, 0),
        Kernels.refusing("BPF_MAP_LOOKUP_BATCH", Errno.EOPNOTSUPP, 0),
        Kernels.refusing("BPF_MAP_LOOKUP_BATCH", Errno.ENOTSUPP, 1));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void sumsOfEveryEntry(Kernel kernel) {
    try (BpfMap map = kernel.createMap(spec(MANY))) {
      for (int entry : new int[] {0, 1, MANY / 2, MANY - 2, MANY - 1}) {
        map.updatePerCpu(BpfMap.key(entry), values(entry), UpdateMode.ANY);
      }
      long[] sums = map.sumsPerCpu(MANY);
      assertThat(sums).hasSize(2 * MANY);
      for (int entry = 0; entry < MANY; entry++) {
        assertThat(new long[] {sums[2 * entry], sums[2 * entry + 1]})
            .as("entry %d", entry)
            .isEqualTo(map.sumPerCpu(BpfMap.key(entry)));
      }
      assertThat(map.sumsPerCpu(2)).containsExactly(sums[0], sums[1], sums[2], sums[3]);
    }
  }

  /** Another pair of numbers for each CPU. */
  private static List<byte[]> values(int entry) {
    List<byte[]> values = new ArrayList<>();
    for (int cpu = 0; cpu < PossibleCpus.count(new Linux(new Libc())); cpu++) {
      values.add(
          ByteBuffer.allocate(16)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(entry + 1L + cpu)
              .putLong(1L << (40 + cpu))
              .array());
    }
    return values;
  }

  @Test
  void otherMapsHaveNone() {
    try (BpfMap map =
        Kernel.system().createMap(new MapSpec("one", MapType.ARRAY, 4, 16, 1, 0, null))) {
      assertThatThrownBy(() -> map.sumsPerCpu(1)).isInstanceOf(IllegalStateException.class);
    }
  }
}
