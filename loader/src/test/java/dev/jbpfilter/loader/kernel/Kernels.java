package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.loader.kernel.internal.Libc;
import dev.jbpfilter.loader.kernel.internal.Syscall;
import java.util.List;

/** Kernels that are made to fail or to be watched. */
public final class Kernels {
  private Kernels() {}

  /** The kernel, with something done after each attempt to lock a directory. */
  public static Kernel afterEachLock(Runnable action) {
    Libc libc = new Libc();
    return new Kernel((call, arguments) -> {
      long result = libc.invoke(call, arguments);
      if (call == Syscall.FLOCK) {
        action.run();
      }
      return result;
    });
  }

  /**
   * The kernel, but it refuses a bpf(2) command.
   *
   * @param command its name, such as {@code BPF_PROG_LOAD}
   * @param successes how many calls it answers before
   */
  public static Kernel refusing(String command, int errno, int successes) {
    Libc libc = new Libc();
    int[] remaining = {successes};
    return new Kernel((call, arguments) -> {
      boolean meant = call == Syscall.BPF && arguments[0] == numberOf(command);
      return meant && remaining[0]-- <= 0 ? -errno : libc.invoke(call, arguments);
    });
  }

  /**
   * The kernel, with something done once a bpf(2) command has succeeded so often.
   *
   * @param command its name, such as {@code BPF_PROG_LOAD}
   */
  public static Kernel after(String command, int successes, Runnable action) {
    Libc libc = new Libc();
    int[] remaining = {successes};
    return new Kernel((call, arguments) -> {
      long result = libc.invoke(call, arguments);
      boolean meant = call == Syscall.BPF && arguments[0] == numberOf(command);
      if (meant && result >= 0 && --remaining[0] == 0) {
        action.run();
      }
      return result;
    });
  }

  private static int numberOf(String command) {
    for (BpfCommand known : BpfCommand.values()) {
      if (known.label().equals(command)) {
        return known.number();
      }
    }
    throw new IllegalArgumentException(command);
  }

  /** A call that was made, with its first argument. */
  public record Call(String name, long argument, long result) {}

  /** The kernel, with a list of all calls. */
  public static Kernel recording(List<Call> calls) {
    Libc libc = new Libc();
    return new Kernel((call, arguments) -> {
      long result = libc.invoke(call, arguments);
      calls.add(new Call(call.label(), arguments.length == 0 ? 0 : arguments[0], result));
      return result;
    });
  }

  /**
   * The kernel, but one call fails and is not made. Calls that close and unmap are left alone, as
   * is the number of the process.
   */
  public static final class Failing {
    private static final int RELEASE_MILLIS = 50;

    private final Libc libc = new Libc();
    private final int errno;
    private int remaining;
    private boolean failed;
    private boolean failedLoad;
    private boolean failedDetach;

    /**
     * @param position how many calls succeed before
     */
    public Failing(int position, int errno) {
      this.remaining = position;
      this.errno = errno;
    }

    /** The kernel. */
    public Kernel kernel() {
      return new Kernel(this::invoke);
    }

    /** Whether the call that fails was reached. */
    public boolean failed() {
      return failed;
    }

    /** Whether that was the loading of a program, which is tried again. */
    public boolean failedLoad() {
      return failedLoad;
    }

    /**
     * Lets the kernel end what was to be detached, if that was the call that failed: a link that
     * only loses its descriptors and pins keeps its place for a moment.
     */
    public void awaitRelease() {
      if (failedDetach) {
        try {
          Thread.sleep(RELEASE_MILLIS);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    private long invoke(Syscall call, long... arguments) {
      boolean mayFail = call != Syscall.CLOSE && call != Syscall.MUNMAP && call != Syscall.GETPID;
      if (mayFail && remaining-- == 0) {
        failed = true;
        failedLoad = call == Syscall.BPF && arguments[0] == BpfCommand.PROG_LOAD.number();
        failedDetach = call == Syscall.BPF && arguments[0] == BpfCommand.LINK_DETACH.number();
        return -errno;
      }
      return libc.invoke(call, arguments);
    }
  }
}
