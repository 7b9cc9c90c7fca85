package dev.jbpfilter.loader.kernel;

/** How many CPUs the kernel can ever have: as many values has each key of a per-CPU map. */
final class PossibleCpus {
  private static final String PATH = "/sys/devices/system/cpu/possible";

  private PossibleCpus() {}

  static int count(Linux linux) {
    return parse(linux.readFile(PATH));
  }

  /**
   * Counts a CPU list such as {@code 0-3,8}.
   *
   * @throws BpfException if the text is none
   */
  static int parse(String list) {
    try {
      int count = 0;
      for (String range : list.strip().split(",", -1)) {
        int dash = range.indexOf('-');
        int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
        int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
        if (last < first) {
          throw new NumberFormatException("CPU range " + range);
        }
        count += last - first + 1;
      }
      return count;
    } catch (NumberFormatException e) {
      BpfException failure =
          new BpfException("read", Errno.EINVAL, PATH + " with the text \"" + list.strip() + '"');
      failure.initCause(e);
      throw failure;
    }
  }
}
