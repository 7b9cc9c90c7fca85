package dev.jbpfilter.tests;

import dev.jbpfilter.loader.testing.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the Maven profile {@code dist} has built. Its checks are no part of a plain test run; {@code
 * mvn -Pdist package -Dtest='*Check' -Dsurefire.failIfNoSpecifiedTests=false} builds it and runs
 * them.
 */
final class Distribution {
  private static final Path OUT = Checkout.ROOT.resolve("cli/target/dist");

  private Distribution() {}

  static String version() {
    try {
      return Checkout.version();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one file of the distribution whose name ends so. */
  static Path file(String end) {
    return only(OUT, end);
  }

  static Path only(Path directory, String end) {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(end)).toList();
      if (found.size() != 1) {
        throw new IllegalStateException("not one " + end + " in " + directory + ": " + found);
      }
      return found.getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Unpacks the archive; returns the directory that was in it. */
  static Path unpack(Path directory) {
    Shell.run("tar", "-xzf", file(".tar.gz").toString(), "-C", directory.toString());
    return directory.resolve("jbpfilter-" + version());
  }

  /** The launcher of an unpacked distribution. */
  static Launcher bfcli(Path home) {
    return Launcher.bfcli().as(home.resolve("bin/bfcli"));
  }

  /** The class archives that were made. */
  static List<Path> classArchives(Path cache) {
    try (Stream<Path> files = Files.list(cache)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
