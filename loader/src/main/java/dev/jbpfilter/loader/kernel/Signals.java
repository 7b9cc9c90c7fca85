package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.loader.kernel.internal.Libc;
import dev.jbpfilter.loader.kernel.internal.NativeMemory;
import dev.jbpfilter.loader.kernel.internal.Syscall;

/** What this process does with signals, where Java has no way to say it. */
public final class Signals {
  private static final int SIGHUP = 1;
  private static final int SIG_IGN = 1;

  /** {@code struct sigaction} as the system call has it: handler, flags, restorer, mask. */
  private static final int ACTION_SIZE = 32;

  private static final int MASK_SIZE = 8;

  private Signals() {}

  /** Lets the process outlive its terminal ({@code rt_sigaction(2)}, {@code SIGHUP}). */
  public static void ignoreHangUp() {
    try (NativeMemory action = new NativeMemory(ACTION_SIZE)) {
      action.putLong(0, SIG_IGN);
      new Linux(new Libc())
          .call("SIGHUP", Syscall.RT_SIGACTION, SIGHUP, action.address(), 0, MASK_SIZE);
    }
  }
}
