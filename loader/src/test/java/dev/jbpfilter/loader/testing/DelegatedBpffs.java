package dev.jbpfilter.loader.testing;

import dev.jbpfilter.loader.kernel.internal.Libc;
import dev.jbpfilter.loader.kernel.internal.NativeMemory;
import dev.jbpfilter.loader.kernel.internal.Syscall;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A container of a test's own: a user, a mount and a network name space, and a BPF file system that
 * the user name space owns, mounted with what we, who are privileged, delegate to it. Root inside
 * has no capability outside.
 */
public final class DelegatedBpffs implements AutoCloseable {
  /** The options that delegate everything. */
  public static final List<String> ALL =
      List.of(
          "delegate_cmds=any", "delegate_maps=any", "delegate_progs=any", "delegate_attachs=any");

  private static final int FSCONFIG_SET_STRING = 1;
  private static final int FSCONFIG_CMD_CREATE = 6;

  private final Libc libc = new Libc();
  private final Path path;
  private final Process owner;
  private final BufferedReader answers;
  private final BufferedWriter orders;

  /**
   * Creates it.
   *
   * @param options of the mount, such as {@link #ALL}
   */
  public DelegatedBpffs(List<String> options) throws IOException {
    path = Files.createTempDirectory("jbpfilter-delegated");
    List<String> command =
        new ArrayList<>(List.of("unshare", "--user", "--map-root-user", "--mount", "--net", "--"));
    command.addAll(java(BpffsOwner.class, path.toString()));
    owner = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    answers = owner.inputReader(StandardCharsets.UTF_8);
    orders = owner.outputWriter(StandardCharsets.UTF_8);
    try {
      create(Integer.parseInt(answer()), options);
      orders.write("mount\n");
      orders.flush();
      answer();
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** The mount point, inside. */
  public String path() {
    return path.toString();
  }

  /** The number of a process inside. */
  public long owner() {
    return owner.pid();
  }

  /**
   * The begin of a command that runs the rest of it with few capabilities.
   *
   * @param capabilities all that it has, such as {@code net_admin}
   */
  public static List<String> with(String... capabilities) {
    StringBuilder bounds = new StringBuilder("--bounding-set=-all");
    for (String capability : capabilities) {
      bounds.append(",+").append(capability);
    }
    return List.of("setpriv", bounds.toString(), "--inh-caps=-all", "--");
  }

  /** The begin of a command that runs the rest of it inside, as root. */
  public List<String> entering() {
    return List.of(
        "nsenter",
        "--target",
        Long.toString(owner.pid()),
        "--user",
        "--mount",
        "--net",
        "--preserve-credentials",
        "--");
  }

  /** Runs a command inside that must succeed; returns what it printed. */
  public String run(String... command) {
    List<String> all = new ArrayList<>(entering());
    all.addAll(List.of(command));
    return Shell.run(all.toArray(String[]::new));
  }

  /**
   * Runs a part of a test inside, in a process of its own.
   *
   * @param method a static one without result
   * @param arguments what it gets behind the mount point
   */
  public void call(Class<?> test, String method, String... arguments) {
    call(List.of(), test, method, arguments);
  }

  /**
   * The same, by a command that runs the rest of it.
   *
   * @param runner such as one that drops capabilities
   */
  public String call(List<String> runner, Class<?> test, String method, String... arguments) {
    List<String> command = new ArrayList<>(runner);
    command.addAll(java(InContainer.class, test.getName(), method, path()));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  private static List<String> java(Class<?> program, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Only who is privileged outside may delegate and create what the owner has opened. */
  private void create(int context, List<String> options) {
    long process = require(libc.invoke(Syscall.PIDFD_OPEN, owner.pid(), 0));
    long mount = require(libc.invoke(Syscall.PIDFD_GETFD, process, context, 0));
    try {
      for (String option : options) {
        int equals = option.indexOf('=');
        try (NativeMemory key = NativeMemory.ofString(option.substring(0, equals));
            NativeMemory value = NativeMemory.ofString(option.substring(equals + 1))) {
          configure(mount, FSCONFIG_SET_STRING, key.address(), value.address());
        }
      }
      configure(mount, FSCONFIG_CMD_CREATE, 0, 0);
    } finally {
      libc.invoke(Syscall.CLOSE, mount);
      libc.invoke(Syscall.CLOSE, process);
    }
  }

  private void configure(long mount, int command, long key, long value) {
    require(libc.invoke(Syscall.FSCONFIG, mount, command, key, value, 0));
  }

  private String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the owner of the BPF file system has ended");
    }
    return line;
  }

  static long require(long result) {
    if (result < 0) {
      throw new IllegalStateException("no BPF file system for a container: errno " + -result);
    }
    return result;
  }

  /** Ends the container, once nothing runs inside any more. */
  @Override
  public void close() throws IOException {
    orders.close();
    owner.onExit().join();
    Files.delete(path);
  }
}
