package dev.jbpfilter.ruleset;

/** A TCP flag (RFC 9293, RFC 3168), in the order of the bits of the header's byte. */
public enum TcpFlag {
  FIN(0x01),
  SYN(0x02),
  RST(0x04),
  PSH(0x08),
  ACK(0x10),
  URG(0x20),
  ECE(0x40),
  CWR(0x80);

  private final int bit;

  TcpFlag(int bit) {
    this.bit = bit;
  }

  /** The bit in the header and in {@link Payload.Flags}. */
  public int bit() {
    return bit;
  }
}
