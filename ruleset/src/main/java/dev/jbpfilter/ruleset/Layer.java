package dev.jbpfilter.ruleset;

/** A layer of the Internet protocol suite (RFC 1122), named as in the {@code log} option. */
public enum Layer {
  LINK(1),
  INTERNET(2),
  TRANSPORT(4);

  private final int logBit;

  Layer(int logBit) {
    this.logBit = logBit;
  }

  /** The bit of this layer in a log record and in {@link Log#headers()}. */
  public int logBit() {
    return logBit;
  }
}
