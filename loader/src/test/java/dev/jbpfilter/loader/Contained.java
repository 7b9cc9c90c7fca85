package dev.jbpfilter.loader;

import static dev.jbpfilter.loader.Installation.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.ControlGroup;
import dev.jbpfilter.loader.testing.DelegatedBpffs;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.HookOptions;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Tests of chains in a container, which has a pair of network devices, v0 and v1. */
abstract class Contained {
  static final int PACKETS = 5;

  private static ControlGroup group;
  private static DelegatedBpffs container;

  @BeforeAll
  static void setUp() throws IOException {
    group = new ControlGroup();
    container = new DelegatedBpffs(DelegatedBpffs.ALL);
    container.run("ip", "link", "add", "v0", "type", "veth", "peer", "name", "v1");
    container.run("ip", "address", "add", "192.0.2.1/24", "dev", "v0");
    container.run("ip", "link", "set", "v0", "up");
    container.run("ip", "link", "set", "v1", "up");
    container.run("ip", "neigh", "add", "192.0.2.2", "lladdr", "02:00:00:00:00:02", "dev", "v0");
  }

  @AfterEach
  void flush() {
    container.call(Contained.class, "flush");
  }

  @AfterAll
  static void tearDown() throws IOException {
    if (container != null) {
      container.close();
    }
    if (group != null) {
      group.close();
    }
  }

  /** Runs a static method of this class inside: with the bpffs, and the path of a cgroup. */
  final void call(String method) {
    container.call(getClass(), method, group.path());
  }

  /** The same with few capabilities, and more arguments. */
  final void callWith(List<String> capabilities, String method, String... arguments) {
    List<String> all = new ArrayList<>(List.of(group.path()));
    all.addAll(List.of(arguments));
    container.call(
        DelegatedBpffs.with(capabilities.toArray(String[]::new)),
        getClass(),
        method,
        all.toArray(String[]::new));
  }

  static Bpfilter open(String[] arguments) {
    return Bpfilter.open(Path.of(arguments[0]), BpfilterOptions.of(event -> {}));
  }

  static Bpfilter openWithToken(String[] arguments) {
    return Bpfilter.open(Path.of(arguments[0]), BpfilterOptions.of(event -> {}).withToken());
  }

  static void flush(String[] arguments) {
    try (Bpfilter bpfilter = openWithToken(arguments)) {
      bpfilter.flush();
      assertThat(bpfilter.chains()).isEmpty();
    }
  }

  static HookOptions options(Hook hook, String cgroup) {
    String written =
        switch (hook.flavor()) {
          case XDP, TC -> "ifindex=" + Bpfilter.interfaces().index("v1").getAsLong();
          case NETFILTER -> "priorities=101-102";
          case CGROUP_SKB, CGROUP_SOCK_ADDR -> "cgpath=" + cgroup;
        };
    return parse("chain a " + hook.keyword() + "{" + written + "} ACCEPT").options();
  }

  /** A chain with all that a hook allows: sets of each kind, logs, counters. */
  static Chain chain(Hook hook) {
    String rules =
        hook.flavor() == Flavor.CGROUP_SOCK_ADDR
            ? ""
            : "rule (ip4.saddr, tcp.dport) in {203.0.113.1, 80} log counter DROP"
                + " rule (ip4.snet) in {203.0.113.0/24} log every 1s counter DROP ";
    return parse(
        "chain c_%s %s ACCEPT %srule meta.dport 80 log counter DROP"
            .formatted(hook.name().toLowerCase(Locale.ROOT), hook.keyword(), rules));
  }

  /** Sends packets through v0 to v1. */
  static void send() throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      for (int i = 0; i < PACKETS; i++) {
        socket.send(new DatagramPacket(new byte[1], 1, InetAddress.getByName("192.0.2.2"), 9));
      }
    }
  }
}
