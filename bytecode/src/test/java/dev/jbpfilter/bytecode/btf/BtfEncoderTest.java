package dev.jbpfilter.bytecode.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BtfEncoderTest {
  private static final int PRELUDE_BYTES = 28;

  @Test
  void countersAsTheKernelTakesThem() {
    BtfBuilder types = new BtfBuilder();
    int u64 = types.unsigned("u64", 8);
    types.unsigned("u32", 4);
    List<Member> members = List.of(new Member("count", u64, 0), new Member("size", u64, 64));
    types.add(new BtfType.Struct("bf_counters", 16, members));
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
    assertThat(HexFormat.of().formatHex(BtfEncoder.encode(types.build())))
        .isEqualTo(expected.replace(" ", "").replace("\n", ""));
  }

  @Test
  void noTypesAreAHeaderAndTheEmptyName() {
    assertThat(HexFormat.of().formatHex(BtfEncoder.encode(new Btf(List.of()))))
        .isEqualTo("9feb010018000000" + "0000000000000000" + "0000000001000000" + "00");
  }

  @Test
  void eachKindByItself() {
    Set<BtfKind> kinds = EnumSet.noneOf(BtfKind.class);
    for (Samples sample : Samples.ALL) {
      byte[] bytes = BtfEncoder.encode(sample.types());
      int start = BtfView.HEADER_BYTES + PRELUDE_BYTES;
      int length = sample.hex().length() / 2;
      assertThat(HexFormat.of().formatHex(bytes, start, start + length))
          .as("%s", sample.type())
          .isEqualTo(sample.hex());
      assertThat(Btf.decode(bytes)).isEqualTo(sample.types());
      kinds.add(sample.type().kind());
    }
    assertThat(kinds).isEqualTo(EnumSet.allOf(BtfKind.class));
  }

  @Test
  void eitherByteOrderDecodes() {
    Btf types = Samples.together();
    byte[] big = BtfEncoder.encode(types, ByteOrder.BIG_ENDIAN, new StringTable());
    assertThat(big).startsWith(0xeb, 0x9f);
    assertThat(BtfView.of(big).order()).isEqualTo(ByteOrder.BIG_ENDIAN);
    assertThat(Btf.decode(big)).isEqualTo(types);
    assertThat(BtfView.of(BtfEncoder.encode(types)).order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    assertThat(Btf.decode(BtfEncoder.encode(types))).isEqualTo(types);
  }

  @Test
  void namesAreWrittenOnce() {
    BtfType u8 = new BtfType.Int("u8", 1);
    byte[] bytes = BtfEncoder.encode(new Btf(List.of(u8, u8)));
    assertThat(bytes).hasSize(24 + 32 + 4);
    assertThat(bytes[24]).isEqualTo(bytes[40]).isEqualTo((byte) 1);
  }

  @Test
  void textsThatWereThereKeepTheirPlace() {
    StringTable strings = new StringTable();
    assertThat(strings.offset("line 1")).isEqualTo(1);
    BtfView view =
        BtfView.of(BtfEncoder.encode(Samples.together(), ByteOrder.LITTLE_ENDIAN, strings));
    assertThat(view.text(1)).isEqualTo("line 1");
    assertThat(view.text(6)).isEqualTo("1");
    assertThat(view.decode()).isEqualTo(Samples.together());
  }

  @Test
  void referencesToNothingAreRefused() {
    for (Samples sample : Samples.ALL) {
      BtfType wrong = sample.type().mapReferences(id -> 2);
      if (!wrong.equals(sample.type())) {
        assertThatThrownBy(() -> BtfEncoder.encode(new Btf(List.of(wrong))))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("unknown type 2 in " + wrong);
      }
    }
    BtfType negative = new BtfType.Ptr(-1);
    assertThatThrownBy(() -> BtfEncoder.encode(new Btf(List.of(negative))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void textsWithNulAreRefused() {
    Btf types = new Btf(List.of(new BtfType.Fwd("a\0b", false)));
    assertThatThrownBy(() -> BtfEncoder.encode(types))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("text with a NUL: a\0b");
  }

  @Test
  void tooManyTypesAreRefused() {
    Btf types = new Btf(Collections.nCopies(0x100000, new BtfType.Ptr(0)));
    assertThatThrownBy(() -> BtfEncoder.encode(types))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1048576 types are more than 1048575");
  }
}
