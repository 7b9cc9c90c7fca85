package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.RequiresBpf;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Many processes that run commands on one BPF file system. Every process has chains of its own,
 * which must always be as it left them, and shares others.
 */
@RequiresBpf
@RequiresLauncher
class ConcurrentCommandsTest {
  private static final int PROCESSES = 8;
  private static final int COMMANDS = 200;
  private static final int LISTINGS = 25;
  private static final int PATIENCE_SECONDS = 300;
  private static final Pattern PORT = Pattern.compile("tcp\\.dport eq (\\d+)\n");

  private Sandbox sandbox;

  @BeforeEach
  void open() throws IOException {
    sandbox = new Sandbox();
  }

  @AfterEach
  void close() throws IOException {
    sandbox.run("ruleset", "flush").said(0);
    assertThat(sandbox.pins()).isEmpty();
    sandbox.close();
  }

  @Test
  void noUpdateIsLostAndNobodyWaitsForever() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 1; i <= PROCESSES; i++) {
      processes.add(
          start(
              Integer.toString(i),
              Integer.toString(sandbox.wire().ifindex()),
              Integer.toString(COMMANDS)));
    }
    List<String> last = new ArrayList<>();
    for (Process process : processes) {
      List<String> lines = lines(process);
      assertThat(lines).noneMatch(line -> line.startsWith(CommandLoop.WRONG)).hasSize(2);
      last.addAll(lines);
    }
    for (String line : last) {
      String[] words = line.substring(CommandLoop.LAST.length()).split(" ", -1);
      if (words[1].equals("0")) {
        sandbox.run("chain", "get", "--name", words[0]).ended(254);
      } else {
        assertThat(sandbox.listing("chain", "get", "--name", words[0]))
            .contains("tcp.dport eq " + words[1] + "\n");
      }
    }
    for (String name : CommandLoop.SHARED) {
      Launcher.Run run = sandbox.run("chain", "get", "--name", name);
      if (run.status() == 0) {
        Matcher port = PORT.matcher(run.out());
        assertThat(port.find()).as(run.out()).isTrue();
        int written = Integer.parseInt(port.group(1));
        assertThat(written / 1000).isBetween(1, PROCESSES);
        assertThat(written % 1000).isBetween(1, COMMANDS);
      } else {
        run.ended(254);
      }
    }
    assertThat(sandbox.pins()).noneMatch(pin -> pin.startsWith("__bf_staging_"));
  }

  @Test
  void manyListAChainAtOnce() throws Exception {
    sandbox.run("chain", "set", "--from-str", "chain c BF_HOOK_XDP DROP").ended(0);
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      processes.add(start(Integer.toString(LISTINGS), "c"));
    }
    List<BufferedReader> outputs = new ArrayList<>();
    for (Process process : processes) {
      BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
      assertThat(output.readLine()).isEqualTo("ready");
      outputs.add(output);
    }
    for (Process process : processes) {
      OutputStream input = process.getOutputStream();
      input.write('\n');
      input.flush();
    }
    for (BufferedReader output : outputs) {
      assertThat(output.lines()).isEmpty();
    }
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }
  }

  private static List<String> lines(Process process) throws Exception {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = output.lines().toList();
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("%s", lines).isZero();
      return lines;
    }
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(sandbox.wire().near()));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-Dbfcli.lockWait=60",
            "-cp",
            System.getProperty("java.class.path"),
            CommandLoop.class.getName(),
            sandbox.bpffs().toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
