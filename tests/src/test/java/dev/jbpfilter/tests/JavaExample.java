package dev.jbpfilter.tests;

import dev.jbpfilter.loader.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A class with a main method that a page shows, as a source file. */
final class JavaExample {
  private static final String CLASS = "public final class ";

  private final Path file;

  private JavaExample(Path file) {
    this.file = file;
  }

  /** Writes the class of a block into a file of its name. */
  static JavaExample write(Path directory, String source) throws IOException {
    int name = source.indexOf(CLASS) + CLASS.length();
    Path file = directory.resolve(source.substring(name, source.indexOf(' ', name)) + ".java");
    return new JavaExample(Files.writeString(file, source));
  }

  /** Compiles and runs it with our modules; returns what it printed. */
  String run(String... arguments) {
    return runUnder(List.of(), arguments);
  }

  /** The same, by a command that runs the command behind it. */
  String runUnder(List<String> prefix, String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--class-path");
    command.add(System.getProperty("java.class.path"));
    command.add(file.toString());
    command.addAll(List.of(arguments));
    return Shell.run(command.toArray(String[]::new));
  }
}
