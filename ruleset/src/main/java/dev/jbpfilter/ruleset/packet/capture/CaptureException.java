package dev.jbpfilter.ruleset.packet.capture;

import java.io.IOException;

/** A file of captured packets is damaged, cut off, or none. The message says where and what. */
public final class CaptureException extends IOException {
  private static final long serialVersionUID = 1L;

  private final long position;
  private final long packets;

  CaptureException(long position, long packets, String problem) {
    super(
        "byte "
            + position
            + ", after "
            + packets
            + (packets == 1 ? " packet: " : " packets: ")
            + problem);
    this.position = position;
    this.packets = packets;
  }

  /** The offset in the file of what is wrong, from 0. */
  public long position() {
    return position;
  }

  /** How many packets were read before. */
  public long packets() {
    return packets;
  }
}
