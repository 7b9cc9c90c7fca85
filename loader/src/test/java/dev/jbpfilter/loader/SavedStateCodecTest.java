package dev.jbpfilter.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jbpfilter.loader.SavedState.Attached;
import dev.jbpfilter.loader.UnreadableStateException.Reason;
import dev.jbpfilter.loader.kernel.FileIdentity;
import dev.jbpfilter.ruleset.HookOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SavedStateCodecTest {
  private static final int HEADER_SIZE = 20;

  private static final SavedState ATTACHED =
      new SavedState(
          "chain über BF_HOOK_XDP ACCEPT",
          Long.MAX_VALUE,
          new Attached(HookOptions.ofIfindex(7), new FileIdentity(4L << 32 | 7, -1), null),
          List.of("bf_cmap", "bf_tables"));

  private static final SavedState IN_CGROUP =
      new SavedState(
          "abc",
          5,
          new Attached(
              HookOptions.ofCgpath("/a b$"), new FileIdentity(3, 9), new FileIdentity(1, 2)),
          List.of("m"));

  private static final SavedState ON_NETFILTER =
      new SavedState(
          "abc",
          5,
          new Attached(HookOptions.ofPriorities(102, 101), new FileIdentity(3, 9), null),
          List.of("m"));

  static List<SavedState> states() {
    return List.of(
        ATTACHED,
        IN_CGROUP,
        ON_NETFILTER,
        new SavedState("\ufffd", 0, null, List.of()),
        new SavedState("", 0, null, List.of()),
        new SavedState("x\n".repeat(100_000), -1, null, List.of("bf_cmap")));
  }

  @ParameterizedTest
  @MethodSource("states")
  void decodingUndoesEncoding(SavedState state) {
    assertThat(SavedStateCodec.decode(SavedStateCodec.encode(state))).isEqualTo(state);
  }

  @Test
  void theFormatStays() {
    assertThat(HexFormat.of().formatHex(SavedStateCodec.encode(IN_CGROUP)))
        .isEqualTo(
            "4a4250464c543031" // magic
                + "03000000" // version
                + "46000000" // length
                + "7c27aeca" // checksum
                + "0500000000000000"
                + "01"
                + "00"
                + "01050000002f61206224"
                + "00"
                + "0300000000000000"
                + "0900000000000000"
                + "01"
                + "0100000000000000"
                + "0200000000000000"
                + "01000000"
                + "010000006d"
                + "03000000616263");
  }

  @Test
  void anotherToolsStateIsForeign() {
    byte[] messagePack = {(byte) 0x82, (byte) 0xa5, 'c', 'h', 'a', 'i', 'n', (byte) 0x85, 1, 2, 3};
    assertThat(reason(messagePack)).isEqualTo(new Reason.Foreign());
    assertThat(reason(new byte[0])).isEqualTo(new Reason.Foreign());
    assertThat(reason(new byte[64])).isEqualTo(new Reason.Foreign());
  }

  @Test
  void anotherVersionIsRefused() {
    byte[] bytes = SavedStateCodec.encode(ATTACHED);
    bytes[8] = 1;
    assertThat(reason(bytes)).isEqualTo(new Reason.UnknownVersion(1));
  }

  @Test
  void everyChangedBitIsNoticed() {
    byte[] good = SavedStateCodec.encode(ATTACHED);
    for (int bit = 0; bit < good.length * Byte.SIZE; bit++) {
      byte[] bad = good.clone();
      bad[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThat(reason(bad)).as("bit %d", bit).isNotNull();
    }
  }

  @Test
  void everyOtherLengthIsNoticed() {
    byte[] good = SavedStateCodec.encode(ATTACHED);
    for (int length = Long.BYTES; length < good.length; length++) {
      assertThat(reason(Arrays.copyOf(good, length)))
          .as("length %d", length)
          .isInstanceOf(Reason.Damaged.class);
    }
    assertThat(reason(Arrays.copyOf(good, good.length + 1))).isInstanceOf(Reason.Damaged.class);
  }

  /** A right checksum is no proof: each part is checked by itself. */
  @Test
  void partsThatDoNotFitAreNoticed() {
    byte[] good = SavedStateCodec.encode(new SavedState("abc", 5, null, List.of("m")));
    // After the header: the sequence number, attached, the number of maps, a name, the chain.
    assertDamaged(withBody(good, 8, 2));
    assertDamaged(withBody(good, 9, 2));
    assertDamaged(withBody(good, 12, 0xff));
    assertDamaged(withBody(good, 13, 0xff));
    assertDamaged(withBody(good, 16, 0xff));
    assertDamaged(withBody(good, 18, 2));
    assertDamaged(withBody(good, 22, 0xff));
    assertThat(SavedStateCodec.decode(withBody(good, 22, 'z')).chain()).isEqualTo("zbc");
    byte[] hook = SavedStateCodec.encode(ON_NETFILTER);
    // The priorities are behind: attached, no interface, no path, and that they are there.
    assertDamaged(withBody(hook, 11, 2));
    assertDamaged(withBody(hook, 12, 101));
    assertDamaged(withBody(hook, 15, 0x80));
    assertThat(SavedStateCodec.decode(withBody(hook, 12, 7)).options())
        .isEqualTo(HookOptions.ofPriorities(7, 101));
  }

  private static void assertDamaged(byte[] bytes) {
    assertThat(reason(bytes)).isInstanceOf(Reason.Damaged.class);
  }

  private static byte[] withBody(byte[] bytes, int offset, int value) {
    byte[] body = Arrays.copyOfRange(bytes, HEADER_SIZE, bytes.length);
    body[offset] = (byte) value;
    CRC32 crc = new CRC32();
    crc.update(body);
    return ByteBuffer.allocate(bytes.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(bytes, 0, 16)
        .putInt((int) crc.getValue())
        .put(body)
        .array();
  }

  private static Reason reason(byte[] bytes) {
    return catchThrowableOfType(UnreadableStateException.class, () -> SavedStateCodec.decode(bytes))
        .reason();
  }
}
