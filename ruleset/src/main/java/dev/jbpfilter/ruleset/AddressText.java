package dev.jbpfilter.ruleset;

import java.util.Optional;

/** Readers and writers of addresses, as strict as {@code inet_pton}. */
final class AddressText {
  private static final int GROUPS = 8;

  /** What is no IPv4 address. */
  static final long INVALID = -1;

  private AddressText() {}

  static Optional<Payload.Ipv4Address> ipv4(String text) {
    long value = ipv4(text, 0, text.length());
    return value == INVALID ? Optional.empty() : Optional.of(new Payload.Ipv4Address((int) value));
  }

  /**
   * The address between {@code start} and {@code end}: four decimal parts, 0 to 255, without
   * leading zeros. {@link #INVALID} if it is none.
   */
  static long ipv4(String text, int start, int end) {
    long value = 0;
    int parts = 0;
    int i = start;
    while (true) {
      int first = i;
      int part = 0;
      while (i < end && i < first + 3 && Words.isDigit(text.charAt(i))) {
        part = part * 10 + (text.charAt(i) - '0');
        i++;
      }
      if (i == first || part > 255 || (i > first + 1 && text.charAt(first) == '0')) {
        return INVALID;
      }
      value = value << 8 | part;
      parts++;
      if (i == end) {
        return parts == 4 ? value : INVALID;
      }
      if (parts == 4 || text.charAt(i) != '.') {
        return INVALID;
      }
      i++;
    }
  }

  /** RFC 4291 text, a dotted tail included. */
  static Optional<Payload.Ipv6Address> ipv6(String text) {
    Ipv6Reader reader = new Ipv6Reader();
    return reader.read(text, 0, text.length())
        ? Optional.of(new Payload.Ipv6Address(reader.high(), reader.low()))
        : Optional.empty();
  }

  static String ipv4(int address) {
    return (address >>> 24)
        + "."
        + (address >>> 16 & 0xff)
        + "."
        + (address >>> 8 & 0xff)
        + "."
        + (address & 0xff);
  }

  /** RFC 5952 text; {@code dotted} writes mapped and compatible addresses as the C library does. */
  static String ipv6(long high, long low, boolean dotted) {
    int start = -1;
    int length = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && group(high, low, end) == 0) {
        end++;
      }
      if (end - i > length) {
        start = i;
        length = end - i;
      }
      i = Math.max(i, end);
    }
    boolean embedded =
        dotted && start == 0 && (length == 6 || (length == 5 && group(high, low, 5) == 0xffff));
    int groups = embedded ? GROUPS - 2 : GROUPS;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < groups; i++) {
      if (i == start) {
        text.append("::");
        i += length - 1;
      } else {
        if (i > 0 && i != start + length) {
          text.append(':');
        }
        text.append(Integer.toHexString(group(high, low, i)));
      }
    }
    if (embedded) {
      if (length == 5) {
        text.append(':');
      }
      text.append(ipv4((int) low));
    }
    return text.toString();
  }

  private static int group(long high, long low, int index) {
    long half = index < 4 ? high : low;
    return (int) (half >>> (16 * (3 - index % 4))) & 0xffff;
  }
}
