package dev.jbpfilter.ruleset.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.ruleset.Layer;
import dev.jbpfilter.ruleset.testing.RawLogRecord;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogRecordTest {
  private static final String ETHERNET = "aabbccddeeff1122334455660800";
  private static final String IPV4 = "4500002800010000400600000a0000010a000002";
  private static final String IPV6 = "6000000000083aff" + "fd99".repeat(16);
  private static final String TCP = "303900501122334455667788500200008000beef";

  private static WireBytes wire(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return WireBytes.copyOf(bytes, 0, bytes.length);
  }

  /**
   * A TCP SYN that a rule with a bare log and verdict CONTINUE matches: each field in its place.
   */
  @Test
  void packetByteForByte() {
    String hex =
        "0807060504030201" // time
            + "03000000" // rule
            + "02000000" // verdict
            + "0008" // EtherType
            + "06" // protocol
            + "00" // type
            + "00000000"
            + "3600000000000000" // size
            + "7f" // headers
            + "00".repeat(7)
            + (ETHERNET + "00".repeat(2))
            + (IPV4 + "00".repeat(20))
            + (TCP + "00".repeat(4));

    assertThat(LogRecord.decode(HexFormat.of().parseHex(hex)))
        .isEqualTo(
            new LogRecord.Packet(
                0x0102030405060708L,
                3,
                "CONTINUE",
                0x0800,
                6,
                54,
                0xf,
                wire(ETHERNET),
                wire(IPV4),
                wire(TCP)));
  }

  @Test
  void socketCallByteForByte() {
    String hex =
        "0100000000000000" // time
            + "ffffffff" // rule
            + "01000000" // verdict
            + "dd86" // EtherType
            + "11" // protocol
            + "01" // type
            + "00000000"
            + "41780000" // process
            + "0f27" // port
            + "01" // captured
            + "00"
            + "707974686f6e3300ffffffffffffffff" // command
            + "01".repeat(16) // source
            + "02".repeat(16) // destination
            + "00".repeat(40);

    assertThat(LogRecord.decode(HexFormat.of().parseHex(hex)))
        .isEqualTo(
            new LogRecord.SocketCall(
                1,
                0xffff_ffffL,
                "DROP",
                0x86dd,
                17,
                30785,
                "python3",
                9999,
                wire("01".repeat(16)),
                wire("02".repeat(16))));
  }

  @Test
  void onlyHeadersThatAreThereAreRead() {
    LogRecord.Packet packet =
        (LogRecord.Packet)
            LogRecord.decode(
                RawLogRecord.packet(-1, 0, 0, -1)
                    .protocols(0x86dd, 58)
                    .requested(Layer.LINK.logBit() | Layer.TRANSPORT.logBit())
                    .internet(IPV6)
                    .bytes());

    assertThat(packet.time()).isEqualTo(-1);
    assertThat(packet.size()).isEqualTo(-1);
    assertThat(packet.wants(Layer.LINK)).isTrue();
    assertThat(packet.wants(Layer.INTERNET)).isFalse();
    assertThat(packet.wants(Layer.TRANSPORT)).isTrue();
    assertThat(packet.link()).isNull();
    assertThat(packet.internet()).isEqualTo(wire(IPV6));
    assertThat(packet.transport()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"6, 20", "17, 8", "1, 8", "58, 8"})
  void transportHeadersHaveTheirSize(int protocol, int size) {
    LogRecord.Packet packet =
        (LogRecord.Packet)
            LogRecord.decode(
                RawLogRecord.packet(0, 0, 0, 0)
                    .protocols(0x0800, protocol)
                    .transport("ff".repeat(24))
                    .bytes());

    assertThat(packet.transport()).isEqualTo(wire("ff".repeat(size)));
  }

  @Test
  void commandsOfSixteenBytesHaveNoEnd() {
    LogRecord.SocketCall call =
        (LogRecord.SocketCall)
            LogRecord.decode(RawLogRecord.call(0, 0, 0, -1, "sixteen-byte-ü!", 0).bytes());

    assertThat(call.command()).isEqualTo("sixteen-byte-ü!");
    assertThat(call.process()).isEqualTo(0xffff_ffffL);
    assertThat(call.source()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"0, ACCEPT", "1, DROP", "2, CONTINUE", "3, REDIRECT", "4, NEXT"})
  void verdicts(int code, String verdict) {
    assertThat(LogRecord.decode(RawLogRecord.packet(0, 0, code, 0).bytes()).verdict())
        .isEqualTo(verdict);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 24, 119, 121, 4096})
  void otherSizesAreRefused(int size) {
    assertThatThrownBy(() -> LogRecord.decode(new byte[size]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a log record has 120 bytes, not " + size);
  }

  @Test
  void unknownVerdictsAndTypesAreRefused() {
    assertThatThrownBy(() -> LogRecord.decode(RawLogRecord.packet(0, 0, -1, 0).bytes()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("log record with unknown verdict 4294967295");

    byte[] bytes = new byte[LogLayout.SIZE];
    bytes[LogLayout.TYPE] = (byte) 0x80;
    assertThatThrownBy(() -> LogRecord.decode(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("log record of unknown type 128");
  }

  @Test
  void anyBytesAreReadOrRefused() {
    Random random = new Random(5);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[LogLayout.SIZE];
      random.nextBytes(bytes);
      Arrays.fill(bytes, LogLayout.VERDICT, LogLayout.VERDICT + 4, (byte) 0);
      bytes[LogLayout.VERDICT] = (byte) random.nextInt(6);
      bytes[LogLayout.TYPE] = (byte) random.nextInt(3);
      try {
        assertThat(LogRecord.decode(bytes).rule()).isBetween(0L, 0xffff_ffffL);
        read++;
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageMatching("log record (with unknown verdict 5|of unknown type 2)");
      }
    }
    assertThat(read).isBetween(10_000, 12_500);
  }

  @Test
  void numbersFromTheWire() {
    WireBytes bytes = wire("fffefdfcfbfaf9f8f7");

    assertThat(bytes.length()).isEqualTo(9);
    assertThat(bytes.u8(8)).isEqualTo(0xf7);
    assertThat(bytes.u16(1)).isEqualTo(0xfefd);
    assertThat(bytes.u32(0)).isEqualTo(0xfffefdfcL);
    assertThat(bytes.i64(1)).isEqualTo(0xfefdfcfbfaf9f8f7L);
    assertThat(bytes)
        .hasToString("fffefdfcfbfaf9f8f7")
        .hasSameHashCodeAs(wire("fffefdfcfbfaf9f8f7"))
        .isNotEqualTo(wire("fffefdfcfbfaf9f8f8"));
    assertThatThrownBy(() -> bytes.u16(8)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
