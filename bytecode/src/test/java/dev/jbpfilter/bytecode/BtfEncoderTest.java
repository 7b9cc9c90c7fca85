package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BtfEncoderTest {
  /** The types of the counter map. */
  static final Btf COUNTERS =
      new Btf(
          List.of(
              new Btf.Int("u64", 8),
              new Btf.Int("u32", 4),
              new Btf.Struct(
                  "bf_counters",
                  16,
                  List.of(new Btf.Member("count", 1, 0), new Btf.Member("size", 1, 64)))));

  @Test
  void countersAsTheKernelTakesThem() {
    String expected =
        """
        9feb 01 00 18000000  00000000 44000000  44000000 20000000
        01000000 00000001 08000000  40000000
        05000000 00000001 04000000  20000000
        09000000 02000004 10000000
          15000000 01000000 00000000
          1b000000 01000000 40000000
        00  753634 00  753332 00  62665f636f756e74657273 00  636f756e74 00  73697a65 00
        """;
    assertThat(HexFormat.of().formatHex(BtfEncoder.encode(COUNTERS)))
        .isEqualTo(expected.replace(" ", "").replace("\n", ""));
  }

  @Test
  void noTypesAreAHeaderAndTheEmptyName() {
    assertThat(HexFormat.of().formatHex(BtfEncoder.encode(new Btf(List.of()))))
        .isEqualTo("9feb010018000000" + "0000000000000000" + "0000000001000000" + "00");
  }

  @Test
  void namesAreWrittenOnce() {
    byte[] bytes = BtfEncoder.encode(new Btf(List.of(new Btf.Int("u8", 1), new Btf.Int("u8", 1))));
    assertThat(bytes).hasSize(24 + 32 + 4);
    assertThat(bytes[24]).isEqualTo(bytes[40]).isEqualTo((byte) 1);
  }

  @Test
  void impossibleTypesAreRefused() {
    for (int size : new int[] {-1, 0, 3, 32}) {
      assertThatThrownBy(() -> BtfEncoder.encode(new Btf(List.of(new Btf.Int("i", size)))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("integer i of " + size + " bytes");
    }
    Btf.Type struct = new Btf.Struct("s", 4, List.of(new Btf.Member("m", 2, 0)));
    assertThatThrownBy(() -> BtfEncoder.encode(new Btf(List.of(struct))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("member m has unknown type 2");
  }
}
