package dev.jbpfilter.loader.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A control group (version 2) of a test's own, without processes. */
public final class ControlGroup implements AutoCloseable {
  private static final int MOUNT_POINT = 4;

  private final Path path;

  /** Creates it beneath the root of the hierarchy. */
  public ControlGroup() throws IOException {
    this("");
  }

  /** Creates one with a name that ends so. */
  public ControlGroup(String suffix) throws IOException {
    String name = "jbpf-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + suffix;
    path = root().resolve(name);
    create();
  }

  /** Creates the group again, after {@link #close}. */
  public final void create() throws IOException {
    Files.createDirectory(path);
  }

  /** Its directory. */
  public String path() {
    return path.toString();
  }

  /** A command that runs another in the group. */
  public List<String> command(List<String> command) {
    List<String> all =
        new ArrayList<>(
            List.of("sh", "-c", "echo $$ > \"$0\"/cgroup.procs && exec \"$@\"", path()));
    all.addAll(command);
    return all;
  }

  /** Removes the group, if the test has not done so. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }

  private static Path root() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
      int type = line.indexOf(" - ");
      if (line.startsWith("cgroup2 ", type + 3)) {
        return Path.of(line.split(" ", -1)[MOUNT_POINT]);
      }
    }
    throw new IllegalStateException("no cgroup v2 is mounted");
  }
}
