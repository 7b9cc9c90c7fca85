package dev.jbpfilter.cli;

import dev.jbpfilter.loader.kernel.Errno;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Files that are complete at every instant, whenever the machine stops: the old content or the new
 * one. New content goes to a file beside, to the disk, and then takes the name over.
 */
final class SafeFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private static final Set<PosixFilePermission> READ_BY_ALL =
      PosixFilePermissions.fromString("rw-r--r--");

  /** As many as the kernel follows (MAXSYMLINKS). */
  private static final int MAX_LINKS = 40;

  private SafeFile() {}

  /** Writes what a file shall contain; a failure may be an UncheckedIOException as well. */
  interface Content {
    void writeTo(Appendable out) throws IOException;
  }

  /**
   * Replaces what {@code name} contains. A symbolic link stays, and the file that it leads to is
   * replaced. A file keeps its mode; a new one is for its owner alone. What is no file, such as a
   * pipe, is written to directly.
   *
   * @throws CommandException if that fails; the file is as before
   */
  static void write(String name, Content content) {
    write(name, content, OWNER_ONLY);
  }

  /** The same, but all can read a new file. */
  static void writeForAll(String name, Content content) {
    write(name, content, READ_BY_ALL);
  }

  private static void write(String name, Content content, Set<PosixFilePermission> newMode) {
    try {
      Path path = Path.of(name);
      if (name.isEmpty()) {
        // To Java the working directory.
        throw new NoSuchFileException(name);
      }
      if (Files.isDirectory(path)) {
        throw new FileSystemException(name, null, Errno.text(Errno.EISDIR));
      }
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        try (Writer out = Files.newBufferedWriter(path, StandardOpenOption.WRITE)) {
          content.writeTo(out);
        }
      } else {
        replace(linked(path), content, newMode);
      }
    } catch (UncheckedIOException e) {
      throw failure(name, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw failure(name, e);
    }
  }

  private static CommandException failure(String name, IOException e) {
    return CommandException.of(FileErrors.errno(e), "failed to write " + name);
  }

  /** Where the symbolic links at {@code path}, if any, lead to. */
  private static Path linked(Path path) throws IOException {
    Path end = path.toAbsolutePath();
    for (int i = 0; Files.isSymbolicLink(end); i++) {
      if (i == MAX_LINKS) {
        throw new FileSystemException(path.toString(), null, Errno.text(Errno.ELOOP));
      }
      end = end.resolveSibling(Files.readSymbolicLink(end));
    }
    return end;
  }

  private static void replace(Path file, Content content, Set<PosixFilePermission> newMode)
      throws IOException {
    Set<PosixFilePermission> mode =
        Files.exists(file) ? Files.getPosixFilePermissions(file) : newMode;
    // Only the root has no parent, and that is a directory.
    Path directory = file.resolveSibling(".");
    Path temporary =
        Files.createTempFile(
            directory, ".bfcli-", ".tmp", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
          Writer out = Channels.newWriter(channel, StandardCharsets.UTF_8)) {
        content.writeTo(out);
        out.flush();
        Files.setPosixFilePermissions(temporary, mode);
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
