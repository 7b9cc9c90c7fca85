package dev.jbpfilter.ruleset;

/** Reads IPv6 addresses as strictly as {@code inet_pton}, without an object for any of them. */
final class Ipv6Reader {
  private static final int GROUPS = 8;
  private static final int NO_GAP = -1;

  /** The groups read since the gap, or from the start. */
  private long high;

  private long low;
  private int count;

  /** The groups in front of {@code ::}, if there was one, and how many they are. */
  private long headHigh;

  private long headLow;
  private int gap;

  /**
   * Reads the address between {@code start} and {@code end}: RFC 4291 text, a dotted tail included.
   * Returns false if it is none; then the value means nothing.
   */
  boolean read(String text, int start, int end) {
    high = 0;
    low = 0;
    count = 0;
    gap = NO_GAP;
    int i = start;
    if (end - start >= 2 && text.charAt(i) == ':' && text.charAt(i + 1) == ':') {
      openGap();
      i += 2;
    }
    while (i < end) {
      int stop = i;
      int group = 0;
      int digit;
      while (stop < end && (digit = hexDigit(text.charAt(stop))) >= 0) {
        group = group << 4 | digit;
        stop++;
      }
      if (stop < end && text.charAt(stop) == '.') {
        return dotted(text, i, end) && finish();
      }
      if (stop == i || stop > i + 4 || count == GROUPS) {
        return false;
      }
      append(group, 16);
      count++;
      if (stop == end) {
        return finish();
      }
      if (text.charAt(stop) != ':') {
        return false;
      }
      i = stop + 1;
      if (i < end && text.charAt(i) == ':') {
        if (gap != NO_GAP) {
          return false;
        }
        openGap();
        i++;
      } else if (i == end) {
        return false;
      }
    }
    return finish();
  }

  /** The first half of the address read last. */
  long high() {
    return high;
  }

  /** The second half of the address read last. */
  long low() {
    return low;
  }

  /** The value of a hexadecimal digit; -1 for what is none. */
  private static int hexDigit(char c) {
    if (Words.isDigit(c)) {
      return c - '0';
    }
    int letter = c | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }

  private void openGap() {
    gap = count;
    headHigh = high;
    headLow = low;
    high = 0;
    low = 0;
  }

  private boolean dotted(String text, int start, int end) {
    long tail = AddressText.ipv4(text, start, end);
    if (tail == AddressText.INVALID || count + 2 > GROUPS) {
      return false;
    }
    append(tail, 32);
    count += 2;
    return true;
  }

  private void append(long value, int bits) {
    high = high << bits | low >>> (64 - bits);
    low = low << bits | value;
  }

  /** Puts zeros where the gap was. Returns false if the number of groups is wrong. */
  private boolean finish() {
    if (gap == NO_GAP || count >= GROUPS) {
      return gap == NO_GAP && count == GROUPS;
    }
    int shift = 16 * (GROUPS - gap);
    if (shift < 64) {
      high |= headHigh << shift | headLow >>> (64 - shift);
      low |= headLow << shift;
    } else if (shift < 128) {
      high |= headLow << (shift - 64);
    }
    return true;
  }
}
