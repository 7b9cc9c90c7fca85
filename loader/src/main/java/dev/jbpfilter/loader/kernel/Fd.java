package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.loader.kernel.internal.NativeMemory;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** A descriptor and its owner. It closes on exec; closing it twice does no harm. */
public final class Fd implements AutoCloseable {
  private static final int CLOSED = -1;

  private static final String INFO_FILES = "/proc/self/fdinfo/";
  private static final String MEMORY = "\nmemlock:";

  private static final int INFO_SIZE = 4;
  private static final int INFO = 8;

  private final Linux linux;
  private final String object;
  private final AtomicInteger number;

  /**
   * @param object what it describes, for messages
   */
  Fd(Linux linux, int number, String object) {
    this.linux = linux;
    this.object = object;
    this.number = new AtomicInteger(number);
  }

  /**
   * The descriptor.
   *
   * @throws IllegalStateException if it is closed
   */
  public int number() {
    int open = number.get();
    if (open == CLOSED) {
      throw new IllegalStateException(object + " is closed");
    }
    return open;
  }

  /** Makes a bpf(2) call about the object; returns the result or the negative errno. */
  int attempt(BpfCommand command, Attributes attributes) {
    return linux.attempt(command, attributes);
  }

  /** Makes a bpf(2) call about the object that must succeed. */
  void call(BpfCommand command, Attributes attributes) {
    require(attempt(command, attributes), command);
  }

  /**
   * Makes a bpf(2) call about the object that must succeed, once even if a signal interrupts it.
   */
  void callOnce(BpfCommand command, Attributes attributes) {
    require(linux.attemptOnce(command, attributes), command);
  }

  /** Throws if the result of a bpf(2) call about the object is a negative errno. */
  void require(int result, BpfCommand command) {
    linux.require(result, command, object);
  }

  /** The kernel's description of the object ({@code BPF_OBJ_GET_INFO_BY_FD}). */
  NativeMemory info(int bytes) {
    NativeMemory info = new NativeMemory(bytes);
    try (Attributes attributes = new Attributes()) {
      attributes.set(0, number()).set(INFO_SIZE, bytes).setLong(INFO, info.address());
      call(BpfCommand.OBJ_GET_INFO_BY_FD, attributes);
      return info;
    } catch (RuntimeException e) {
      info.close();
      throw e;
    }
  }

  /**
   * The bytes that the kernel accounts for a map or a program, by its {@code /proc} entry; empty if
   * there is no {@code /proc}.
   */
  OptionalLong memory() {
    String text;
    try {
      text = linux.readFile(INFO_FILES + number());
    } catch (BpfException e) {
      if (e.errno() == Errno.ENOENT) {
        return OptionalLong.empty();
      }
      throw e;
    }
    int label = text.indexOf(MEMORY);
    if (label < 0) {
      return OptionalLong.empty();
    }
    int from = label + MEMORY.length();
    int end = text.indexOf('\n', from);
    return OptionalLong.of(Long.parseLong(text.substring(from, end).strip()));
  }

  /** Closes the descriptor. */
  @Override
  public void close() {
    int open = number.getAndSet(CLOSED);
    if (open != CLOSED) {
      linux.close(open, object);
    }
  }

  @Override
  public String toString() {
    return object;
  }
}
