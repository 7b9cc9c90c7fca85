package dev.jbpfilter.loader.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A BPF file system of a test's own. */
public final class PrivateBpffs implements AutoCloseable {
  private final Path path;

  /** Mounts it. */
  public PrivateBpffs() throws IOException {
    path = Files.createTempDirectory("jbpfilter-bpffs");
    Shell.run("mount", "-t", "bpf", "bpf", path.toString());
  }

  /** The mount point. */
  public String path() {
    return path.toString();
  }

  @Override
  public void close() throws IOException {
    Shell.run("umount", "--lazy", path.toString());
    Files.delete(path);
  }
}
