package dev.jbpfilter.loader.kernel.internal;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * System calls by the C library's {@code syscall(2)}. One {@code Function} handle serves all calls:
 * mapping an interface or a class costs several times as much at start-up.
 */
public final class Libc implements Syscalls {
  private final Function syscall;
  private final Architecture architecture;

  /**
   * Binds the C library that the process already has.
   *
   * @throws IllegalStateException if this is not Linux on a known architecture
   */
  public Libc() {
    String system = System.getProperty("os.name", "");
    if (!system.equals("Linux")) {
      throw new IllegalStateException("eBPF needs Linux, this is " + system);
    }
    architecture = Architecture.current();
    syscall = NativeLibrary.getProcess().getFunction("syscall");
  }

  @Override
  public long invoke(Syscall call, long... arguments) {
    Object[] boxed = new Object[arguments.length + 1];
    boxed[0] = (long) call.number(architecture);
    for (int i = 0; i < arguments.length; i++) {
      boxed[i + 1] = arguments[i];
    }
    long result = syscall.invokeLong(boxed);
    return result == -1 ? -(long) Native.getLastError() : result;
  }
}
