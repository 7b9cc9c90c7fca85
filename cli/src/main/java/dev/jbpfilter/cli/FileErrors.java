package dev.jbpfilter.cli;

import dev.jbpfilter.loader.kernel.Errno;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** The error numbers behind Java's file exceptions. */
final class FileErrors {
  private static final int LAST_ERRNO = 133;

  private FileErrors() {}

  /** The error number that {@code e} stands for; EIO if it does not tell. */
  static int errno(IOException e) {
    if (e instanceof NoSuchFileException) {
      return Errno.ENOENT;
    }
    if (e instanceof AccessDeniedException) {
      return Errno.EACCES;
    }
    // Of the others Java keeps the text only.
    String text = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    for (int errno = 1; errno <= LAST_ERRNO; errno++) {
      if (Errno.text(errno).equals(text)) {
        return errno;
      }
    }
    return Errno.EIO;
  }
}
