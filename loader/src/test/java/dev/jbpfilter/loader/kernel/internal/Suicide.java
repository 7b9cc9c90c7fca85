package dev.jbpfilter.loader.kernel.internal;

import com.sun.jna.NativeLibrary;

/** The end of this process by SIGKILL. */
public final class Suicide {
  private static final int SIGKILL = 9;

  private Suicide() {}

  /** Does not return. */
  public static void commit() {
    int process = (int) ProcessHandle.current().pid();
    NativeLibrary.getProcess().getFunction("kill").invokeInt(new Object[] {process, SIGKILL});
    throw new IllegalStateException("SIGKILL was survived");
  }
}
