package dev.jbpfilter.cgen;

/**
 * How one register says both which transport protocol a packet has and whether its header was
 * parsed: the protocol number, plus {@link #NO_HEADER} if there is a number but no header, or
 * {@link #NONE}. Most tests want a number with its header, and are then a single comparison.
 */
final class TransportValue {
  /** Added to the number if the header is unknown, or not in this fragment. */
  static final int NO_HEADER = 0x100;

  /** The packet is not IP and has no transport protocol. */
  static final int NONE = 0x200;

  /** All of these fit, and so does what the kernel knows as the protocol of a socket. */
  static final int BITS = 16;

  private TransportValue() {}
}
