package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class InstructionsTest {
  /** {@code if r3 == 0x11223344 goto pc-2}, but with a source register. */
  private static final Instructions SOME = Instructions.of(0x1122_3344_fffe_5315L);

  @Test
  void bytesAreThoseOfTheMachine() {
    assertThat(hex(SOME.toBytes())).isEqualTo("1553feff44332211");
    assertThat(hex(SOME.toBytes(ByteOrder.LITTLE_ENDIAN))).isEqualTo("1553feff44332211");
    assertThat(hex(SOME.toBytes(ByteOrder.BIG_ENDIAN))).isEqualTo("1535fffe11223344");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void bytesComeBackInEitherOrder() {
    Instructions instructions = Instructions.of(new SplittableRandom(1).longs(1_000).toArray());
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      assertThat(Instructions.ofBytes(instructions.toBytes(order), order)).isEqualTo(instructions);
    }
  }

  @Test
  void bytesAreWholeSlots() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Instructions.ofBytes(new byte[9], ByteOrder.BIG_ENDIAN))
        .withMessageContaining("9 bytes");
  }
}
