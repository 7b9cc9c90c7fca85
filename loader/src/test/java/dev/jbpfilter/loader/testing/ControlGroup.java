package dev.jbpfilter.loader.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A control group (version 2) of a test's own, without processes. It is seen through a mount of its
 * own: {@code ip netns exec} hides those in {@code /sys}.
 */
public final class ControlGroup implements AutoCloseable {
  private final Path mount;
  private final Path path;

  /** Creates it beneath the root of the hierarchy. */
  public ControlGroup() throws IOException {
    this("");
  }

  /** Creates one with a name that ends so. */
  public ControlGroup(String suffix) throws IOException {
    mount = Files.createTempDirectory("jbpfilter-cgroup");
    Shell.run("mount", "-t", "cgroup2", "cgroup2", mount.toString());
    String name = "jbpf-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + suffix;
    path = mount.resolve(name);
    create();
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

  /** Removes the group; {@link #create} makes another of the same path. */
  public void remove() throws IOException {
    Files.delete(path);
  }

  /** Creates the group again. */
  public final void create() throws IOException {
    Files.createDirectory(path);
  }

  /** Removes the group, if the test has not done so. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
    Shell.run("umount", "--lazy", mount.toString());
    Files.delete(mount);
  }
}
