package dev.jbpfilter.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A command of one word that reads a file and writes what it makes of it. */
abstract class FileCommand extends Command {
  private static final String STANDARD_INPUT = "-";

  /**
   * @param options all that it knows
   */
  FileCommand(String name, String purpose, List<Option> options) {
    super(name, purpose, List.of(), options);
  }

  @Override
  final Operand operand() {
    return new Operand(Value.FILE, "what to read; - is standard input");
  }

  @Override
  final boolean usesSettings(Arguments arguments) {
    return false;
  }

  /** The name of the file in messages. */
  static String name(Arguments arguments) {
    String file = arguments.operand().orElseThrow();
    return file.equals(STANDARD_INPUT) ? "standard input" : file;
  }

  /**
   * What the file contains.
   *
   * @throws CommandException if it can't be read
   */
  static byte[] read(Arguments arguments, Console console) {
    String file = arguments.operand().orElseThrow();
    try {
      return file.equals(STANDARD_INPUT)
          ? console.in().readAllBytes()
          : Files.readAllBytes(Path.of(file));
    } catch (IOException e) {
      throw CommandException.of(FileErrors.errno(e), "failed to read " + name(arguments));
    }
  }
}
