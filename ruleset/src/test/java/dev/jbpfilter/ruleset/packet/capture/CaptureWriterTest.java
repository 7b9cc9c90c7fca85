package dev.jbpfilter.ruleset.packet.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written, byte by byte, and that it can be read. */
class CaptureWriterTest {
  private static final String SECTION =
      "0a0d0d0a 1c000000 4d3c2b1a 01000000 ffffffffffffffff 1c000000 ";
  private static final String ETHERNET =
      "01000000 20000000 01000000 00000000 09000100 09000000 00000000 20000000 ";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private String written() {
    return HexFormat.of().formatHex(out.toByteArray());
  }

  @Test
  void beginsWithASectionAndAnInterface() throws IOException {
    CaptureWriter.of(out, LinkType.ETHERNET).close();
    assertThat(written()).isEqualTo((SECTION + ETHERNET).replace(" ", ""));
  }

  @Test
  void writesPackets() throws IOException {
    try (CaptureWriter writer = CaptureWriter.of(out, LinkType.ETHERNET)) {
      writer.write(LinkType.ETHERNET, 0x1_0000_0002L, new byte[] {1, 2, 3}, 9, "");
      writer.flush();
      assertThat(written())
          .isEqualTo(
              (SECTION
                      + ETHERNET
                      + "06000000 24000000 00000000 01000000 02000000 03000000 09000000 01020300"
                      + " 24000000")
                  .replace(" ", ""));
    }
  }

  @Test
  void writesCommentsAndOtherLinkTypes() throws IOException {
    try (CaptureWriter writer = CaptureWriter.of(out, LinkType.ETHERNET)) {
      writer.write(LinkType.IPV6, 7, new byte[] {1}, 1, "é");
    }
    assertThat(written())
        .isEqualTo(
            (SECTION
                    + ETHERNET
                    + ETHERNET.replace("01000000 00000000 0900", "e5000000 00000000 0900")
                    + "06000000 30000000 01000000 00000000 07000000 01000000 01000000 01000000"
                    + " 01000200 c3a90000 00000000 30000000")
                .replace(" ", ""));
    assertThat(CaptureBytes.read(out.toByteArray()))
        .extracting(CaptureBytes::describe)
        .containsExactly("1 @92 7 IPV6 1 01");
  }

  @Test
  void writesWhatWasCapturedAsItIs() throws IOException {
    List<CapturedPacket> packets =
        List.of(
            new CapturedPacket(5, 0, -3, 1, 70000, new byte[70]),
            new CapturedPacket(6, 0, Long.MAX_VALUE, 105, 6000, new byte[6000]),
            new CapturedPacket(7, 0, 3, 14, 1, new byte[1]));
    try (CaptureWriter writer = CaptureWriter.of(out, LinkType.ETHERNET)) {
      for (CapturedPacket packet : packets) {
        writer.write(packet, "");
      }
    }
    List<CapturedPacket> read = CaptureBytes.read(out.toByteArray());
    assertThat(read).extracting(CapturedPacket::nanos).containsExactly(0L, Long.MAX_VALUE, 3L);
    assertThat(read).extracting(CapturedPacket::linkNumber).containsExactly(1, 105, 14);
    assertThat(read).extracting(CapturedPacket::isCut).containsExactly(true, false, false);
    assertThat(read).extracting(CapturedPacket::length).containsExactly(70, 6000, 1);
  }

  @Test
  void refusesWhatCannotBeWritten() throws IOException {
    try (CaptureWriter writer = CaptureWriter.of(out, LinkType.ETHERNET)) {
      byte[] bytes = new byte[10];
      assertThatThrownBy(() -> writer.write(LinkType.OTHER, 0, bytes, 10, ""))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> writer.write(LinkType.RAW, -1, bytes, 10, ""))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> writer.write(LinkType.RAW, 0, bytes, 9, ""))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> writer.write(LinkType.RAW, 0, bytes, 1L << 32, ""))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> writer.write(LinkType.RAW, 0, bytes, 10, "x".repeat(65536)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> CaptureWriter.of(out, LinkType.OTHER))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
