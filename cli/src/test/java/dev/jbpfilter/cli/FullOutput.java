package dev.jbpfilter.cli;

import java.io.IOException;
import java.io.OutputStream;

/** An output that nothing can be written to. */
final class FullOutput extends OutputStream {
  @Override
  public void write(int b) throws IOException {
    throw new IOException("No space left on device");
  }
}
