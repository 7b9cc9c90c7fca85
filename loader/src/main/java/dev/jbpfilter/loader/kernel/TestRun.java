package dev.jbpfilter.loader.kernel;

/**
 * The input of a test run: what a program sees instead of a real packet. Immutable.
 *
 * <p>XDP, traffic control and cgroup programs take a whole Ethernet frame. The context is the
 * program type's context structure; without one the kernel makes it up.
 */
public final class TestRun {
  /** How many bytes a program may add to the packet. */
  static final int HEADROOM = 4096;

  private final byte[] data;
  private final byte[] context;
  private final int repeat;
  private final int flags;

  private TestRun(byte[] data, byte[] context, int repeat, int flags) {
    this.data = data;
    this.context = context;
    this.repeat = repeat;
    this.flags = flags;
  }

  /** One run on a packet. */
  public static TestRun of(byte[] data) {
    return new TestRun(data.clone(), new byte[0], 1, 0);
  }

  /** The same with a context structure. */
  public TestRun withContext(byte[] bytes) {
    return new TestRun(data, bytes.clone(), repeat, flags);
  }

  /**
   * The same, so many times.
   *
   * @throws IllegalArgumentException if it is not at least once
   */
  public TestRun withRepeat(int times) {
    if (times < 1) {
      throw new IllegalArgumentException("repeat " + times + " is less than 1");
    }
    return new TestRun(data, context, times, flags);
  }

  /**
   * The same with flags.
   *
   * @param bits {@code BPF_F_TEST_*}
   */
  public TestRun withFlags(int bits) {
    return new TestRun(data, context, repeat, bits);
  }

  byte[] data() {
    return data;
  }

  byte[] context() {
    return context;
  }

  int repeat() {
    return repeat;
  }

  int flags() {
    return flags;
  }
}
