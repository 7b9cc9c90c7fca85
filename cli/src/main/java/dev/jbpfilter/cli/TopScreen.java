package dev.jbpfilter.cli;

import dev.jbpfilter.loader.kernel.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The terminal, of which {@code top} takes all for as long as it runs. However the process ends,
 * unless it is killed, the terminal shows again what it did before.
 */
final class TopScreen implements AutoCloseable {
  /** The other screen, without cursor (xterm's private modes 1049 and 25). */
  private static final String BEGIN = "\u001b[?1049h\u001b[?25l";

  private static final String END = "\u001b[?25h\u001b[?1049l";

  /** ECMA-48: CUP, EL and ED. */
  private static final String HOME = "\u001b[H";

  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private static final int USUAL_ROWS = 24;
  private static final int USUAL_COLUMNS = 80;

  /** A terminal can be stopped; the end of the process does not wait for it. */
  private static final int PATIENCE_SECONDS = 2;

  private final Console console;
  private final BlockingQueue<Integer> keys = new LinkedBlockingQueue<>();

  /** Held while the terminal is written to. */
  private final ReentrantLock lock = new ReentrantLock(true);

  private final Thread end = new Thread(this::restore, "end of screen");
  private final Runnable restoreKeys;
  private boolean open = true;

  private TopScreen(Console console) {
    this.console = console;
    restoreKeys = Terminal.restorer().orElse(() -> {});
  }

  /** Takes the terminal that standard output is, if it is one that can be drawn on. */
  static Optional<TopScreen> open(Console console) {
    String type = System.getenv().getOrDefault("TERM", "dumb");
    if (!(console.out() instanceof StandardOutput)
        || type.equals("dumb")
        || Terminal.size(Terminal.OUTPUT).isEmpty()) {
      return Optional.empty();
    }
    TopScreen screen = new TopScreen(console);
    // First of all: a signal can come at any time from here on.
    Runtime.getRuntime().addShutdownHook(screen.end);
    screen.begin();
    Thread reader = new Thread(screen::readKeys, "keys");
    reader.setDaemon(true);
    reader.start();
    return Optional.of(screen);
  }

  private void begin() {
    lock.lock();
    try {
      if (open) {
        Terminal.readKeys();
        console.out().print(BEGIN);
      }
    } finally {
      lock.unlock();
    }
  }

  private void readKeys() {
    InputStream in = console.in();
    try {
      for (int key = in.read(); key >= 0; key = in.read()) {
        keys.add(key);
      }
    } catch (IOException e) {
      // Without keys, signals still end it.
    }
  }

  /** How many lines there are. */
  int rows() {
    return known(Terminal.size(Terminal.OUTPUT).map(Terminal.Size::rows), "LINES", USUAL_ROWS);
  }

  /** How many columns there are. */
  private int columns() {
    return known(
        Terminal.size(Terminal.OUTPUT).map(Terminal.Size::columns), "COLUMNS", USUAL_COLUMNS);
  }

  /** What the terminal knows, else a variable, else what is usual. */
  private static int known(Optional<Integer> told, String variable, int usual) {
    int size = told.orElse(0);
    if (size > 0) {
      return size;
    }
    try {
      return Integer.parseInt(System.getenv().getOrDefault(variable, ""));
    } catch (NumberFormatException e) {
      return usual;
    }
  }

  /** Shows lines, as far as they fit. Returns false if nobody sees them. */
  boolean draw(List<String> lines) {
    int columns = columns();
    int rows = Math.min(rows(), lines.size());
    StringBuilder text = new StringBuilder(HOME);
    for (int i = 0; i < rows; i++) {
      text.append(cut(lines.get(i), columns)).append(CLEAR_LINE).append(i < rows - 1 ? "\n" : "");
    }
    lock.lock();
    try {
      if (open) {
        console.out().print(text.append(CLEAR_BELOW));
      }
      return console.flush();
    } finally {
      lock.unlock();
    }
  }

  /** A line of at most so many characters. */
  static String cut(String line, int columns) {
    if (line.codePointCount(0, line.length()) <= columns) {
      return line;
    }
    return columns < 1 ? "" : line.substring(0, line.offsetByCodePoints(0, columns - 1)) + "…";
  }

  /** Waits for a key, or for some time; null if there was no key. */
  @Nullable Integer key(long nanos) throws InterruptedException {
    return keys.poll(nanos, TimeUnit.NANOSECONDS);
  }

  /** Gives the terminal back. */
  @Override
  public void close() {
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(end);
    } catch (IllegalStateException e) {
      // The process ends already.
    }
  }

  private void restore() {
    boolean locked = false;
    try {
      locked = lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      if (open) {
        open = false;
        restoreKeys.run();
        if (locked) {
          console.out().print(END);
          console.flush();
        }
      }
    } finally {
      if (locked) {
        lock.unlock();
      }
    }
  }
}
