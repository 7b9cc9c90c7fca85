package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.loader.kernel.internal.Libc;
import dev.jbpfilter.loader.kernel.internal.NativeMemory;
import dev.jbpfilter.loader.kernel.internal.Syscall;
import java.util.Optional;

/** The terminal behind a standard stream, if there is one ({@code ioctl_tty(2)}). */
public final class Terminal {
  /** Standard input. */
  public static final int INPUT = 0;

  /** Standard output. */
  public static final int OUTPUT = 1;

  private static final int TCGETS = 0x5401;
  private static final int TCSETS = 0x5402;
  private static final int TIOCGWINSZ = 0x5413;

  private static final int WINDOW_SIZE = 8;

  /** {@code struct termios} as the system call has it: four flag words, the line, 19 characters. */
  private static final int SETTINGS_SIZE = 36;

  private static final int LOCAL_FLAGS = 12;
  private static final int CHARACTERS = 17;
  private static final int ICANON = 0x2;
  private static final int ECHO = 0x8;
  private static final int VQUIT = 1;
  private static final int VTIME = 5;
  private static final int VMIN = 6;
  private static final int VSUSP = 10;
  private static final byte DISABLED = 0;

  private Terminal() {}

  /**
   * How much a terminal shows.
   *
   * @param rows 0 if it does not know
   * @param columns 0 if it does not know
   */
  public record Size(int rows, int columns) {}

  /**
   * The size of the terminal; empty if the stream is none.
   *
   * @param stream {@link #INPUT} or {@link #OUTPUT}
   */
  public static Optional<Size> size(int stream) {
    try (NativeMemory size = new NativeMemory(WINDOW_SIZE)) {
      return control(stream, TIOCGWINSZ, size) < 0
          ? Optional.empty()
          : Optional.of(new Size(size.getShort(0), size.getShort(2)));
    }
  }

  /**
   * What gives the terminal at standard input the settings that it has now; harmless if it is run
   * twice. Empty if standard input is none.
   */
  public static Optional<Runnable> restorer() {
    try (NativeMemory settings = new NativeMemory(SETTINGS_SIZE)) {
      if (control(INPUT, TCGETS, settings) < 0) {
        return Optional.empty();
      }
      byte[] now = settings.get(0, SETTINGS_SIZE);
      return Optional.of(() -> restore(now));
    }
  }

  /**
   * Lets keys be read one by one as they are pressed, unseen, if standard input is a terminal. The
   * keys that would stop the process or make it dump its threads are keys like others; the
   * interrupt key still interrupts.
   */
  public static void readKeys() {
    try (NativeMemory settings = new NativeMemory(SETTINGS_SIZE)) {
      if (control(INPUT, TCGETS, settings) < 0) {
        return;
      }
      settings.putInt(LOCAL_FLAGS, settings.getInt(LOCAL_FLAGS) & ~(ICANON | ECHO));
      settings.put(CHARACTERS + VMIN, new byte[] {1});
      settings.put(CHARACTERS + VTIME, new byte[] {0});
      settings.put(CHARACTERS + VQUIT, new byte[] {DISABLED});
      settings.put(CHARACTERS + VSUSP, new byte[] {DISABLED});
      Linux.require(control(INPUT, TCSETS, settings), "TCSETS", "terminal");
    }
  }

  private static void restore(byte[] before) {
    try (NativeMemory settings = NativeMemory.of(before)) {
      // It fails only if the terminal is gone, which then needs nothing.
      control(INPUT, TCSETS, settings);
    }
  }

  private static long control(int stream, int request, NativeMemory argument) {
    return new Linux(new Libc()).attempt(Syscall.IOCTL, stream, request, argument.address());
  }
}
