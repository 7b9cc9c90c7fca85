package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are replaced as a whole or not at all. */
class SafeFileTest {
  @TempDir private Path directory;

  private Path file(String name) {
    return directory.resolve(name);
  }

  private static void write(Path file, String content) {
    SafeFile.write(file.toString(), out -> out.append(content));
  }

  private static CommandException failure(Path file) {
    return catchThrowableOfType(CommandException.class, () -> write(file, "new"));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aNewFileIsForItsOwner() throws IOException {
    write(file("a"), "é\n");
    assertThat(file("a")).hasContent("é\n");
    assertThat(mode(file("a"))).isEqualTo("rw-------");
    assertThat(names()).containsExactly("a");
  }

  @Test
  void anOldFileKeepsItsModeAndItsReaders() throws IOException {
    Files.writeString(file("a"), "old and long");
    Files.setPosixFilePermissions(file("a"), PosixFilePermissions.fromString("rw-r-----"));
    Files.createLink(file("before"), file("a"));

    write(file("a"), "new");

    assertThat(file("a")).hasContent("new");
    assertThat(mode(file("a"))).isEqualTo("rw-r-----");
    // Who has opened the old file still reads the old content.
    assertThat(file("before")).hasContent("old and long");
  }

  @Test
  void linksStay() throws IOException {
    Files.createDirectory(file("etc"));
    Files.createSymbolicLink(file("first"), Path.of("second"));
    Files.createSymbolicLink(file("second"), Path.of("etc", "rules"));
    write(file("first"), "one");
    assertThat(file("etc").resolve("rules")).hasContent("one");
    write(file("first"), "two");
    assertThat(file("etc").resolve("rules")).hasContent("two");
    assertThat(file("first")).isSymbolicLink();
    assertThat(file("second")).isSymbolicLink();
    assertThat(names()).containsExactly("etc", "first", "second");
  }

  @Test
  void refusesWhatIsNoFile() throws IOException {
    Files.createSymbolicLink(file("loop"), Path.of("loop"));
    Files.createSymbolicLink(file("directory"), Path.of("."));
    Files.writeString(file("file"), "");
    assertThat(failure(directory).lines())
        .containsExactly("failed to write " + directory + ": Is a directory");
    assertThat(failure(file("directory")).errno()).isEqualTo(21);
    assertThat(failure(file("loop")).errno()).isEqualTo(40);
    assertThat(failure(file("no").resolve("file")).errno()).isEqualTo(2);
    assertThat(failure(file("file").resolve("file")).errno()).isEqualTo(20);
    assertThat(failure(Path.of("")).errno()).isEqualTo(2);
    assertThat(names()).containsExactly("directory", "file", "loop");
  }

  @Test
  void aFailureLeavesTheOldFileAlone() throws IOException {
    Files.writeString(file("a"), "old");
    CommandException failure =
        catchThrowableOfType(
            CommandException.class,
            () ->
                SafeFile.write(
                    file("a").toString(),
                    out -> {
                      out.append("half");
                      throw new UncheckedIOException(new IOException("No space left on device"));
                    }));
    assertThat(failure.errno()).isEqualTo(28);
    assertThat(file("a")).hasContent("old");
    assertThat(names()).containsExactly("a");
  }

  @Test
  void devicesAreWrittenTo() {
    write(Path.of("/dev/null"), "lost");
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    assertThat(failure(Path.of("/dev/full")).errno()).isEqualTo(28);
  }
}
