package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class MapSpecTest {
  private static final MapEntries ENTRIES =
      MapEntries.of(2, new byte[] {0, 0, 0, 0, 1, 0, 0, 0}, new byte[] {7, 8});

  @Test
  void constantsAreReadOnlyAndThereFromTheStart() {
    int readOnly = MapSpec.READ_ONLY_FOR_PROGRAMS;
    assertThat(spec(readOnly, ENTRIES).isConstant()).isTrue();
    assertThat(spec(readOnly | 1 << 10, ENTRIES).isConstant()).isTrue();
    assertThat(spec(0, ENTRIES).isConstant()).isFalse();
    assertThat(spec(readOnly, MapEntries.NONE).isConstant()).isFalse();
  }

  @Test
  void entriesAreReadWithoutACopyButNotWritten() {
    ByteBuffer keys = ENTRIES.keyBuffer();
    assertThat(keys).isEqualTo(ByteBuffer.wrap(ENTRIES.keys()));
    assertThat(keys.isReadOnly()).isTrue();
    assertThat(ENTRIES.valueBuffer()).isEqualTo(ByteBuffer.wrap(ENTRIES.values()));
    assertThat(ENTRIES.valueBuffer().isReadOnly()).isTrue();
  }

  private static MapSpec spec(int flags, MapEntries entries) {
    return new MapSpec("m", MapType.ARRAY, 4, 1, 2, flags, null, entries);
  }
}
