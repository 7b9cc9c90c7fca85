package dev.jbpfilter.tests;

import dev.jbpfilter.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * A process that runs command after command while others do. It prints what is not as it should be,
 * then the end of its own chains.
 */
public final class CommandLoop {
  /** Begins the lines that tell what is wrong. */
  static final String WRONG = "wrong ";

  /** Begins the lines with a chain of this process and the port in its last version. */
  static final String LAST = "last ";

  /** Names that all processes use. */
  static final List<String> SHARED = List.of("shared0", "shared1", "shared2");

  private static final int EEXIST = 239;
  private static final int ENOENT = 254;
  private static final Map<String, String> NO_VARIABLES = Map.of();

  private final String bpffs;
  private final int process;
  private final String device;
  private final Random random;
  private int version;
  private int attachedPort;
  private int loadedPort;

  private CommandLoop(String bpffs, int process, String device) {
    this.bpffs = bpffs;
    this.process = process;
    this.device = device;
    this.random = new Random(process);
  }

  private record Run(int status, String out, String err) {}

  /**
   * Takes the BPF file system, the number of this process, the index of a device, and how many
   * commands to run; or, behind the file system, how often to list a chain at once, and its name.
   */
  public static void main(String... arguments) throws InterruptedException {
    if (arguments.length == 3) {
      listAtOnce(arguments[0], Integer.parseInt(arguments[1]), arguments[2]);
      return;
    }
    CommandLoop loop = new CommandLoop(arguments[0], Integer.parseInt(arguments[1]), arguments[2]);
    int rounds = Integer.parseInt(arguments[3]);
    for (int round = 0; round < rounds; round++) {
      loop.step();
    }
    loop.tell();
  }

  private static void listAtOnce(String bpffs, int times, String name) throws InterruptedException {
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                await(start);
                Run run = run(bpffs, "chain", "get", "--name", name);
                if (run.status != 0 || !run.out.startsWith("chain " + name)) {
                  System.out.println(WRONG + run);
                }
              }));
    }
    System.out.println("ready");
    awaitLine();
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void awaitLine() {
    try {
      int first = System.in.read();
      if (first < 0) {
        System.out.println(WRONG + "nobody says when to start");
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void await(CountDownLatch start) {
    try {
      start.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One command, on a chain that is this process's alone, or on one that is everybody's. */
  private void step() {
    version++;
    String shared = SHARED.get(random.nextInt(SHARED.size()));
    switch (random.nextInt(11)) {
      case 0 -> setAttached();
      case 1, 2 -> updateAttached();
      case 3 -> expect(attachedPort, "chain", "get", "--name", attached());
      case 4, 5 -> loadOrFlush();
      case 6 -> require(Set.of(0), "chain", "set", "--from-str", text(shared, ""));
      case 7 -> require(Set.of(0, EEXIST), "chain", "load", "--from-str", text(shared, ""));
      case 8 -> require(Set.of(0, ENOENT), "chain", "update", "--from-str", text(shared, ""));
      case 9 -> require(Set.of(0, ENOENT), "chain", "flush", "--name", shared);
      default -> {
        require(Set.of(0, ENOENT), "chain", "get", "--name", shared);
        Run all = require(Set.of(0), "ruleset", "get");
        if (attachedPort != 0 && !all.out.contains("chain " + attached() + " ")) {
          wrong(all, "ruleset get without " + attached());
        }
      }
    }
  }

  private void setAttached() {
    String chain = text(attached(), "{ifindex=" + device + "}");
    require(Set.of(0), "chain", "set", "--from-str", chain);
    attachedPort = port();
  }

  private void updateAttached() {
    if (attachedPort == 0) {
      require(Set.of(ENOENT), "chain", "update", "--from-str", text(attached(), ""));
    } else {
      require(Set.of(0), "chain", "update", "--from-str", text(attached(), ""));
      attachedPort = port();
    }
  }

  private void loadOrFlush() {
    if (loadedPort == 0) {
      require(Set.of(0), "chain", "load", "--from-str", text(loaded(), ""));
      loadedPort = port();
      require(Set.of(EEXIST), "chain", "load", "--from-str", text(loaded(), ""));
    } else {
      expect(loadedPort, "chain", "get", "--name", loaded());
      require(Set.of(0), "chain", "flush", "--name", loaded());
      loadedPort = 0;
    }
  }

  private void tell() {
    System.out.println(LAST + attached() + " " + attachedPort);
    System.out.println(LAST + loaded() + " " + loadedPort);
  }

  private String attached() {
    return "attached" + process;
  }

  private String loaded() {
    return "loaded" + process;
  }

  /** What tells the versions of all processes apart. */
  private int port() {
    return process * 1000 + version;
  }

  private String text(String name, String options) {
    return "chain "
        + name
        + " BF_HOOK_TC_INGRESS"
        + options
        + " ACCEPT rule tcp.dport eq "
        + port()
        + " counter DROP";
  }

  /** Lists a chain of this process, which must be as this process left it. */
  private void expect(int port, String... words) {
    Run run = require(Set.of(port == 0 ? ENOENT : 0), words);
    if (port != 0 && !run.out.contains("tcp.dport eq " + port + "\n")) {
      wrong(run, "expected port " + port);
    }
  }

  private Run require(Set<Integer> statuses, String... words) {
    Run run = run(bpffs, words);
    if (!statuses.contains(run.status)) {
      wrong(run, String.join(" ", words));
    }
    return run;
  }

  private static void wrong(Run run, String why) {
    System.out.println(WRONG + (why + ": " + run).replace('\n', ' '));
  }

  private static Run run(String bpffs, String... words) {
    List<String> all = new ArrayList<>(List.of("--bpffs-path", bpffs));
    all.addAll(List.of(words));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Main.run(
            all.toArray(String[]::new),
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            NO_VARIABLES);
    return new Run(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
