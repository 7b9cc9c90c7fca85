package dev.jbpfilter.ruleset.packet.capture;

/** A packet of a capture. Immutable. */
public final class CapturedPacket {
  private final long number;
  private final long position;
  private final long nanos;
  private final int linkNumber;
  private final LinkType linkType;
  private final long originalLength;
  private final byte[] bytes;

  /** Takes the array as its own. */
  CapturedPacket(
      long number, long position, long nanos, int linkNumber, long originalLength, byte[] bytes) {
    this.number = number;
    this.position = position;
    this.nanos = nanos;
    this.linkNumber = linkNumber;
    this.linkType = LinkType.of(linkNumber);
    this.originalLength = Math.max(originalLength, bytes.length);
    this.bytes = bytes;
  }

  /** Its place among the packets of the file, from 1. */
  public long number() {
    return number;
  }

  /** The offset in the file of its record or block, from 0. */
  public long position() {
    return position;
  }

  /**
   * Nanoseconds since the beginning of 1970, UTC; whatever does not fit is the nearest that does. A
   * simple packet block has no time, and gets that of the packet before, or 0.
   */
  public long nanos() {
    return nanos;
  }

  /** What its bytes begin with. */
  public LinkType linkType() {
    return linkType;
  }

  /** The number of that in the file. */
  public int linkNumber() {
    return linkNumber;
  }

  /** How many bytes it had on the wire; at least as many as there are here. */
  public long originalLength() {
    return originalLength;
  }

  /** How many bytes were captured. */
  public int length() {
    return bytes.length;
  }

  /** Whether bytes are missing, as whoever captured it kept only the first ones. */
  public boolean isCut() {
    return bytes.length < originalLength;
  }

  /** A copy of the captured bytes. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** The captured bytes themselves, which nobody may change. */
  byte[] bytes() {
    return bytes;
  }
}
