package dev.jbpfilter.loader.testing;

import dev.jbpfilter.loader.kernel.internal.Libc;
import dev.jbpfilter.loader.kernel.internal.NativeMemory;
import dev.jbpfilter.loader.kernel.internal.Syscall;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The first process of a {@link DelegatedBpffs}. It opens a BPF file system, which is then owned by
 * its user name space, prints the descriptor, and mounts it once told that it is created. It ends
 * with its input.
 */
final class BpffsOwner {
  private static final int AT_FDCWD = -100;
  private static final int MOVE_MOUNT_F_EMPTY_PATH = 4;

  private BpffsOwner() {}

  /** Mounts it where the first argument says. */
  public static void main(String[] args) throws IOException {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Libc libc = new Libc();
    try (NativeMemory type = NativeMemory.ofString("bpf");
        NativeMemory nothing = NativeMemory.ofString("");
        NativeMemory target = NativeMemory.ofString(args[0])) {
      long context = DelegatedBpffs.require(libc.invoke(Syscall.FSOPEN, type.address(), 0));
      System.out.println(context);
      if (orders.readLine() != null) {
        long mount = DelegatedBpffs.require(libc.invoke(Syscall.FSMOUNT, context, 0, 0));
        DelegatedBpffs.require(
            libc.invoke(
                Syscall.MOVE_MOUNT,
                mount,
                nothing.address(),
                AT_FDCWD,
                target.address(),
                MOVE_MOUNT_F_EMPTY_PATH));
        System.out.println("mounted");
      }
    }
    while (orders.readLine() != null) {
      // Nobody says more.
    }
  }
}
