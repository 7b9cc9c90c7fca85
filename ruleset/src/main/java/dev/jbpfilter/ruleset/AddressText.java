package dev.jbpfilter.ruleset;

import java.util.Optional;

/** Readers and writers of addresses, as strict as {@code inet_pton}. */
final class AddressText {
  private static final int GROUPS = 8;

  /** More than any address. */
  private static final long NOT_IPV4 = 1L << 32;

  private AddressText() {}

  static Optional<Payload.Ipv4Address> ipv4(String text) {
    long value = ipv4(text, 0, text.length());
    return value == NOT_IPV4 ? Optional.empty() : Optional.of(new Payload.Ipv4Address((int) value));
  }

  /** Four decimal parts, 0 to 255, without leading zeros. */
  private static long ipv4(String text, int start, int end) {
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
        return NOT_IPV4;
      }
      value = value << 8 | part;
      parts++;
      if (i == end) {
        return parts == 4 ? value : NOT_IPV4;
      }
      if (parts == 4 || text.charAt(i) != '.') {
        return NOT_IPV4;
      }
      i++;
    }
  }

  /** RFC 4291 text, a dotted tail included. */
  static Optional<Payload.Ipv6Address> ipv6(String text) {
    int[] groups = new int[GROUPS];
    int count = 0;
    int gap = -1;
    int i = 0;
    int end = text.length();
    if (text.startsWith("::")) {
      gap = 0;
      i = 2;
    }
    while (i < end) {
      int colon = text.indexOf(':', i);
      int stop = colon < 0 ? end : colon;
      if (colon < 0 && text.indexOf('.', i) >= 0) {
        long tail = ipv4(text, i, end);
        if (tail == NOT_IPV4 || count + 2 > GROUPS) {
          return Optional.empty();
        }
        groups[count++] = (int) (tail >>> 16);
        groups[count++] = (int) tail & 0xffff;
        break;
      }
      int group = group(text, i, stop);
      if (group < 0 || count == GROUPS) {
        return Optional.empty();
      }
      groups[count++] = group;
      if (colon < 0) {
        break;
      }
      i = colon + 1;
      if (i < end && text.charAt(i) == ':') {
        if (gap >= 0) {
          return Optional.empty();
        }
        gap = count;
        i++;
      } else if (i == end) {
        return Optional.empty();
      }
    }
    return assemble(groups, count, gap);
  }

  private static int group(String text, int start, int end) {
    if (start == end || end > start + 4) {
      return -1;
    }
    int value = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private static Optional<Payload.Ipv6Address> assemble(int[] groups, int count, int gap) {
    if (gap < 0 ? count != GROUPS : count == GROUPS) {
      return Optional.empty();
    }
    int zeros = GROUPS - count;
    long high = 0;
    long low = 0;
    for (int i = 0; i < GROUPS; i++) {
      int group;
      if (gap < 0 || i < gap) {
        group = groups[i];
      } else {
        group = i < gap + zeros ? 0 : groups[i - zeros];
      }
      high = high << 16 | low >>> 48;
      low = low << 16 | group;
    }
    return Optional.of(new Payload.Ipv6Address(high, low));
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
