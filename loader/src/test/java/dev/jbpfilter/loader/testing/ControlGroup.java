package dev.jbpfilter.loader.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A control group (version 2) of a test's own, without processes. */
public final class ControlGroup implements AutoCloseable {
  private static final int MOUNT_POINT = 4;

  private final Path path;

  /** Creates it beneath the root of the hierarchy. */
  public ControlGroup() throws IOException {
    path = root().resolve("jbpf-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
    Files.createDirectory(path);
  }

  /** Its directory. */
  public String path() {
    return path.toString();
  }

  /** A command that runs another in the group. */
  public List<String> command(String shellCommand) {
    return List.of("sh", "-c", "echo $$ > " + path + "/cgroup.procs && exec " + shellCommand);
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
