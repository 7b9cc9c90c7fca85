package dev.jbpfilter.loader.kernel;

import java.util.ArrayDeque;
import java.util.Deque;

/** What an object has opened. Closing it closes all of it in reverse order, whatever fails. */
final class Resources implements AutoCloseable {
  private final Deque<Runnable> closes = new ArrayDeque<>();

  /**
   * Takes over a resource.
   *
   * @param close closes it
   */
  <T> T add(T resource, Runnable close) {
    closes.push(close);
    return resource;
  }

  /** Closes all after a failure, which carries those of closing. */
  void closeAfter(RuntimeException failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    Runnable next = closes.poll();
    if (next != null) {
      try {
        next.run();
      } finally {
        close();
      }
    }
  }
}
