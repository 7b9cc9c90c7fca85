package dev.jbpfilter.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The repository that the tests run in, and the command line that Maven has built in it.
 *
 * <p>The launcher builds when a source is newer than its stamp. Tests must not start a build inside
 * the build, so they renew the stamp, but only over a program that is as new as its sources: the
 * phase {@code package} of module cli makes one, {@code mvn test} alone does not.
 */
public final class Checkout {
  public static final Path ROOT = Path.of(System.getProperty("jbpfilter.root"));
  public static final Path LAUNCHER = ROOT.resolve("bfcli");

  private static final Path PROGRAM = ROOT.resolve("cli/target/app");
  private static final Path SCRIPTS = ROOT.resolve("cli/src/dist");
  private static final Path LIBRARIES = ROOT.resolve("cli/target/lib");
  private static final List<String> LIBRARY_MODULES =
      List.of("bytecode", "ruleset", "cgen", "loader");
  private static final Optional<String> REASON_TO_SKIP = renewStamp();

  private Checkout() {}

  /** Why {@link #LAUNCHER} must not be run; empty if it may. */
  public static Optional<String> reasonToSkip() {
    return REASON_TO_SKIP;
  }

  /** The rulesets of doc/examples, by name. */
  static List<Path> examples() {
    try (Stream<Path> files = Files.list(ROOT.resolve("doc/examples"))) {
      return files.filter(file -> file.toString().endsWith(".rules")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Copies launcher and program, without sources, for users that may not read the repository.
   *
   * @return the copied launcher
   */
  static Path copyLauncher(Path directory) throws IOException {
    Path launcher = Files.copy(LAUNCHER, directory.resolve("bfcli"));
    for (Path tree : List.of(PROGRAM, SCRIPTS)) {
      try (Stream<Path> files = Files.walk(tree)) {
        for (Path file : files.toList()) {
          Path copy = directory.resolve(ROOT.relativize(file).toString());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
    // What the launcher compares with its stamp.
    Files.createDirectories(directory.resolve("cli/src/main"));
    Files.createFile(directory.resolve("pom.xml"));
    Files.createFile(directory.resolve("cli/pom.xml"));
    Files.createFile(directory.resolve("cli/target/bfcli.stamp"));
    return launcher;
  }

  private static Optional<String> renewStamp() {
    try {
      Optional<String> outdated = outdatedModule();
      if (outdated.isPresent()) {
        return Optional.of(
            "./bfcli is not built from the present sources of module "
                + outdated.get()
                + "; mvn verify, or mvn package before mvn test, builds it");
      }
      Path stamp = ROOT.resolve("cli/target/bfcli.stamp");
      if (Files.notExists(stamp)) {
        Files.createFile(stamp);
      }
      Files.setLastModifiedTime(stamp, FileTime.from(Instant.now()));
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> outdatedModule() throws IOException {
    if (!isCurrent("cli", newest(jar(ROOT.resolve("cli/target"), "cli")))) {
      return Optional.of("cli");
    }
    for (String module : LIBRARY_MODULES) {
      if (!isCurrent(module, newest(jar(LIBRARIES, module)))) {
        return Optional.of(module);
      }
    }
    return Optional.empty();
  }

  private static boolean isCurrent(String module, FileTime built) throws IOException {
    return newest(ROOT.resolve(module).resolve("src/main")).compareTo(built) <= 0;
  }

  private static Path jar(Path directory, String module) throws IOException {
    return directory.resolve("jbpfilter-" + module + "-" + version() + ".jar");
  }

  /** Of all modules. */
  static String version() throws IOException {
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    int start = pom.indexOf("<version>") + "<version>".length();
    return pom.substring(start, pom.indexOf("</version>", start));
  }

  /** When the youngest file below {@code path} was written; the epoch if there is none. */
  private static FileTime newest(Path path) throws IOException {
    FileTime newest = FileTime.fromMillis(0);
    if (Files.notExists(path)) {
      return newest;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        FileTime time = Files.getLastModifiedTime(file);
        newest = time.compareTo(newest) > 0 ? time : newest;
      }
    }
    return newest;
  }
}
