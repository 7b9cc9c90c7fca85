package dev.jbpfilter.tests;

import dev.jbpfilter.loader.testing.PrivateBpffs;
import dev.jbpfilter.tests.Launcher.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A wire between two hosts and a bpffs of a test's own, and the command line on the near host. */
final class Sandbox implements AutoCloseable {
  private final PrivateBpffs bpffs;
  private final VethPair wire;

  Sandbox() throws IOException {
    bpffs = new PrivateBpffs();
    try {
      wire = new VethPair();
    } catch (RuntimeException e) {
      bpffs.close();
      throw e;
    }
  }

  VethPair wire() {
    return wire;
  }

  /** The mount point. */
  Path bpffs() {
    return Path.of(bpffs.path());
  }

  /** On the near host; knows nothing of the bpffs. */
  Launcher bfcli() {
    return Launcher.bfcli().under(wire.near());
  }

  /** Runs a command on the near host and this bpffs. */
  Run run(String... words) {
    return run(bfcli(), words);
  }

  /** The same, from a launcher with other settings. */
  Run run(Launcher launcher, String... words) {
    List<String> all =
        Stream.concat(Stream.of("--bpffs-path", bpffs.path()), Stream.of(words)).toList();
    return launcher.run(all.toArray(String[]::new));
  }

  /** A listing, which must come without messages. */
  String listing(String... words) {
    Run run = run(words).ended(0);
    if (!run.err().isEmpty()) {
      throw new AssertionError(run);
    }
    return run.out();
  }

  /** Where a chain's objects are pinned. */
  Path pin(String chain, String object) {
    return bpffs().resolve("bpfilter").resolve(chain).resolve(object);
  }

  /** All directories and pins below {@code bpfilter}, sorted. */
  List<String> pins() throws IOException {
    Path root = bpffs().resolve("bpfilter");
    if (Files.notExists(root)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(path -> !path.equals(root))
          .map(path -> root.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      wire.close();
    } finally {
      bpffs.close();
    }
  }
}
