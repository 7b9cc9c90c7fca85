package dev.jbpfilter.loader.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.jbpfilter.bytecode.MapEntries;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Maps that hold something from the start. */
@RequiresBpf
class MapEntriesTest {
  private static final int NO_PREALLOCATION = 1;
  private static final int MANY = 1_000_000;

  private final Kernel kernel = Kernel.system();
  private final List<String> before = Descriptors.open();

  @AfterEach
  void nothingStaysOpen() {
    assertThat(Descriptors.open()).isEqualTo(before);
  }

  static List<Arguments> kinds() {
    return List.of(
        arguments(MapType.HASH, 0, 7),
        arguments(MapType.HASH, 0, 64),
        arguments(MapType.LPM_TRIE, NO_PREALLOCATION, 8),
        arguments(MapType.LPM_TRIE, NO_PREALLOCATION, 20),
        arguments(MapType.ARRAY, 0, 4));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void entriesAreThereFromTheStart(MapType type, int flags, int keySize) {
    assertHolds(kernel, spec(type, flags, keySize, 3, 300));
    assertHolds(kernel, spec(type, flags, keySize, 3, 1));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theyAreThereWithoutBatches(MapType type, int flags, int keySize) {
    for (int errno : new int[] {Errno.EINVAL, Errno.EOPNOTSUPP, Errno.ENOTSUPP}) {
      assertHolds(
          Kernels.refusing("BPF_MAP_UPDATE_BATCH", errno, 0), spec(type, flags, keySize, 3, 300));
    }
  }

  @Test
  void aLongArrayOfLongValuesIsFilledInPieces() {
    assertHolds(kernel, spec(MapType.ARRAY, 0, 4, 100_000, 37));
  }

  @Test
  void anotherFailureIsTheMaps() {
    MapSpec spec = spec(MapType.HASH, 0, 7, 3, 300);
    assertThatThrownBy(
            () -> Kernels.refusing("BPF_MAP_UPDATE_BATCH", Errno.ENOMEM, 0).createMap(spec).close())
        .hasMessage("map bf_set_0000: BPF_MAP_UPDATE_BATCH: Cannot allocate memory");
    byte[] prefix = {33, 0, 0, 0, 10, 0, 0, 0};
    MapSpec wrong =
        new MapSpec(
            "bf_set_0000",
            MapType.LPM_TRIE,
            8,
            1,
            2,
            NO_PREALLOCATION,
            null,
            MapEntries.of(1, prefix, new byte[] {1}));
    assertThatThrownBy(() -> kernel.createMap(wrong).close())
        .hasMessage("map bf_set_0000: BPF_MAP_UPDATE_ELEM: Invalid argument");
    assertThatThrownBy(() -> kernel.createMap(spec(MapType.PERCPU_ARRAY, 0, 4, 8, 2)).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("entries of map bf_set_0000, which is a per-CPU map");
  }

  @Test
  void constantsStay() {
    byte[] key = BpfMap.key(0);
    byte[] value = {1, 2, 3};
    int readOnly = MapSpec.READ_ONLY_FOR_PROGRAMS;
    try (BpfMap tables = kernel.createMap(spec(MapType.ARRAY, readOnly, 4, 3, 2));
        BpfMap variable = kernel.createMap(spec(MapType.ARRAY, 0, 4, 3, 2));
        BpfMap empty =
            kernel.createMap(new MapSpec("bf_tables", MapType.ARRAY, 4, 3, 2, readOnly, null))) {
      assertThatThrownBy(() -> tables.update(key, value, UpdateMode.ANY))
          .isInstanceOfSatisfying(
              BpfException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EPERM));
      variable.update(key, value, UpdateMode.ANY);
      empty.update(key, value, UpdateMode.ANY);
      assertThat(tables.lookup(key)).isNotEqualTo(variable.lookup(key));
    }
  }

  @Test
  void aMillionTakesFewCalls() {
    MapSpec spec = spec(MapType.HASH, 0, 7, 1, MANY);
    List<Kernels.Call> calls = new ArrayList<>();
    try (BpfMap map = Kernels.recording(calls).createMap(spec)) {
      assertThat(calls).hasSizeLessThan(16);
      for (int i = 0; i < MANY; i += 99_991) {
        assertThat(map.lookup(spec.entries().key(i))).hasValue(spec.entries().value(i));
      }
    }
  }

  private static void assertHolds(Kernel kernel, MapSpec spec) {
    try (BpfMap map = kernel.createMap(spec)) {
      for (int i = 0; i < spec.entries().count(); i++) {
        assertThat(map.lookup(spec.entries().key(i)))
            .as("entry %d", i)
            .hasValue(spec.entries().value(i));
      }
    }
  }

  /** Keys with the entry's number at the end, behind a prefix length if it takes one. */
  private static MapSpec spec(MapType type, int flags, int keySize, int valueSize, int count) {
    ByteBuffer keys = ByteBuffer.allocate(count * keySize).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer values = ByteBuffer.allocate(count * valueSize);
    for (int i = 0; i < count; i++) {
      if (type == MapType.LPM_TRIE) {
        keys.putInt(i * keySize, (keySize - Integer.BYTES) * Byte.SIZE);
      }
      keys.putInt((i + 1) * keySize - Integer.BYTES, i);
      values.put(i * valueSize, (byte) i).put((i + 1) * valueSize - 1, (byte) (i + 1));
    }
    MapEntries entries = MapEntries.of(count, keys.array(), values.array());
    return new MapSpec("bf_set_0000", type, keySize, valueSize, count, flags, null, entries);
  }
}
