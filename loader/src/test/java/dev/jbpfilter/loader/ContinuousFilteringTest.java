package dev.jbpfilter.loader;

import static dev.jbpfilter.loader.Installation.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.NetworkNamespace;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real packets over a pair of devices, while what filters them is replaced. */
@RequiresBpf
class ContinuousFilteringTest {
  private static final int PORT = 4242;
  private static final int PACKETS_AT_LEAST = 200;

  private Installation kernel;
  private NetworkNamespace peer;
  private int v0;
  private DatagramSocket receiver;
  private DatagramSocket sender;

  @BeforeEach
  void connect() throws IOException {
    kernel = new Installation();
    peer = new NetworkNamespace();
    String here = kernel.namespace.name();
    Shell.run("ip", "-n", here, "link", "set", "v1", "netns", peer.name(), "name", "w1");
    Shell.run("ip", "-n", here, "address", "add", "10.9.0.1/24", "dev", "v0");
    Shell.run("ip", "-n", peer.name(), "address", "add", "10.9.0.2/24", "dev", "w1");
    Shell.run("ip", "-n", here, "link", "set", "v0", "up");
    Shell.run("ip", "-n", peer.name(), "link", "set", "w1", "up");
    v0 = kernel.index("v0");
    String address = Shell.run("ip", "netns", "exec", here, "cat", "/sys/class/net/v0/address");
    Shell.run(
        "ip", "-n", peer.name(), "neigh", "replace", "10.9.0.1", "lladdr", address, "dev", "w1");
    receiver = kernel.namespace.call(() -> socket("10.9.0.1", PORT));
    sender = peer.call(() -> socket("10.9.0.2", 0));
  }

  @AfterEach
  void disconnect() throws IOException {
    receiver.close();
    sender.close();
    peer.close();
    kernel.close();
  }

  @Test
  void noPacketPassesWhileChainsAreReplaced() throws Exception {
    send();
    assertThat(receives()).as("without a filter").isTrue();
    kernel.set(text("c", v0));
    AtomicBoolean done = new AtomicBoolean();
    long[] sent = {0};
    Thread stream =
        Thread.ofPlatform()
            .start(() -> {
              while (!done.get()) {
                send();
                sent[0]++;
              }
            });
    try {
      for (int i = 0; i < 25; i++) {
        kernel.set(text("c", v0));
        kernel.run(bpfilter -> bpfilter.setRuleset(List.of(parse(text("d", v0)))));
        kernel.run(bpfilter -> bpfilter.setRuleset(List.of(parse(text("c", v0)))));
      }
    } finally {
      done.set(true);
      stream.join();
    }
    assertThat(sent[0]).isGreaterThan(PACKETS_AT_LEAST);
    assertThat(receives()).as("with a filter").isFalse();
    kernel.run(Bpfilter::flush);
    send();
    assertThat(receives()).as("after the filter is gone").isTrue();
  }

  private static String text(String name, int index) {
    return "chain "
        + name
        + " BF_HOOK_XDP{ifindex="
        + index
        + "} ACCEPT"
        + " rule ip4.saddr eq 10.9.0.2 udp.dport eq "
        + PORT
        + " counter DROP";
  }

  private static DatagramSocket socket(String address, int port) {
    try {
      DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, port));
      socket.setSoTimeout(300);
      return socket;
    } catch (SocketException e) {
      throw new IllegalStateException(e);
    }
  }

  private void send() {
    try {
      InetAddress target = InetAddress.getByName("10.9.0.1");
      sender.send(new DatagramPacket(new byte[8], 8, target, PORT));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a packet is there, or comes soon. */
  private boolean receives() {
    try {
      receiver.receive(new DatagramPacket(new byte[64], 64));
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
