package dev.jbpfilter.ruleset.packet.capture;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How packets are written in a file. */
sealed interface CaptureFormat permits Pcap, Pcapng {

  /** The next packet; null at the end. */
  @Nullable CapturedPacket next(CaptureInput input) throws IOException;

  /**
   * The length of a packet as captured.
   *
   * @throws CaptureException if that is too much
   */
  static int packetLength(CaptureInput input, long position, long length) throws CaptureException {
    if (length > CaptureReader.MAX_PACKET_BYTES) {
      String limit = " bytes, more than " + CaptureReader.MAX_PACKET_BYTES;
      throw input.damaged(position, "a packet of " + length + limit);
    }
    return (int) length;
  }

  /** A packet of which the last bytes may be a check sequence. */
  static CapturedPacket packet(
      CaptureInput input, Source source, long position, long nanos, long original, byte[] bytes) {
    long length = Math.max(original, bytes.length);
    long without = Math.max(0, length - source.checkBytes);
    byte[] kept = bytes.length <= without ? bytes : Arrays.copyOf(bytes, (int) without);
    return new CapturedPacket(
        input.packetNumber(), position, nanos, source.linkNumber, without, kept);
  }

  /**
   * Where packets come from.
   *
   * @param linkNumber what they begin with
   * @param snapLength how much of them is kept; 0 if all
   * @param time how times are written
   * @param checkBytes how long the check sequence at their end is
   */
  record Source(int linkNumber, long snapLength, TimeResolution time, int checkBytes) {}
}
