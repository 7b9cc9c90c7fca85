package dev.jbpfilter.cli;

import static dev.jbpfilter.ruleset.testing.RawLogRecord.call;
import static dev.jbpfilter.ruleset.testing.RawLogRecord.packet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.packet.LogRecord;
import dev.jbpfilter.ruleset.testing.RawLogRecord;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Log entries, letter by letter; a blank that ends a line is written {@code ·}. */
class LogTextTest {
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;

  private static final int ACCEPT = 0;
  private static final int DROP = 1;
  private static final int CONTINUE = 2;

  private static final int LINK = 1;
  private static final int INTERNET = 2;
  private static final int TRANSPORT = 4;
  private static final int BARE = 15;

  private static final String MACS = "467fdcc62cd2 727670dc6bba";
  private static final String CALL_ADDRESS = "7f000001" + "00".repeat(12);

  /** The time of an entry, in nanoseconds of the day. */
  private static long at(int hour, int minute, int second, int micros) {
    return Duration.ofHours(hour).plusMinutes(minute).plusSeconds(second).toNanos()
        + micros * 1000L;
  }

  private static String text(RawLogRecord raw) {
    return new LogText(ZoneOffset.UTC, () -> 0, false)
        .text(LogRecord.decode(raw.bytes()))
        .replaceAll("(?m) (?=( *)$)", "·");
  }

  private static String ipv4(int protocol) {
    return "45000028 00010000 40%02x0000 0a630102 0a630101".formatted(protocol);
  }

  private static final RawLogRecord SYN =
      packet(at(0, 19, 41, 742_476), 0, CONTINUE, 74)
          .requested(BARE)
          .protocols(IPV4, 6)
          .link(MACS + "0800")
          .internet(ipv4(6))
          .transport("d964270d 1b9b7813 00000000 a002faf0 00000000");

  private static final RawLogRecord NEIGHBOUR =
      packet(at(0, 19, 41, 98_222), 1, ACCEPT, 86)
          .requested(BARE)
          .protocols(IPV6, 58)
          .link(MACS + "86dd")
          .internet(
              "60000000 00203aff fd990000000000000000000000000002"
                  + "fd990000000000000000000000000001")
          .transport("88000000 60000000");

  private static final RawLogRecord CALL =
      call(at(0, 19, 33, 492_987), 0, ACCEPT, 30785, "python3", 9999)
          .protocols(IPV4, 17)
          .source("00".repeat(16))
          .destination(CALL_ADDRESS);

  @Test
  void tcpOnXdp() {
    assertThat(text(SYN))
        .isEqualTo(
            """

            [00:19:41.742476] Rule #0 matched 74 bytes with verdict CONTINUE
              Ethernet  : 72:76:70:dc:6b:ba → 46:7f:dc:c6:2c:d2 (ipv4)
              IPv4      : 10.99.1.2       → 10.99.1.1       [tcp, TTL=64]
              TCP       : 55652 → 9997  [syn]
                          seq=463173651  ack=0          win=64240
            """);
  }

  @Test
  void icmpv6() {
    assertThat(text(NEIGHBOUR))
        .isEqualTo(
            """

            [00:19:41.098222] Rule #1 matched 86 bytes with verdict ACCEPT
              Ethernet  : 72:76:70:dc:6b:ba → 46:7f:dc:c6:2c:d2 (ipv6)
              IPv6      : fd99::2 → fd99::1 [icmpv6, Hop=255]
              ICMPv6    : type=136 code=0··
            """);
  }

  @Test
  void netfilterSeesNoLinkHeader() {
    RawLogRecord record =
        packet(at(0, 19, 42, 244_854), 0, ACCEPT, 39)
            .requested(BARE)
            .protocols(IPV4, 132)
            .internet(ipv4(132));

    assertThat(text(record))
        .isEqualTo(
            """

            [00:19:42.244854] Rule #0 matched 39 bytes with verdict ACCEPT
              Ethernet  : <unknown header>
              IPv4      : 10.99.1.2       → 10.99.1.1       [proto=132, TTL=64]
              Transport : <unknown header>
            """);
  }

