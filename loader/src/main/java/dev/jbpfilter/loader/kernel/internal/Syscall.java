package dev.jbpfilter.loader.kernel.internal;

import java.util.Locale;

/** The system calls in use, with their numbers on x86-64 and on aarch64. */
public enum Syscall {
  READ(0, 63),
  WRITE(1, 64),
  CLOSE(3, 57),
  MMAP(9, 222),
  MUNMAP(11, 215),
  RT_SIGACTION(13, 134),
  IOCTL(16, 29),
  GETPID(39, 172),
  SOCKET(41, 198),
  FLOCK(73, 32),
  GETDENTS64(217, 61),
  CLOCK_GETTIME(228, 113),
  EPOLL_CTL(233, 21),
  OPENAT(257, 56),
  MKDIRAT(258, 34),
  UNLINKAT(263, 35),
  READLINKAT(267, 78),
  EPOLL_PWAIT(281, 22),
  EPOLL_CREATE1(291, 20),
  SETNS(308, 268),
  RENAMEAT2(316, 276),
  BPF(321, 280),
  STATX(332, 291),
  MOVE_MOUNT(429, 429),
  FSOPEN(430, 430),
  FSCONFIG(431, 431),
  FSMOUNT(432, 432),
  PIDFD_OPEN(434, 434),
  PIDFD_GETFD(438, 438);

  private final int x86;
  private final int aarch64;

  Syscall(int x86, int aarch64) {
    this.x86 = x86;
    this.aarch64 = aarch64;
  }

  /** The number on a machine. */
  public int number(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> x86;
      case AARCH64 -> aarch64;
    };
  }

  /** The name as the manual has it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
