package dev.jbpfilter.ruleset;

/** Reads IPv6 addresses as strictly as {@code inet_pton}, without an object for any of them. */
final class Ipv6Reader {
  private static final int GROUPS = 8;
  private static final int NO_GAP = -1;

  private long high;
  private long low;

  /**
   * Reads the address between {@code start} and {@code end}: RFC 4291 text, a dotted tail included.
   * Returns false if it is none; then the value means nothing.
   */
  boolean read(String text, int start, int end) {
    // The groups read since the gap, or from the start.
    high = 0;
    low = 0;
    long upper = 0;
    long lower = 0;
    int count = 0;
    int gap = NO_GAP;
    int i = start;
    if (text.startsWith("::", start) && end - start >= 2) {
      gap = 0;
      i += 2;
    }
    while (i < end) {
      int first = i;
      int group = 0;
      int digit;
      while (i < end && (digit = Words.digit(text.charAt(i))) < 16) {
        group = group << 4 | digit;
        i++;
      }
      if (i < end && text.charAt(i) == '.') {
        long tail = AddressText.ipv4(text, first, end);
        if (tail == AddressText.INVALID || count + 2 > GROUPS) {
          return false;
        }
        upper = upper << 32 | lower >>> 32;
        lower = lower << 32 | tail;
        count += 2;
        break;
      }
      if (i == first || i > first + 4 || count == GROUPS) {
        return false;
      }
      upper = upper << 16 | lower >>> 48;
      lower = lower << 16 | group;
      count++;
      if (i == end) {
        break;
      }
      if (text.charAt(i++) != ':' || i == end) {
        return false;
      }
      if (text.charAt(i) == ':') {
        if (gap != NO_GAP) {
          return false;
        }
        gap = count;
        shift(upper, lower, 16 * (GROUPS - gap));
        upper = 0;
        lower = 0;
        i++;
      }
    }
    high |= upper;
    low |= lower;
    return gap == NO_GAP ? count == GROUPS : count < GROUPS;
  }

  /** Puts the groups in front of the gap where they belong. */
  private void shift(long upper, long lower, int bits) {
    if (bits < Long.SIZE) {
      high = upper << bits | lower >>> (Long.SIZE - bits);
      low = lower << bits;
    } else {
      // The upper half of so few groups is empty.
      high = lower << (bits - Long.SIZE);
    }
  }

  /** The first half of the address read last. */
  long high() {
    return high;
  }

  /** The second half of the address read last. */
  long low() {
    return low;
  }
}
