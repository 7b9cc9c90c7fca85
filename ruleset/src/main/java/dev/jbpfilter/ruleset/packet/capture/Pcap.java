package dev.jbpfilter.ruleset.packet.capture;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A pcap file: a header of 24 bytes, then records. */
final class Pcap implements CaptureFormat {
  /** What a file with microseconds begins with. */
  static final int MICROSECONDS = 0xa1b2_c3d4;

  /** What a file with nanoseconds begins with. */
  static final int NANOSECONDS = 0xa1b2_3c4d;

  private static final int MAJOR = 2;

  /** Before, the two lengths of a packet were in another order. */
  private static final int FIRST_MINOR = 4;

  private static final int HEADER_BYTES_BEHIND_MAGIC = 20;
  private static final int RECORD_BYTES = 16;
  private static final int NANOS_PER_SECOND = 1_000_000_000;

  /** LINKTYPE_ field: whether the length of the check sequence is known, and its place. */
  private static final int HAS_CHECK_LENGTH = 1 << 26;

  private static final int CHECK_LENGTH_SHIFT = 28;

  private final Source source;
  private final int nanosPerUnit;

  private Pcap(Source source, boolean nanoseconds) {
    this.source = source;
    this.nanosPerUnit = nanoseconds ? 1 : 1000;
  }

  /** Reads the header behind its first number. */
  static Pcap begin(CaptureInput input, boolean nanoseconds) throws IOException {
    input.require(HEADER_BYTES_BEHIND_MAGIC, "the header");
    long position = input.position();
    int major = input.u16();
    int minor = input.u16();
    if (major != MAJOR || minor < FIRST_MINOR) {
      String found = "pcap version " + major + "." + minor + ", not ";
      throw input.damaged(position, found + MAJOR + "." + FIRST_MINOR);
    }
    input.skip(8, "the header");
    long snapLength = input.u32();
    int link = input.i32();
    int checkWords = (link & HAS_CHECK_LENGTH) == 0 ? 0 : link >>> CHECK_LENGTH_SHIFT;
    return new Pcap(
        new Source(link & 0xffff, snapLength, TimeResolution.NANOSECONDS, 2 * checkWords),
        nanoseconds);
  }

  @Override
  public @Nullable CapturedPacket next(CaptureInput input) throws IOException {
    if (input.isAtEnd()) {
      return null;
    }
    long position = input.position();
    input.require(RECORD_BYTES, "the header of a packet");
    long seconds = input.u32();
    long nanos = input.u32() * nanosPerUnit;
    int captured = CaptureFormat.packetLength(input, position, input.u32());
    long original = input.u32();
    byte[] bytes = input.bytes(captured, "a packet");
    long time = seconds * NANOS_PER_SECOND + nanos;
    return CaptureFormat.packet(input, source, position, time, original, bytes);
  }
}
