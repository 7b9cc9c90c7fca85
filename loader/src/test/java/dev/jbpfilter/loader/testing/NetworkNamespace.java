package dev.jbpfilter.loader.testing;

import dev.jbpfilter.loader.kernel.internal.Libc;
import dev.jbpfilter.loader.kernel.internal.NativeMemory;
import dev.jbpfilter.loader.kernel.internal.Syscall;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** A network name space of a test's own, with a pair of virtual devices, v0 and v1. */
public final class NetworkNamespace implements AutoCloseable {
  private static final int AT_FDCWD = -100;
  private static final int O_CLOEXEC = 1 << 19;
  private static final int CLONE_NEWNET = 0x4000_0000;

  private final String name = "jbpf-" + ProcessHandle.current().pid() + "-" + System.nanoTime();

  /** Creates both. */
  public NetworkNamespace() {
    Shell.run("ip", "netns", "add", name);
    Shell.run("ip", "-n", name, "link", "add", "v0", "type", "veth", "peer", "name", "v1");
  }

  /** Its name for {@code ip netns}. */
  public String name() {
    return name;
  }

  /** Runs a part of the test inside, on a thread that ends with it. */
  public <T> T call(Supplier<T> action) {
    FutureTask<T> task =
        new FutureTask<>(() -> {
          enter();
          return action.get();
        });
    Thread thread = Thread.ofPlatform().start(task);
    try {
      T result = task.get();
      thread.join();
      return result;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /** The same without a result. */
  public void run(Runnable action) {
    call(() -> {
      action.run();
      return true;
    });
  }

  @Override
  public void close() {
    Shell.run("ip", "netns", "delete", name);
  }

  private void enter() {
    Libc libc = new Libc();
    try (NativeMemory path = NativeMemory.ofString("/run/netns/" + name)) {
      long namespace = require(libc.invoke(Syscall.OPENAT, AT_FDCWD, path.address(), O_CLOEXEC, 0));
      require(libc.invoke(Syscall.SETNS, namespace, CLONE_NEWNET));
      require(libc.invoke(Syscall.CLOSE, namespace));
    }
  }

  private long require(long result) {
    if (result < 0) {
      throw new IllegalStateException("cannot enter " + name + ": errno " + -result);
    }
    return result;
  }
}
