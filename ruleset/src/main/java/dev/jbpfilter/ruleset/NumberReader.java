package dev.jbpfilter.ruleset;

/**
 * Reads set components that are written as numbers straight from the text, without an object for
 * any of them: sets have millions.
 */
final class NumberReader {
  private final Ipv6Reader ipv6 = new Ipv6Reader();
  private long first;
  private long second;
  private long third;

  /**
   * Reads the component between {@code start} and {@code end}. Returns false if it is written in
   * another way, with a name for example, or wrong; {@link PayloadReader} tells these apart.
   */
  boolean read(PayloadKind kind, String text, int start, int end) {
    return switch (kind) {
      case PORT, PROTOCOL, ICMP_TYPE, ICMPV6_TYPE, ICMP_CODE -> {
        first = NumberText.decimal(text, start, end);
        yield kind.isInBounds(first);
      }
      case IPV4_ADDRESS -> {
        first = AddressText.ipv4(text, start, end);
        yield first != AddressText.INVALID;
      }
      case IPV4_NETWORK -> {
        int slash = slash(text, start, end);
        first = AddressText.ipv4(text, start, slash);
        second = prefixLength(text, slash, end);
        yield first != AddressText.INVALID && second >= 0 && second <= Integer.SIZE;
      }
      case IPV6_ADDRESS -> readIpv6(text, start, end);
      case IPV6_NETWORK -> {
        int slash = slash(text, start, end);
        third = prefixLength(text, slash, end);
        yield readIpv6(text, start, slash) && third >= 0 && third <= 2 * Long.SIZE;
      }
      case INTERFACE, ETHERTYPE, PERCENTAGE, MARK, FLOW_HASH, DSCP, TCP_FLAGS -> false;
    };
  }

  private boolean readIpv6(String text, int start, int end) {
    boolean good = ipv6.read(text, start, end);
    first = ipv6.high();
    second = ipv6.low();
    return good;
  }

  /** Where the slash is; {@code end} if there is none. */
  private static int slash(String text, int start, int end) {
    int i = start;
    while (i < end && text.charAt(i) != '/') {
      i++;
    }
    return i;
  }

  private static long prefixLength(String text, int slash, int end) {
    return slash == end ? NumberText.INVALID : NumberText.decimal(text, slash + 1, end);
  }

  /** Appends what was read last to the element begun in {@code elements}. */
  void putTo(SetElementsBuilder elements, PayloadKind kind) {
    elements.put(kind, first, second, third);
  }
}
