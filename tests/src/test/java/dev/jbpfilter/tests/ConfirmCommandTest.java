package dev.jbpfilter.tests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.RequiresBpf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --confirm} and {@code ruleset confirm} by the real command line. */
@RequiresBpf
@RequiresLauncher
class ConfirmCommandTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ON_TRIAL = "info   : the new chains are on trial for ";
  private static final String BACK = ", the old chains are back: Connection timed out\n";

  @TempDir private Path directory;

  private Sandbox sandbox;
  private String old;
  private String other;
  private Path messages;
  private Process process;

  @BeforeEach
  void open() throws IOException {
    sandbox = new Sandbox();
    messages = directory.resolve("messages");
    String attached = " BF_HOOK_XDP{ifindex=" + sandbox.wire().ifindex() + "} ";
    old = "chain c" + attached + "ACCEPT";
    other = "chain c" + attached + "ACCEPT rule icmp.type echo-reply DROP";
    sandbox.run("chain", "set", "-s", old).ended(0);
  }

  @AfterEach
  void close() throws Exception {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
    sandbox.run("ruleset", "flush").ended(0);
    assertThat(sandbox.pins()).isEmpty();
    sandbox.close();
  }

  /** Starts a command, and waits until it waits. */
  private void start(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(sandbox.wire().near()));
    command.addAll(
        List.of(Checkout.LAUNCHER.toString(), "--bpffs-path", sandbox.bpffs().toString()));
    command.addAll(List.of(words));
    process = new ProcessBuilder(command).redirectError(messages.toFile()).start();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!said().contains(ON_TRIAL)) {
      assertThat(process.isAlive()).as(said()).isTrue();
      assertThat(System.nanoTime()).as(said()).isLessThan(deadline);
      Thread.sleep(10);
    }
  }

  private void tryOther(int seconds) throws IOException, InterruptedException {
    start("chain", "set", "-s", other, "--confirm", "" + seconds);
    assertThat(sandbox.wire().ping()).isZero();
  }

  private String said() throws IOException {
    return Files.readString(messages);
  }

  private void signal(String name) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor())
        .isZero();
  }

  private int end() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private void assertOldIsBack() throws IOException {
    assertThat(sandbox.wire().ping()).isEqualTo(VethPair.PINGS);
    assertThat(sandbox.pins())
        .containsExactly("c", "c/bf_cmap", "c/bf_ctx", "c/bf_link", "c/bf_prog");
  }

  @Test
  void whoIsLockedOutGetsTheOldChainsBack() throws Exception {
    tryOther(3);
    // What a terminal does when its connection is cut.
    process.getOutputStream().close();
    signal("HUP");
    assertThat(end()).isEqualTo(146);
    assertThat(said()).contains("error  : not confirmed within 3 s" + BACK);
    assertOldIsBack();
  }

  @Test
  void enterKeepsTheNewOnes() throws Exception {
    start("chain", "update", "-s", "chain c BF_HOOK_XDP DROP", "--confirm", "600");
    process.getOutputStream().write("\n".getBytes(UTF_8));
    process.getOutputStream().flush();
    assertThat(end()).isZero();
    assertThat(said()).endsWith("info   : the new chains stay\n");
    assertThat(sandbox.wire().ping()).isZero();
  }

  @Test
  void anotherShellKeepsTheNewOnes() throws Exception {
    start("ruleset", "set", "-s", other + " chain d BF_HOOK_XDP DROP", "--confirm", "600");
    Launcher.Run busy = sandbox.run("chain", "flush", "-n", "c").ended(240);
    assertThat(busy.err())
        .contains(
            "error  : the last change awaits confirmation until ",
            " (process " + process.pid() + "), keep it with 'bfcli ruleset confirm': Device or");
    sandbox.run("ruleset", "confirm").said(0);
    assertThat(end()).isZero();
    assertThat(sandbox.wire().ping()).isZero();
    assertThat(sandbox.listing("ruleset", "get", "--format", "rules")).contains("chain d");
    sandbox
        .run("ruleset", "confirm")
        .said(
            254,
            "error  : no change awaits confirmation: No such file or directory",
            "error  : failed to confirm: No such file or directory");
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalBringsTheOldOnesBack(String signal, int status) throws Exception {
    tryOther(600);
    signal(signal);
    assertThat(end()).isEqualTo(status);
    assertOldIsBack();
  }

  @Test
  void afterAnotherDeathTheNextCommandDoes() throws Exception {
    tryOther(600);
    process.destroyForcibly();
    assertThat(end()).isEqualTo(137);
    assertThat(sandbox.wire().ping()).isZero();
    Launcher.Run next = sandbox.run("chain", "load", "-s", "chain d BF_HOOK_XDP DROP").ended(0);
    assertThat(next.err())
        .contains(
            "warning: process "
                + process.pid()
                + " died while it changed chains, restoring the old ones\n");
    sandbox.run("chain", "flush", "-n", "d").said(0);
    assertOldIsBack();
  }

  @Test
  void whatIsNoTimeIsRefused() {
    for (String time : List.of("0", "-1", "+1", "86401", "soon", "")) {
      assertThat(sandbox.run("chain", "set", "-s", old, "--confirm", time).ended(64).err())
          .contains("--confirm expects a number of seconds from 1 to 86400, not '" + time + "'");
    }
    assertThat(sandbox.run("chain", "set", "-s", old, "--confirm", "1", "-d").ended(64).err())
        .contains("option --confirm is incompatible with --dry-run");
  }
}
