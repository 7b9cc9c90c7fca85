package dev.jbpfilter.ruleset.packet.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of every kind, made by hand. */
class CaptureReaderTest {
  private static final int MICROSECONDS = 0xa1b2c3d4;
  private static final int NANOSECONDS = 0xa1b23c4d;

  private static CaptureBytes little() {
    return new CaptureBytes(ByteOrder.LITTLE_ENDIAN);
  }

  private static CaptureBytes big() {
    return new CaptureBytes(ByteOrder.BIG_ENDIAN);
  }

  private static Arguments file(String name, CaptureBytes bytes, String... expected) {
    return Arguments.of(name, bytes.toByteArray(), List.of(expected));
  }

  static Stream<Arguments> files() {
    return Stream.of(
        file("pcap, no packet", little().pcap(MICROSECONDS, 1)),
        file(
            "pcap, little-endian, microseconds",
            little()
                .pcap(MICROSECONDS, 1)
                .packet(1, 2, 3, "aabbcc")
                .packet(0xffff_ffffL, 999_999, 9, "dd"),
            "1 @24 1000002000 ETHERNET 3 aabbcc",
            "2 @43 4294967295999999000 ETHERNET 9 dd"),
        file(
            "pcap, big-endian, microseconds",
            big().pcap(MICROSECONDS, 101).packet(1, 2, 1, "45"),
            "1 @24 1000002000 RAW 1 45"),
        file(
            "pcap, little-endian, nanoseconds",
            little().pcap(NANOSECONDS, 113).packet(1, 2, 1, "45"),
            "1 @24 1000000002 LINUX_SLL 1 45"),
        file(
            "pcap, big-endian, nanoseconds",
            big().pcap(NANOSECONDS, 276).packet(1, 999_999_999, 0, ""),
            "1 @24 1999999999 LINUX_SLL2 0 "),
        file(
            "pcap, frames with check sequence",
            big()
                .pcap(MICROSECONDS, 1 | 1 << 26 | 2 << 28)
                .packet(0, 0, 6, "aabb01020304")
                .packet(0, 0, 6, "aabb01")
                .packet(0, 0, 3, "aabb01"),
            "1 @24 0 ETHERNET 2 aabb",
            "2 @46 0 ETHERNET 2 aabb",
            "3 @65 0 ETHERNET 0 "),
        file(
            "pcap, more captured than there was",
            little().pcap(MICROSECONDS, 1).packet(0, 0, 1, "aabb"),
            "1 @24 0 ETHERNET 2 aabb"),
        file("pcapng, a section alone", little().section()),
        file(
            "pcapng, little-endian",
            little()
                .section()
                .device(1)
                .enhanced(0, 1_000_001, 5, "aabbcc")
                .enhanced(0, 0x1_0000_0002L, 1, "dd"),
            "1 @48 1000001000 ETHERNET 5 aabbcc",
            "2 @84 4294967298000 ETHERNET 1 dd"),
        file(
            "pcapng, big-endian",
            big().section().device(228).enhanced(0, 0x1_0000_0002L, 1, "dd"),
            "1 @48 4294967298000 IPV4 1 dd"),
        file(
            "pcapng, sections of other byte orders, with interfaces of their own",
            little()
                .section()
                .device(1)
                .device(101)
                .enhanced(1, 1, 1, "01")
                .order(ByteOrder.BIG_ENDIAN)
                .section()
                .device(229)
                .enhanced(0, 2, 1, "02")
                .order(ByteOrder.LITTLE_ENDIAN)
                .section()
                .device(105)
                .enhanced(0, 3, 1, "03"),
            "1 @68 1000 RAW 1 01",
            "2 @152 2000 IPV6 1 02",
            "3 @236 3000 OTHER 1 03"),
        file(
            "pcapng, resolution and offset of time",
            little()
                .section()
                .block(1)
                .u16(1, 0)
                .u32(0)
                .u16(2, 5)
                .hex("6c6f6f7031000000")
                .u16(9, 1)
                .hex("8a000000")
                .u16(14, 8)
                .u64(7)
                .u16(0, 0)
                .end()
                .enhanced(0, 1024 + 512, 1, "aa"),
            "1 @84 8500000000 ETHERNET 1 aa"),
        file(
            "pcapng, frames with check sequence",
            little()
                .section()
                .block(1)
                .u16(1, 0)
                .u32(0)
                .u16(13, 1)
                .hex("04000000")
                .end()
                .enhanced(0, 0, 6, "aabb01020304"),
            "1 @56 0 ETHERNET 2 aabb"),
        file(
            "pcapng, simple packets",
            little()
                .section()
                .block(1)
                .u16(1, 0)
                .u32(2)
                .end()
                .enhanced(0, 5, 1, "aa")
                .block(3)
                .u32(9)
                .hex("bbcc")
                .end()
                .block(3)
                .u32(1)
                .hex("dd")
                .end(),
            "1 @48 5000 ETHERNET 1 aa",
            "2 @84 5000 ETHERNET 9 bbcc",
            "3 @104 5000 ETHERNET 1 dd"),
        file(
            "pcapng, obsolete packets",
            big().section().device(1).device(0).block(2).u16(1, 77).u32(0, 3, 1, 4).hex("aa").end(),
            "1 @68 3000 NULL 4 aa"),
        file(
            "pcapng, other blocks and options are passed over",
            little()
                .section()
                .block(4)
                .u32(1, 2, 3)
                .end()
                .device(1)
                .block(0x0bad)
                .end()
                .block(6)
                .u32(0, 0, 0, 1, 1)
                .hex("aa000000")
                .u16(1, 3)
                .hex("61626300")
                .u16(0, 0)
                .end()
                .block(5)
                .u32(0, 0, 0)
                .end(),
            "1 @84 0 ETHERNET 1 aa"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void isRead(String name, byte[] file, List<String> expected) throws IOException {
    assertThat(CaptureBytes.read(file)).extracting(CaptureBytes::describe).isEqualTo(expected);
  }

  /** A pipe gives some bytes at a time. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void isReadByteByByte(String name, byte[] file, List<String> expected) throws IOException {
    InputStream slow =
        new ByteArrayInputStream(file) {
          @Override
          public synchronized int read(byte[] bytes, int from, int count) {
            return super.read(bytes, from, Math.min(1, count));
          }
        };
    List<String> packets = new ArrayList<>();
    try (CaptureReader reader = CaptureReader.of(slow)) {
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        packets.add(CaptureBytes.describe(next.get()));
      }
    }
    assertThat(packets).isEqualTo(expected);
  }

  private static Arguments damaged(
      String message, int packets, CaptureBytes bytes, int... missing) {
    byte[] all = bytes.toByteArray();
    int length = all.length - (missing.length == 0 ? 0 : missing[0]);
    return Arguments.of(message, packets, Arrays.copyOf(all, length));
  }

  static Stream<Arguments> damagedFiles() {
    return Stream.of(
        damaged("byte 0, after 0 packets: the file is empty", 0, little()),
        damaged(
            "byte 0, after 0 packets: the file ends within the first number: 2 of 4 bytes are there",
            0,
            little().hex("d4c3")),
        damaged(
            "byte 0, after 0 packets: the file is neither pcap nor pcapng", 0, little().u32(1, 2)),
        damaged(
            "byte 0, after 0 packets: the file is compressed, not pcap or pcapng",
            0,
            little().hex("1f8b0800")),
        damaged(
            "byte 4, after 0 packets: the file ends within the header: 19 of 20 bytes are there",
            0,
            little().pcap(MICROSECONDS, 1),
            1),
        damaged(
            "byte 4, after 0 packets: pcap version 2.3, not 2.4",
            0,
            little().u32(MICROSECONDS).u16(2, 3).u32(0, 0, 0, 1)),
        damaged(
            "byte 41, after 1 packet: the file ends within the header of a packet: 15 of 16 bytes"
                + " are there",
            1,
            little().pcap(MICROSECONDS, 1).packet(0, 0, 1, "aa").packet(0, 0, 0, ""),
            1),
        damaged(
            "byte 41, after 1 packet: a packet of 1048577 bytes, more than 1048576",
            1,
            little().pcap(MICROSECONDS, 1).packet(0, 0, 1, "aa").u32(0, 0, 1048577, 1048577)),
        damaged(
            "byte 42, after 0 packets: the file ends within a packet: 2 of 3 bytes are there",
            0,
            little().pcap(MICROSECONDS, 1).packet(0, 0, 3, "aabbcc"),
            1),
        damaged(
            "byte 40, after 0 packets: the file ends within a packet: 0 of 3 bytes are there",
            0,
            little().pcap(MICROSECONDS, 1).packet(0, 0, 3, "aabbcc"),
            3),
        damaged(
            "byte 4, after 0 packets: the file ends within a section header: 4 of 8 bytes are there",
            0,
            little().u32(0x0a0d0d0a, 28)),
        damaged(
            "byte 8, after 0 packets: a section header without byte order",
            0,
            little().block(0x0a0d0d0a).u32(0x1a2b3c4e).u16(1, 0).u64(-1).end()),
        damaged(
            "byte 0, after 0 packets: a section header of 24 bytes",
            0,
            little().u32(0x0a0d0d0a, 24, 0x1a2b3c4d, 1, 0, 24)),
        damaged(
            "byte 0, after 0 packets: pcapng version 2.0, not 1",
            0,
            little().block(0x0a0d0d0a).u32(0x1a2b3c4d).u16(2, 0).u64(-1).end()),
        damaged(
            "byte 28, after 0 packets: the file ends within the beginning of a block: 4 of 8 bytes"
                + " are there",
            0,
            little().section().u32(6)),
        damaged("byte 28, after 0 packets: a block of 8 bytes", 0, little().section().u32(77, 8)),
        damaged("byte 28, after 0 packets: a block of 14 bytes", 0, little().section().u32(77, 14)),
        damaged(
            "byte 40, after 0 packets: a block of 16 bytes says at its end that it has 20",
            0,
            little().section().u32(77, 16, 0, 20)),
        damaged(
            "byte 40, after 0 packets: the file ends within a block: 4 of 1000 bytes are there",
            0,
            little().section().u32(77, 1012, 0)),
        damaged(
            "byte 28, after 0 packets: a block of 16 bytes, too short for an interface",
            0,
            little().section().u32(1, 16, 1, 16)),
        damaged(
            "byte 28, after 0 packets: a packet of interface 0, of 0 in the section",
            0,
            little().section().enhanced(0, 0, 1, "aa")),
        damaged(
            "byte 84, after 1 packet: a packet of interface 1, of 1 in the section",
            1,
            little().section().device(1).enhanced(0, 0, 1, "aa").enhanced(1, 0, 1, "aa")),
        damaged(
            "byte 48, after 0 packets: a packet of 5 bytes in a block that has 4 left",
            0,
            little().section().device(1).block(6).u32(0, 0, 0, 5, 5).hex("aabbccdd").end()),
        damaged(
            "byte 48, after 0 packets: a packet of 9 bytes in a block that has 4 left",
            0,
            little().section().device(1).block(3).u32(9).hex("aabbccdd").end()),
        damaged(
            "byte 44, after 0 packets: an option of an interface of 9 bytes, longer than the block",
            0,
            little().section().block(1).u16(1, 0).u32(0).u16(2, 9).u32(0, 0).end()),
        damaged(
            "byte 44, after 0 packets: option 9 of 2 bytes",
            0,
            little().section().block(1).u16(1, 0).u32(0).u16(9, 2).u32(0).end()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damagedFiles")
  void isRefused(String message, int packets, byte[] file) {
    List<CapturedPacket> before = new ArrayList<>();
    CaptureException thrown =
        catchThrowableOfType(CaptureException.class, () -> CaptureBytes.readInto(before, file));
    assertThat(thrown).hasMessage(message);
    assertThat(thrown.packets()).isEqualTo(packets).isEqualTo(before.size());
    assertThat(message).startsWith("byte " + thrown.position() + ",");
  }

  @Test
  void staysRefused() throws IOException {
    byte[] file = little().section().enhanced(0, 0, 1, "aa").toByteArray();
    try (CaptureReader reader = CaptureReader.of(new ByteArrayInputStream(file))) {
      assertThatThrownBy(reader::next).isInstanceOf(CaptureException.class);
      assertThatThrownBy(reader::next).isInstanceOf(CaptureException.class);
    }
  }

  /** A length of gigabytes takes no memory that bytes have not come for. */
  @Test
  void doesNotBelieveLengths() {
    byte[] file = little().section().u32(77, 0xffff_fffcL).toByteArray();
    assertThatThrownBy(() -> CaptureBytes.read(file))
        .hasMessage(
            "byte 36, after 0 packets: the file ends within a block: 0 of 4294967280 bytes are"
                + " there");
  }

  @Test
  void hasALimitForInterfaces() {
    byte[] one = little().device(1).toByteArray();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(little().section().toByteArray());
    for (int i = 0; i <= CaptureReader.MAX_INTERFACES; i++) {
      file.writeBytes(one);
    }
    assertThatThrownBy(() -> CaptureBytes.read(file.toByteArray()))
        .isInstanceOf(CaptureException.class)
        .hasMessage("byte 1310748, after 0 packets: more than 65536 interfaces");
  }
}
