package dev.jbpfilter.loader;

import static dev.jbpfilter.loader.Installation.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.ControlGroup;
import dev.jbpfilter.loader.testing.NetworkNamespace;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process in a cgroup that talks to a peer without pause, while what stops it is replaced. */
@RequiresBpf
class ContinuousHooksTest {
  private static final int REPLACEMENTS = 50;
  private static final int ATTEMPTS_AT_LEAST = 200;
  private static final int MOST_ROUNDS = 20;
  private static final Duration PAUSE = Duration.ofMillis(200);

  private Installation kernel;
  private NetworkNamespace peer;
  private ControlGroup group;
  private int v0;
  private DatagramSocket answering;
  private Process chatter;
  private BufferedReader chatterOutput;

  @BeforeEach
  void connect() throws IOException, URISyntaxException {
    kernel = new Installation();
    peer = new NetworkNamespace();
    group = new ControlGroup();
    String here = kernel.namespace.name();
    Shell.run("ip", "-n", here, "link", "set", "v1", "netns", peer.name(), "name", "w1");
    Shell.run("ip", "-n", here, "address", "add", "10.9.0.1/24", "dev", "v0");
    Shell.run("ip", "-n", peer.name(), "address", "add", "10.9.0.2/24", "dev", "w1");
    Shell.run("ip", "-n", here, "link", "set", "v0", "up");
    Shell.run("ip", "-n", peer.name(), "link", "set", "w1", "up");
    // Programs that drop everything drop ARP, too.
    neighbour(here, "v0", "10.9.0.2", peer.name(), "w1");
    neighbour(peer.name(), "w1", "10.9.0.1", here, "v0");
    v0 = kernel.index("v0");
    answering = peer.call(ContinuousHooksTest::socket);
    Thread.ofPlatform().daemon().start(this::answer);
    chatter = chat();
    chatterOutput =
        new BufferedReader(new InputStreamReader(chatter.getInputStream(), StandardCharsets.UTF_8));
  }

