package dev.jbpfilter.cgen;

/** The IPv6 extension headers that are walked; others end the walk. */
enum ExtensionHeader {
  HOP_BY_HOP(0),
  ROUTING(43),
  FRAGMENT(44),
  AUTHENTICATION(51),
  DESTINATION_OPTIONS(60),
  MOBILITY(135);

  private final int number;

  ExtensionHeader(int number) {
    this.number = number;
  }

  /** The next-header number that announces it. */
  int number() {
    return number;
  }

  /** Its bit in {@link Field#IP6_EXTENSIONS}; 0 if there is no such extension header. */
  static int bit(long number) {
    int bit = 1;
    for (ExtensionHeader header : values()) {
      if (header.number == number) {
        return bit;
      }
      bit <<= 1;
    }
    return 0;
  }
}
