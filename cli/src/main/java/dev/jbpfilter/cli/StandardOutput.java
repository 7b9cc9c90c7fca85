package dev.jbpfilter.cli;

import dev.jbpfilter.loader.kernel.Errno;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A buffered print stream that remembers why it failed, which Java's do not. */
final class StandardOutput extends PrintStream {
  private static final int BUFFER = 1 << 16;

  private final Target target;

  StandardOutput(OutputStream out) {
    this(new Target(out));
  }

  private StandardOutput(Target target) {
    super(new BufferedOutputStream(target, BUFFER), false, StandardCharsets.UTF_8);
    this.target = target;
  }

  /** The error number of the first failure; EIO if it is not known. */
  int errno() {
    IOException failure = target.failure;
    return failure == null ? Errno.EIO : FileErrors.errno(failure);
  }

  private static final class Target extends FilterOutputStream {
    private @Nullable IOException failure;

    Target(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (failure != null) {
        throw failure;
      }
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }
}