  @AfterEach
  void disconnect() throws IOException, InterruptedException {
    kernel.run(Bpfilter::flush);
    chatter.getOutputStream().close();
    chatter.waitFor();
    answering.close();
    group.close();
    peer.close();
    kernel.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TC_INGRESS{ifindex=%d}",
        "TC_EGRESS{ifindex=%d}",
        "NF_LOCAL_IN{priorities=101-102}",
        "NF_LOCAL_OUT{priorities=101-102}",
        "CGROUP_SKB_INGRESS{cgpath=%s}",
        "CGROUP_SKB_EGRESS{cgpath=%s}",
        "CGROUP_SOCK_ADDR_SENDMSG4{cgpath=%s}"
      })
  void noPacketPassesWhileChainsAreReplaced(String hook) throws Exception {
    String chain = " BF_HOOK_" + where(hook) + " DROP";
    assertTalks();
    kernel.set("chain c" + chain);
    assertSilent(() -> {
      for (int i = 0; i < REPLACEMENTS; i += 5) {
        for (int j = 0; j < 3; j++) {
          kernel.set("chain c" + chain);
        }
        kernel.run(bpfilter -> bpfilter.setRuleset(List.of(parse("chain d" + chain))));
        kernel.run(bpfilter -> bpfilter.setRuleset(List.of(parse("chain c" + chain))));
      }
    });
    kernel.run(Bpfilter::flush);
    assertTalks();
  }

  /** Each wants the priority of the other, so neither is free when it arrives. */
  @Test
  void noPacketPassesWhileNetfilterChainsKeepTheirPlaces() throws Exception {
    String first = "chain c BF_HOOK_NF_LOCAL_IN{priorities=101-102} DROP";
    String second = "chain d BF_HOOK_NF_LOCAL_IN{priorities=102-101} ACCEPT";
    kernel.set(first);
    kernel.set(second);
    assertSilent(() -> {
      for (int i = 0; i < REPLACEMENTS; i++) {
        kernel.run(bpfilter -> bpfilter.setRuleset(List.of(parse(first), parse(second))));
        assertThat(kernel.observe("c").options()).isEqualTo(parse(first).options());
        assertThat(kernel.observe("d").options()).isEqualTo(parse(second).options());
      }
    });
    kernel.run(bpfilter -> bpfilter.flushChain("c"));
    assertTalks();
  }

  @Test
  void aConnectionIsRefused() throws Exception {
    List<String> connect = List.of("bash", "-c", "{ :; } 3<>/dev/udp/10.9.0.2/9");
    assertThat(start(connect).waitFor()).isZero();
    kernel.set("chain c BF_HOOK_" + where("CGROUP_SOCK_ADDR_CONNECT4{cgpath=%s}") + " DROP");
    Process refused = start(connect);
    assertThat(output(refused)).contains("Operation not permitted");
    assertThat(refused.waitFor()).isNotZero();
    kernel.run(Bpfilter::flush);
    assertThat(start(connect).waitFor()).isZero();
  }

  /** Checks that the process gets answers, soon. */
  private void assertTalks() throws IOException, InterruptedException {
    count();
    Thread.sleep(PAUSE);
    assertThat(count()[1]).as("answers").isPositive();
  }

  /** Checks that the process gets no answer while something is done, again if it is done soon. */
  private void assertSilent(Runnable action) throws IOException, InterruptedException {
    // What was on the way may arrive.
    Thread.sleep(PAUSE);
    count();
    long attempts = 0;
    for (int round = 0; round < MOST_ROUNDS && attempts < ATTEMPTS_AT_LEAST; round++) {
      action.run();
      long[] counts = count();
      attempts += counts[0];
      assertThat(counts[1]).as("answers to %d attempts", counts[0]).isZero();
    }
    assertThat(attempts).as("attempts").isGreaterThanOrEqualTo(ATTEMPTS_AT_LEAST);
  }

  /** How often the process tried, and how many answers it got, since the last time. */
  private long[] count() throws IOException {
    chatter.getOutputStream().write('\n');
    chatter.getOutputStream().flush();
    String[] counts = chatterOutput.readLine().split(" ", -1);
    return new long[] {Long.parseLong(counts[0]), Long.parseLong(counts[1])};
  }

  private Process chat() throws IOException, URISyntaxException {
    String file = Path.of(Chatter.class.getResource("Chatter.class").toURI()).toString();
    String root = file.substring(0, file.lastIndexOf("/dev/jbpfilter/loader/"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return start(
        List.of(java, "-cp", root, Chatter.class.getName(), "10.9.0.1", "10.9.0.2", "4242"));
  }

  private Process start(List<String> command) throws IOException {
    List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", kernel.namespace.name()));
    inside.addAll(command);
    return new ProcessBuilder(group.command(inside)).redirectErrorStream(true).start();
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Sends back what comes. */
  private void answer() {
    DatagramPacket packet = new DatagramPacket(new byte[64], 64);
    while (!answering.isClosed()) {
      try {
        answering.receive(packet);
        answering.send(packet);
      } catch (IOException e) {
        assertThat(answering.isClosed()).isTrue();
      }
    }
  }

  private static DatagramSocket socket() {
    try {
      return new DatagramSocket(new InetSocketAddress("10.9.0.2", 4242));
    } catch (SocketException e) {
      throw new IllegalStateException(e);
    }
  }

  private String where(String hook) {
    return hook.contains("%d") ? hook.formatted(v0) : hook.formatted(group.path());
  }

  private static void neighbour(
      String namespace, String device, String address, String of, String peerDevice) {
    String hardware =
        Shell.run("ip", "netns", "exec", of, "cat", "/sys/class/net/" + peerDevice + "/address");
    Shell.run(
        "ip", "-n", namespace, "neigh", "replace", address, "lladdr", hardware, "dev", device);
  }
}
