package dev.jbpfilter.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Writes what a command makes: to the file of {@code --output}, else to standard output. */
final class Output {
  private Output() {}

  /**
   * Writes text.
   *
   * @throws CommandException if the file can't be written
   */
  static void write(String text, Arguments arguments, Console console) {
    write(text.getBytes(StandardCharsets.UTF_8), arguments, console);
  }

  /**
   * Writes bytes.
   *
   * @throws CommandException if the file can't be written
   */
  static void write(byte[] bytes, Arguments arguments, Console console) {
    Optional<String> file = arguments.value(Option.OUTPUT);
    if (file.isEmpty()) {
      console.out().write(bytes, 0, bytes.length);
      return;
    }
    try {
      Files.write(Path.of(file.get()), bytes);
    } catch (IOException e) {
      throw CommandException.of(FileErrors.errno(e), "failed to write " + file.get());
    }
  }
}
