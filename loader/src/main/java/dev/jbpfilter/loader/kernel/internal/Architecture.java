package dev.jbpfilter.loader.kernel.internal;

/**
 * The machine, as far as the kernel's interface differs: 64 bits and little-endian in all cases.
 */
public enum Architecture {
  X86_64(0x10000, 0x20000),
  AARCH64(0x4000, 0x8000);

  private final int openDirectory;
  private final int openNoFollow;

  Architecture(int openDirectory, int openNoFollow) {
    this.openDirectory = openDirectory;
    this.openNoFollow = openNoFollow;
  }

  /**
   * The machine that we run on.
   *
   * @throws IllegalStateException if it is none of these
   */
  public static Architecture current() {
    String name = System.getProperty("os.arch", "");
    return switch (name) {
      case "amd64" -> X86_64;
      case "aarch64" -> AARCH64;
      default -> throw new IllegalStateException("no system call numbers for " + name);
    };
  }

  /** {@code O_DIRECTORY}. */
  public int openDirectory() {
    return openDirectory;
  }

  /** {@code O_NOFOLLOW}. */
  public int openNoFollow() {
    return openNoFollow;
  }
}
