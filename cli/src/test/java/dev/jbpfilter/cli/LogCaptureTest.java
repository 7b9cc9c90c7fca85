package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.ruleset.packet.LogRecord;
import dev.jbpfilter.ruleset.packet.capture.CaptureReader;
import dev.jbpfilter.ruleset.packet.capture.CapturedPacket;
import dev.jbpfilter.ruleset.packet.capture.LinkType;
import dev.jbpfilter.ruleset.testing.RawLogRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logged packets in capture files, read back. */
class LogCaptureTest {
  private static final String LINK = "467fdcc62cd2727670dc6bba";

  @TempDir private Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console = LogSamples.console(out, err);

  private static boolean take(LogCapture capture, RawLogRecord record, long time) {
    return capture.take(LogRecord.decode(record.bytes()), time);
  }

  private static List<CapturedPacket> read(InputStream in) throws IOException {
    List<CapturedPacket> packets = new ArrayList<>();
    try (CaptureReader reader = CaptureReader.of(in)) {
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        packets.add(next.get());
      }
    }
    return packets;
  }

  private static String hex(CapturedPacket packet) {
    return HexFormat.of().formatHex(packet.toByteArray());
  }

  @Test
  void headersUpToTheFirstThatWasNotLogged() throws IOException {
    LogCapture capture = LogCapture.onto(console.out(), "web", console);
    long time = 1_800_000_000_000_000_000L;
    for (RawLogRecord record : LogSamples.ALL) {
      assertThat(take(capture, record, time++)).isTrue();
    }

    List<CapturedPacket> packets = read(new ByteArrayInputStream(out.toByteArray()));
    assertThat(packets)
        .extracting(LogCaptureTest::hex)
        .containsExactly(
            LINK
                + "0800"
                + "45b8003c00014000400600000a6301020a630101"
                + "d964270d1b9b781300000000a0c2faf000000000",
            "00".repeat(12)
                + "0800"
                + "4500001c00012003401100000a6301020a630101"
                + "d964270d00080000",
            LINK + "0800" + "4600002000010000400100000a6301020a630101",
            LINK
                + "86dd"
                + "6b81234500203afffd990000000000000000000000000002fd990000000000000000000000000001"
                + "8800000060000000",
            LINK
                + "86dd"
                + "60000000002000fffd990000000000000000000000000002"
                + "fd990000000000000000000000000001",
            LINK + "0806");
    assertThat(packets)
        .extracting(CapturedPacket::originalLength)
        .containsExactly(74L, 42L, 60L, 86L, 94L, 42L);
    assertThat(packets).allMatch(packet -> packet.linkType() == LinkType.ETHERNET);
    assertThat(packets.getFirst().nanos()).isEqualTo(1_800_000_000_000_000_000L);
    assertThat(out.toString(StandardCharsets.ISO_8859_1))
        .contains("chain web rule 3 verdict ACCEPT");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("warning: not writing socket calls of chain 'web', which are no packets\n");
  }

  @Test
  void theFileIsCompleteAfterEachPacket() throws IOException {
    Path file = Files.writeString(directory.resolve("x.pcapng"), "something else".repeat(100));
    LogCapture capture = LogCapture.into(file.toString(), "web", console);
    for (int count = 0; count < 3; count++) {
      try (InputStream in = Files.newInputStream(file)) {
        assertThat(read(in)).hasSize(count);
      }
      take(capture, LogSamples.SYN, count);
    }
    assertThat(err.size()).isZero();
  }

  @Test
  void filesThatCannotBeWritten() {
    assertThatThrownBy(() -> LogCapture.into(directory.resolve("a/b").toString(), "w", console))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
    assertThatThrownBy(() -> LogCapture.into("/dev/full", "w", console))
        .isInstanceOfSatisfying(
            CommandException.class,
            e -> {
              assertThat(e.errno()).isEqualTo(Errno.ENOSPC);
              assertThat(e).hasMessage("failed to write /dev/full: No space left on device");
            });
  }

  @Test
  void tellsWhenNobodyReads() {
    Console closed = LogSamples.console(new FullOutput(), err);
    LogCapture capture = LogCapture.onto(closed.out(), "web", closed);
    assertThat(take(capture, LogSamples.SYN, 0)).isFalse();
  }
}
