package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.loader.kernel.internal.Libc;

/**
 * While one is open, the kernel measures how long programs run and how often, all programs of the
 * system ({@code BPF_ENABLE_STATS}); {@link ProgramInfo} has what it found. Each run takes a little
 * longer then.
 */
public final class RunTimes implements AutoCloseable {
  private static final int BPF_STATS_RUN_TIME = 0;

  private final Fd fd;

  private RunTimes(Fd fd) {
    this.fd = fd;
  }

  /**
   * Begins to measure.
   *
   * @throws BpfException with {@code EPERM} without {@code CAP_SYS_ADMIN}
   */
  public static RunTimes measure() {
    Linux linux = new Linux(new Libc());
    String object = "statistics of programs";
    try (Attributes attributes = new Attributes()) {
      attributes.set(0, BPF_STATS_RUN_TIME);
      int number = linux.call(object, BpfCommand.ENABLE_STATS, attributes);
      return new RunTimes(new Fd(linux, number, object));
    }
  }

  /** Ends the measuring, unless others want it too. */
  @Override
  public void close() {
    fd.close();
  }
}