  @Test
  void sendmsgCall() {
    assertThat(text(CALL))
        .isEqualTo(
            """

            [00:19:33.492987] Rule #0 verdict ACCEPT
              IPv4      : 0.0.0.0 → 127.0.0.1 [udp]
              UDP       : → 9999·
              PID       : 30785
              Process   : python3
            """);
  }

  private static RawLogRecord one(int header) {
    return packet(0, 0, DROP, 0).requested(header);
  }

  private static RawLogRecord tcp(String hex) {
    return one(TRANSPORT).protocols(IPV4, 6).transport(hex);
  }

  private static RawLogRecord icmp(int etherType, int protocol, String hex) {
    return one(TRANSPORT).protocols(etherType, protocol).transport(hex);
  }

  private static RawLogRecord connect(int etherType, int protocol, int port, String destination) {
    return call(0, 0, DROP, -1, "", port).protocols(etherType, protocol).destination(destination);
  }

  static Stream<Arguments> blocks() {
    String ends = "20010db8000000000000000000000001" + "00000000000000000000ffff01020304";
    String seq = "\n              seq=4294967295 ack=4294967295 win=65535\n";
    String process = "  PID       : 4294967295\n  Process   :·\n";
    return Stream.of(
        Arguments.of(packet(0, 0, DROP, 0).requested(8), ""),
        Arguments.of(one(LINK), "  Ethernet  : <unknown header>\n"),
        Arguments.of(
            one(LINK).protocols(0x0806, 0).link("ffffffffffff 0a0b0c0d0e0f 0806"),
            "  Ethernet  : 0a:0b:0c:0d:0e:0f → ff:ff:ff:ff:ff:ff (0x0806)\n"),
        Arguments.of(
            one(LINK).link("000000000000 000000000000 0000"),
            "  Ethernet  : 00:00:00:00:00:00 → 00:00:00:00:00:00 (0x0000)\n"),
        Arguments.of(one(INTERNET).protocols(0x0806, 0), "  Internet  : <unknown header>\n"),
        Arguments.of(
            one(INTERNET).protocols(0x0806, 0).internet("00"),
            "  Internet  : <unknown protocol 0x0806>\n"),
        Arguments.of(
            one(INTERNET)
                .protocols(IPV4, 17)
                .internet("45000000 00000000 ff110000 ffffffff fefefefe"),
            "  IPv4      : 255.255.255.255 → 254.254.254.254 [udp, TTL=255]\n"),
        Arguments.of(
            one(INTERNET).protocols(IPV6, 58).internet("60000000 00000040" + ends),
            "  IPv6      : 2001:db8::1 → ::ffff:1.2.3.4 [hop, Hop=64]\n"),
        Arguments.of(
            one(INTERNET).protocols(IPV6, 50).internet("60000000 00003201" + ends),
            "  IPv6      : 2001:db8::1 → ::ffff:1.2.3.4 [nexthdr=50, Hop=1]\n"),
        Arguments.of(one(TRANSPORT).protocols(IPV4, 6), "  Transport : <unknown header>\n"),
        Arguments.of(
            one(TRANSPORT).protocols(IPV4, 47).transport("00"),
            "  Transport : <unknown protocol 47>\n"),
        Arguments.of(
            tcp("ffffffff ffffffff ffffffff 50ffffff 00000000"),
            "  TCP       : 65535 → 65535 [fin,syn,rst,psh,ack,urg,ece,cwr]" + seq),
        Arguments.of(
            tcp("00160050 ffffffff ffffffff 5000ffff 00000000"),
            "  TCP       : 22    → 80···" + seq),
        Arguments.of(
            tcp("00160050 00000001 00000002 50110003 00000000"),
            """
              TCP       : 22    → 80    [fin,ack]
                          seq=1          ack=2          win=3····
            """),
        Arguments.of(
            one(TRANSPORT).protocols(IPV4, 17).transport("00350400 ffff0000"),
            "  UDP       : 53    → 1024  [len=65535]\n"),
        Arguments.of(
            icmp(IPV4, 1, "0800 0000 0001 0002"), "  ICMP      : type=8   code=0   [id=1 seq=2]\n"),
        Arguments.of(
            icmp(IPV4, 1, "0000 0000 ffff fffe"),
            "  ICMP      : type=0   code=0   [id=65535 seq=65534]\n"),
        Arguments.of(icmp(IPV4, 1, "0301 0000 0001 0002"), "  ICMP      : type=3   code=1··\n"),
        Arguments.of(icmp(IPV4, 1, "80ff 0000 0001 0002"), "  ICMP      : type=128 code=255\n"),
        Arguments.of(
            icmp(IPV6, 58, "8000 0000 0001 0002"),
            "  ICMPv6    : type=128 code=0   [id=1 seq=2]\n"),
        Arguments.of(
            icmp(IPV6, 58, "8100 0000 0003 0004"),
            "  ICMPv6    : type=129 code=0   [id=3 seq=4]\n"),
        Arguments.of(icmp(IPV6, 58, "0800 0000 0001 0002"), "  ICMPv6    : type=8   code=0··\n"),
        Arguments.of(
            connect(IPV4, 6, 443, CALL_ADDRESS),
            "  IPv4      : → 127.0.0.1 [tcp]\n  TCP       : → 443··\n" + process),
        Arguments.of(
            connect(IPV6, 17, 65535, "fd99" + "00".repeat(13) + "01"),
            "  IPv6      : → fd99::1 [udp]\n  UDP       : → 65535\n" + process),
        Arguments.of(
            connect(IPV6, 17, 1, "00".repeat(16)).source("00".repeat(15) + "01"),
            "  IPv6      : ::1 → :: [udp]\n  UDP       : → 1····\n" + process),
        Arguments.of(
            connect(IPV4, 132, 7, CALL_ADDRESS),
            "  IPv4      : → 127.0.0.1 [proto=132]\n  Transport : → 7····\n" + process),
        Arguments.of(
            connect(1, 6, 80, CALL_ADDRESS),
            "  Internet  : <unknown protocol 0x0001>\n  TCP       : → 80···\n" + process));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void blocksBehindTheFirstLine(RawLogRecord record, String expected) {
    String text = text(record);

    assertThat(text).startsWith("\n[00:00:00.000000] Rule #0 ");
    assertThat(text.substring(text.indexOf('\n', 1) + 1)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, ACCEPT", "1, DROP", "2, CONTINUE", "3, REDIRECT", "4, NEXT"})
  void firstLineOfAnyVerdict(int code, String verdict) {
    assertThat(text(packet(0, -1, code, -1)))
        .isEqualTo(
            "\n[00:00:00.000000] Rule #4294967295 matched 18446744073709551615 bytes with verdict "
                + verdict
                + "\n");
    assertThat(text(call(0, 7, code, 0, "", 0)))
        .startsWith("\n[00:00:00.000000] Rule #7 verdict " + verdict + "\n");
  }

  /** Monotonic nanoseconds, wall-clock time at boot, zone, what is shown. */
  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00:00, UTC, 00:00:00.000000",
    "999, 2024-02-29T23:59:59, UTC, 23:59:59.000000",
    "1000999999, 2024-02-29T23:59:59, UTC, 00:00:00.000999",
    "1, 1969-12-31T23:59:59.999999998, UTC, 23:59:59.999999",
    "0, 2024-06-30T22:00:00, Europe/Berlin, 00:00:00.000000",
    "0, 2024-03-31T00:59:59, Europe/Berlin, 01:59:59.000000",
    "1000000000, 2024-03-31T00:59:59, Europe/Berlin, 03:00:00.000000",
    "0, 2024-06-30T02:00:00, -03:30, 22:30:00.000000",
    "9000000000000000000, 1970-01-01T00:00:00, Asia/Kathmandu, 21:45:00.000000",
  })
  void timesAreThoseOfTheWallClock(long time, LocalDateTime boot, ZoneId zone, String expected) {
    long bootTime = ChronoUnit.NANOS.between(LocalDateTime.of(1970, 1, 1, 0, 0), boot);

    String text =
        new LogText(zone, () -> bootTime, false)
            .text(LogRecord.decode(packet(time, 0, ACCEPT, 0).bytes()));

    assertThat(text).startsWith("\n[" + expected + "] ");
  }

  private static String colours(RawLogRecord record) {
    String text = new LogText(ZoneOffset.UTC, () -> 0, true).text(LogRecord.decode(record.bytes()));
    return text.replace("\u001b[0m", "⟩").replaceAll("\u001b\\[(\\d;\\d\\d)m", "⟨$1 ");
  }

  @Test
  void fieldsAreColoured() {
    assertThat(colours(SYN))
        .isEqualTo(
            """

            ⟨0;96 [00:19:41.742476]⟩ Rule #0 matched ⟨1;39 74 bytes⟩ with verdict CONTINUE
              Ethernet  : ⟨1;33 72:76:70:dc:6b:ba⟩ → ⟨1;33 46:7f:dc:c6:2c:d2⟩ (⟨1;95 ipv4⟩)
              IPv4      : ⟨1;36 10.99.1.2      ⟩ → ⟨1;36 10.99.1.1      ⟩ [⟨1;95 tcp⟩, TTL=64]
              TCP       : ⟨1;93 55652⟩ → ⟨1;93 9997 ⟩ [⟨1;92 syn⟩]
                          seq=463173651  ack=0          win=64240
            """);
    assertThat(colours(NEIGHBOUR))
        .contains("  IPv6      : ⟨1;96 fd99::2⟩ → ⟨1;96 fd99::1⟩ [⟨1;95 icmpv6⟩, Hop=255]\n")
        .contains("  ICMPv6    : type=136 code=0  \n");
    assertThat(colours(CALL))
        .isEqualTo(
            """

            ⟨0;96 [00:19:33.492987]⟩ Rule #0 verdict ACCEPT
              IPv4      : ⟨1;36 0.0.0.0⟩ → ⟨1;36 127.0.0.1⟩ [⟨1;95 udp⟩]
              UDP       : → ⟨1;93 9999 ⟩
              PID       : ⟨1;93 30785⟩
              Process   : ⟨1;92 python3⟩
            """);
    assertThat(colours(one(INTERNET).protocols(IPV4, 132).internet(ipv4(132))))
        .contains(" [proto=132, TTL=64]\n");
  }

  @Test
  void namesOfProcessesCanNotMoveTheCursor() {
    assertThat(text(call(0, 0, DROP, 1, "a\u001b[2J\n\u009b1mü", 1)))
        .endsWith("  Process   : a�[2J��1mü\n");
  }

  @Test
  void anyRecordHasAText() {
    Random random = new Random(11);
    LogText format = new LogText(ZoneId.of("America/New_York"), random::nextLong, true);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = packet(0, 0, random.nextInt(5), 0).bytes();
      byte[] noise = new byte[bytes.length];
      random.nextBytes(noise);
      for (int j = 0; j < bytes.length; j++) {
        bytes[j] = j >= 12 && j < 16 ? bytes[j] : noise[j];
      }
      bytes[19] = (byte) random.nextInt(2);
      bytes[18] = (byte) (random.nextBoolean() ? 6 : random.nextInt());

      String text = format.text(LogRecord.decode(bytes));

      assertThat(text).startsWith("\n\u001b[0;96m[").endsWith("\n");
    }
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private LogPrinter printer(OutputStream to, boolean colour) {
    Console console =
        new Console(
            InputStream.nullInputStream(),
            new PrintStream(to, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            colour);
    LogText text = new LogText(ZoneOffset.UTC, () -> 0, colour);
    LogSink sink = new LogLines(console, text);
    return new LogPrinter(console, () -> 0, LogPrinter.Wanted.ALL, List.of(sink));
  }

  @Test
  void entriesArePrintedAtOnceAndDamagedOnesReported() {
    LogPrinter printer = printer(out, false);

    assertThat(printer.print(CALL.bytes())).isTrue();
    String first = out.toString(StandardCharsets.UTF_8);
    assertThat(printer.print(new byte[7])).isTrue();
    assertThat(printer.print(packet(0, 1, DROP, 60).bytes())).isTrue();

    assertThat(first).endsWith("  Process   : python3\n");
    assertThat(out.toString(StandardCharsets.UTF_8).substring(first.length()))
        .isEqualTo("\n[00:00:00.000000] Rule #1 matched 60 bytes with verdict DROP\n");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("warning: skipping a damaged log entry: a log record has 120 bytes, not 7\n");
  }

  @Test
  void coloursAreThoseOfTheConsole() {
    printer(out, true).print(CALL.bytes());

    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("\n\u001b[0;96m[");
  }

  @Test
  void tellsWhenNobodyReads() {
    assertThat(printer(new FullOutput(), false).print(CALL.bytes())).isFalse();
  }
}
