package dev.jbpfilter.bytecode.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BtfViewTest {
  private static final byte[] GOOD = BtfEncoder.encode(Samples.together());
  private static final int TYPES = BtfView.HEADER_BYTES;

  @Test
  void damagedHeadersAreRefused() {
    int strings = GOOD.length - 9;
    Object[][] table = {
      // where, what, and the message
      {0, (byte) 0x9e, "BTF offset 0x0: no BTF magic number"},
      {2, (byte) 2, "BTF offset 0x2: unknown version 2"},
      {3, (byte) 1, "BTF offset 0x3: unknown flags"},
      {4, (byte) 23, "BTF offset 0x4: header of 23 bytes"},
      {7, (byte) 0x80, "BTF offset 0x4: header of 2147483672 bytes"},
      {4, (byte) 28, "BTF offset 0x18: unknown header field"},
      {8, (byte) 4, "BTF offset 0x8: types and strings do not fill the bytes after the header"},
      {11, (byte) 0x80, "BTF offset 0x8: section outside of the bytes"},
      {15, (byte) 0x7f, "BTF offset 0x8: section outside of the bytes"},
      {19, (byte) 1, "BTF offset 0x10: section outside of the bytes"},
      {20, (byte) 6, "BTF offset 0x8: types and strings do not fill the bytes after the header"},
      {
        GOOD.length - 1,
        (byte) 'x',
        "BTF offset 0x" + Integer.toHexString(strings) + ": texts do not end"
      },
      {
        strings,
        (byte) 'x',
        "BTF offset 0x" + Integer.toHexString(strings) + ": the first text is not empty"
      },
    };
    for (Object[] row : table) {
      byte[] bytes = GOOD.clone();
      bytes[(Integer) row[0]] = (Byte) row[1];
      assertThatThrownBy(() -> Btf.decode(bytes))
          .isInstanceOf(BtfException.class)
          .hasMessage((String) row[2]);
    }
  }

  @Test
  void aLongerHeaderOfZerosIsRead() {
    byte[] bytes = new byte[GOOD.length + 8];
    System.arraycopy(GOOD, 0, bytes, 0, TYPES);
    System.arraycopy(GOOD, TYPES, bytes, TYPES + 8, GOOD.length - TYPES);
    bytes[4] = 32;
    assertThat(Btf.decode(bytes)).isEqualTo(Samples.together());
  }

  @Test
  void damagedTypesAreRefused() {
    Object[][] table = {
      {"00000000 00000000 00000000", "unknown kind 0"},
      {"00000000 00000014 00000000", "unknown kind 20"},
      {"00000000 00000002", "type is cut off"},
      {"00000000 00000001 04000000", "type is cut off"},
      {"00000000 ffff0004 00000000", "type is cut off"},
      {"00000000 00000002 02000000", "no type 2"},
      {"00000000 00000002 ffffffff", "no type 4294967295"},
      {"01000000 00000002 00000000", "PTR has the name n"},
      {"00000000 00000082 00000000", "a field that is not used is not zero"},
      {"00000000 00000042 00000000", "a field that is not used is not zero"},
      {"00000000 00000102 00000000", "a field that is not used is not zero"},
      {"00000000 01000002 00000000", "a field that is not used is not zero"},
      {"01000000 00000007 01000000", "a field that is not used is not zero"},
      {"01000000 00000001 04000000 20000010", "a field that is not used is not zero"},
      {"01000000 00000001 04000000 20010000", "a field that is not used is not zero"},
      {"01000000 00000001 04000000 20000008", "integer n of encoding 8"},
      {"00000000 00000003 00000000 000000000000000000000080", "array of -2147483648 elements"},
      {"01000000 0000000e 00000000 03000000", "unknown linkage 3"},
      {"01000000 0300000c 00000000", "unknown linkage 3"},
    };
    for (Object[] row : table) {
      byte[] bytes = withType((String) row[0]);
      assertThatThrownBy(() -> Btf.decode(bytes))
          .as("%s", row[0])
          .isInstanceOf(BtfException.class)
          .hasMessage("BTF offset 0x18: " + row[1]);
    }
    assertThatThrownBy(() -> Btf.decode(withType("03000000 00000007 00000000")))
        .isInstanceOf(BtfException.class)
        .hasMessage("BTF: no text at 3");
    assertThatThrownBy(() -> Btf.decode(withType("00000080 00000007 00000000")))
        .isInstanceOf(BtfException.class)
        .hasMessage("BTF: no text at 2147483648");
  }

  /** The bytes of one type that refers to the texts "" and "n". */
  private static byte[] withType(String hex) {
    byte[] type = HexFormat.of().parseHex(hex.replace(" ", ""));
    ByteBuffer bytes = ByteBuffer.allocate(24 + type.length + 3).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(GOOD, 0, 8).putInt(0).putInt(type.length).putInt(type.length).putInt(3);
    return bytes.put(type).put(new byte[] {0, 'n', 0}).array();
  }

  @Test
  void namesMustBeUtf8() {
    byte[] bytes = withType("01000000 00000007 00000000");
    bytes[bytes.length - 2] = (byte) 0xff;
    assertThatThrownBy(() -> Btf.decode(bytes))
        .isInstanceOf(BtfException.class)
        .hasMessage("BTF offset 0x25: text is not UTF-8");
  }

  @Test
  void namesMayHaveAnyLetters() {
    Btf types = new Btf(List.of(new BtfType.Fwd("größe☃", false)));
    BtfView view = BtfView.of(BtfEncoder.encode(types));
    assertThat(view.decode()).isEqualTo(types);
    assertThat(view.find(BtfKind.FWD, "größe☃")).hasValue(1);
  }

  /** Each name is the end of one long text: a thousand times the bytes, were it allowed. */
  @Test
  void namesMustNotRepeatOneAnotherWithoutEnd() {
    ByteBuffer bytes = ByteBuffer.allocate(24 + 12 * 1000 + 1002).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(GOOD, 0, 8).putInt(0).putInt(12_000).putInt(12_000).putInt(1002);
    for (int i = 1; i <= 1000; i++) {
      bytes.putInt(i).putInt(BtfKind.FWD.number() << 24).putInt(0);
    }
    bytes.put((byte) 0).put("n".repeat(1000).getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> Btf.decode(bytes.array()))
        .isInstanceOf(BtfException.class)
        .hasMessage("BTF: texts repeat one another without end");
    assertThat(BtfView.of(bytes.array()).type(1000).name()).isEqualTo("n");
  }

  @Test
  void shortBytesAreRefused() {
    for (int length = 0; length < GOOD.length; length++) {
      byte[] bytes = Arrays.copyOf(GOOD, length);
      assertThatThrownBy(() -> Btf.decode(bytes)).isInstanceOf(BtfException.class);
    }
  }

  /** Whatever the bytes are: types that encode again, or the one exception. */
  @Test
  void mutationsDecodeOrAreRefused() {
    Random random = new Random(7);
    int decoded = 0;
    for (int round = 0; round < 30_000; round++) {
      byte[] bytes = GOOD.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        int at = random.nextInt(bytes.length);
        bytes[at] = (byte) (random.nextBoolean() ? random.nextInt() : bytes[at] ^ 1 << at % 8);
      }
      try {
        Btf types = Btf.decode(bytes);
        assertThat(Btf.decode(BtfEncoder.encode(types))).isEqualTo(types);
        lookEverywhere(types);
        decoded++;
      } catch (BtfException e) {
        assertThat(e).hasMessageStartingWith("BTF");
      }
    }
    assertThat(decoded).isBetween(1_000, 29_000);
  }

  private static void lookEverywhere(Btf types) {
    for (int id = 1; id <= types.lastId(); id++) {
      try {
        types.bytes(id);
      } catch (BtfException e) {
        assertThat(e).hasMessageStartingWith("BTF type ");
      }
      try {
        types.field(id, "m[1].k");
        types.field(id, "k");
      } catch (BtfException e) {
        assertThat(e).hasMessageStartingWith("BTF type ");
      }
    }
  }

  @Test
  void typesAreFoundByKindAndName() {
    BtfView view = BtfView.of(GOOD);
    assertThat(view.firstId()).isEqualTo(1);
    assertThat(view.lastId()).isEqualTo(Samples.ALL.size() + 2);
    for (BtfKind kind : BtfKind.values()) {
      for (String name : List.of("", "i", "n", "m", "nn", "n\0", "\0", "☃")) {
        assertThat(view.find(kind, name)).isEqualTo(Samples.together().find(kind, name));
      }
    }
    assertThat(view.find(BtfKind.TYPEDEF, "n")).hasValue(14);
    assertThat(view.type(14)).isEqualTo(new BtfType.Typedef("n", 1));
    assertThatThrownBy(() -> view.type(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> view.type(view.lastId() + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no type 30");
  }

  @Test
  void typesMayContinueOthers() {
    BtfView base = BtfView.of(GOOD);
    int first = base.lastId() + 1;
    Btf more =
        new Btf(
            List.of(
                new BtfType.Ptr(first + 1),
                new BtfType.Struct("own", 4, List.of(new Member("i", 1, 0)))),
            base);
    byte[] bytes = BtfEncoder.encode(more);
    // Of the texts, only "own" is new.
    assertThat(bytes).hasSize(24 + 12 + 24 + 4);
    BtfView view = BtfView.of(bytes, base);
    assertThat(view.decode()).isEqualTo(more);
    assertThat(view.firstId()).isEqualTo(first);
    assertThat(view.find(BtfKind.STRUCT, "own")).hasValue(first + 1);
    assertThat(more.find(BtfKind.STRUCT, "own")).hasValue(first + 1);
    assertThat(view.find(BtfKind.INT, "i")).hasValue(1);
    assertThat(more.find(BtfKind.INT, "i")).hasValue(1);
    assertThat(view.type(1)).isEqualTo(more.type(1)).isEqualTo(base.type(1));
    assertThat(view.field(first + 1, "i")).contains(new BtfField(1, 0, 32));
    assertThat(BtfEncoder.encode(view.decode(), view.order(), view.strings())).isEqualTo(bytes);
    assertThatThrownBy(() -> Btf.decode(bytes)).isInstanceOf(BtfException.class);
  }
}
