package dev.jbpfilter.bytecode;

/**
 * A release of the mainline kernel: what decides which helpers, instructions and program types
 * exist.
 *
 * @param major the first number, 6 of 6.18
 * @param minor the second number, 18 of 6.18
 */
public record KernelVersion(int major, int minor) implements Comparable<KernelVersion> {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public KernelVersion {
    if (major < 0 || minor < 0) {
      throw new IllegalArgumentException("kernel version " + major + "." + minor);
    }
  }

  /**
   * The version at the start of a release name such as that of uname(2): {@code 6.18.0-foo} is
   * 6.18.
   *
   * @throws IllegalArgumentException if the text does not start with two numbers and a dot between
   *     them
   */
  public static KernelVersion parse(String release) {
    int dot = digitsEnd(release, 0);
    if (dot == 0 || dot == release.length() || release.charAt(dot) != '.') {
      throw malformed(release);
    }
    int end = digitsEnd(release, dot + 1);
    if (end == dot + 1) {
      throw malformed(release);
    }
    try {
      return new KernelVersion(
          Integer.parseInt(release, 0, dot, 10), Integer.parseInt(release, dot + 1, end, 10));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(malformed(release).getMessage(), e);
    }
  }

  private static int digitsEnd(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static IllegalArgumentException malformed(String release) {
    return new IllegalArgumentException(
        "kernel version \"" + release + "\", expected numbers as in 6.18");
  }

  /** Whether this is {@code other} or a later release. */
  public boolean isAtLeast(KernelVersion other) {
    return compareTo(other) >= 0;
  }

  @Override
  public int compareTo(KernelVersion other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
