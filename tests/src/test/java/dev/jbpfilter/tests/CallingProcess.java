package dev.jbpfilter.tests;

import dev.jbpfilter.loader.testing.ControlGroup;
import dev.jbpfilter.loader.testing.NetworkNamespace;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A {@link SocketCaller} in a control group and a network name space. */
final class CallingProcess implements AutoCloseable {
  /** What the calls say that a program refuses. */
  static final String REFUSED = "Operation not permitted";

  private final Process process;
  private final BufferedReader results;
  private final BufferedWriter calls;
  private final long number;
  private final String name;

  CallingProcess(ControlGroup group, NetworkNamespace namespace) throws IOException {
    process =
        new ProcessBuilder(
                group.command(
                    List.of(
                        "ip",
                        "netns",
                        "exec",
                        namespace.name(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classes(),
                        SocketCaller.class.getName())))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    results = process.inputReader(StandardCharsets.UTF_8);
    calls = process.outputWriter(StandardCharsets.UTF_8);
    String[] words = line().split(" ", 2);
    number = Long.parseLong(words[0]);
    name = words[1];
  }

  private static String classes() {
    try {
      return Path.of(SocketCaller.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The number of the process. */
  long number() {
    return number;
  }

  /** The name of the thread that calls. */
  String name() {
    return name;
  }

  /** Makes a call; {@code ok} or what was wrong. */
  String call(String words) throws IOException {
    calls.write(words + "\n");
    calls.flush();
    return line();
  }

  private String line() throws IOException {
    String line = results.readLine();
    if (line == null) {
      throw new IOException("the calling process has ended");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    calls.close();
    process.onExit().join();
  }
}
