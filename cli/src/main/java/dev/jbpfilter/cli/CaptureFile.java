package dev.jbpfilter.cli;

import dev.jbpfilter.ruleset.packet.capture.CaptureReader;
import dev.jbpfilter.ruleset.packet.capture.CaptureWriter;
import dev.jbpfilter.ruleset.packet.capture.CapturedPacket;
import dev.jbpfilter.ruleset.packet.capture.LinkType;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** Captures that commands read and write. */
final class CaptureFile implements AutoCloseable {
  private static final String STANDARD_INPUT = "-";

  private final Path file;
  private final Path temporary;
  private @Nullable CaptureWriter writer;
  private boolean committed;

  private CaptureFile(Path file, Path temporary) {
    this.file = file;
    this.temporary = temporary;
  }

  /** The name of a capture in messages. */
  static String name(String file) {
    return file.equals(STANDARD_INPUT) ? "standard input" : file;
  }

  /**
   * Opens a capture.
   *
   * @throws IOException if it can't be read, or is none
   */
  static CaptureReader read(String file, Console console) throws IOException {
    InputStream in =
        file.equals(STANDARD_INPUT) ? console.in() : Files.newInputStream(Path.of(file));
    try {
      return CaptureReader.of(in);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /**
   * A capture that takes the place of {@code name} when it is committed, and else is gone.
   *
   * @throws CommandException if it can't be written
   */
  static CaptureFile write(String name) {
    Path file = Path.of(name).toAbsolutePath();
    try {
      Path temporary = Files.createTempFile(file.resolveSibling("."), ".bfcli-", ".tmp");
      return new CaptureFile(file, temporary);
    } catch (IOException e) {
      throw failure(name, e);
    }
  }

  private static CommandException failure(String name, IOException e) {
    return CommandException.of(FileErrors.errno(e), "failed to write " + name);
  }

  /**
   * Writes a packet as it was captured.
   *
   * @throws CommandException if that fails
   */
  void write(CapturedPacket packet) {
    try {
      open(packet.linkType()).write(packet, "");
    } catch (IOException e) {
      throw failure(file.toString(), e);
    }
  }

  private CaptureWriter open(LinkType type) throws IOException {
    CaptureWriter opened = writer;
    if (opened == null) {
      opened = CaptureWriter.of(new BufferedOutputStream(Files.newOutputStream(temporary)), type);
      writer = opened;
    }
    return opened;
  }

  /**
   * Completes the capture.
   *
   * @throws CommandException if that fails
   */
  void commit() {
    try {
      open(LinkType.ETHERNET).close();
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      committed = true;
    } catch (IOException e) {
      throw failure(file.toString(), e);
    }
  }

  /** Gives the capture up, unless it was committed. */
  @Override
  public void close() {
    if (committed) {
      return;
    }
    try {
      if (writer != null) {
        writer.close();
      }
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // It was to be given up.
    }
  }
}
