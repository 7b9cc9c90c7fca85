package dev.jbpfilter.loader;

import dev.jbpfilter.loader.testing.ControlGroup;
import dev.jbpfilter.loader.testing.NetworkNamespace;
import dev.jbpfilter.loader.testing.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A peer at the other end of the device v0 of an installation, and a cgroup, so that real packets
 * of IPv4 and of IPv6 tell which {@linkplain Place places} are filtered.
 */
final class Wire implements AutoCloseable {
  private static final int CONTROL_PORT = 4000;
  private static final int PATIENCE_MILLIS = 2000;
  private static final List<String> HERE = List.of("10.9.0.1", "fd00:9::1");
  private static final List<String> THERE = List.of("10.9.0.2", "fd00:9::2");
  private static final byte[] PROBE = new byte[8];

  private final NetworkNamespace peer = new NetworkNamespace();
  private final ControlGroup group = new ControlGroup();
  private final ControlGroup otherGroup = new ControlGroup("-other");
  private final List<DatagramChannel> sockets = new ArrayList<>();
  private final Map<Place, DatagramChannel> receivers = new EnumMap<>(Place.class);
  private final DatagramChannel sender;
  private final DatagramChannel groupSender;
  private final DatagramChannel peerSender;
  private final DatagramChannel control;
  private final DatagramChannel peerControl;
  private final int v0;
  private final int v1;

  Wire(Installation kernel) throws IOException {
    String here = kernel.namespace.name();
    String there = peer.name();
    Shell.run("ip", "-n", here, "link", "add", "x0", "type", "veth", "peer", "name", "x1");
    Shell.run("ip", "-n", there, "link", "delete", "v0");
    Shell.run("ip", "-n", here, "link", "set", "v1", "netns", there);
    start(here, "v0", HERE);
    start(there, "v1", THERE);
    know(here, "v0", THERE, hardwareAddress(there, "v1"));
    know(there, "v1", HERE, hardwareAddress(here, "v0"));
    v0 = kernel.index("v0");
    v1 = kernel.index("x0");
    NetworkNamespace near = kernel.namespace;
    sender = near.call(() -> socket(0));
    peerSender = peer.call(() -> socket(0));
    control = near.call(() -> socket(CONTROL_PORT));
    peerControl = peer.call(() -> socket(CONTROL_PORT));
    for (Place place : Place.values()) {
      if (!place.grouped()) {
        NetworkNamespace target = place.incoming() ? near : peer;
        receivers.put(place, target.call(() -> socket(place.port())));
      }
    }
    groupSender =
        inGroup(() -> {
          receivers.put(Place.CGROUP_INGRESS, near.call(() -> socket(Place.CGROUP_INGRESS.port())));
          return near.call(() -> socket(0));
        });
    receivers.put(Place.CGROUP_EGRESS, peer.call(() -> socket(Place.CGROUP_EGRESS.port())));
  }

  /** A chain that closes the port of a place there. */
  String closing(Place place) {
    return closing(place, place.chain());
  }

  /** The same by another name. */
  String closing(Place place, String name) {
    return closing(place, name, options(place));
  }

  /** The same at another priority, device or cgroup. */
  String closing(Place place, String name, String options) {
    return "chain "
        + name
        + " "
        + place.hook().keyword()
        + options
        + " ACCEPT rule udp.dport eq "
        + place.port()
        + " counter DROP";
  }

  /** A chain in the rule language with one more rule, which changes nothing for probes. */
  static String changed(String chain) {
    return chain + " rule udp.dport eq 9 counter DROP";
  }

  /** The hook options with which chains of a place see the probes. */
  String options(Place place) {
    return switch (place) {
      case XDP, TC_INGRESS, TC_EGRESS -> "{ifindex=" + v0 + "}";
      case LOCAL_IN, LOCAL_OUT -> "{priorities=101-102}";
      case CGROUP_INGRESS, CGROUP_EGRESS -> "{cgpath=" + group.path() + "}";
    };
  }

  /** Hook options with which chains of a place see nothing. */
  String optionsElsewhere(Place place) {
    return switch (place) {
      case XDP, TC_INGRESS, TC_EGRESS -> "{ifindex=" + v1 + "}";
      case LOCAL_IN, LOCAL_OUT -> "{priorities=201-202}";
      case CGROUP_INGRESS, CGROUP_EGRESS -> "{cgpath=" + otherGroup.path() + "}";
    };
  }

  /** The places where a packet now passes. */
  Set<Place> open() {
    return open(EnumSet.allOf(Place.class));
  }

  /** Those of some places where a packet now passes. */
  Set<Place> open(Set<Place> places) {
    try {
      for (Place place : places) {
        send(place);
      }
      control(peerSender, HERE, control);
      control(sender, THERE, peerControl);
      Set<Place> open = EnumSet.noneOf(Place.class);
      for (Place place : places) {
        if (received(place) > 0) {
          open.add(place);
        }
      }
      return open;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a probe for a place, one for each family. */
  void send(Place place) {
    DatagramChannel from = place.incoming() ? peerSender : place.grouped() ? groupSender : sender;
    for (String address : place.incoming() ? HERE : THERE) {
      try {
        from.send(ByteBuffer.wrap(PROBE), new InetSocketAddress(address, place.port()));
      } catch (IOException e) {
        // Whoever is filtered on the way out is told so.
      }
    }
  }

  /** How many probes for a place arrived since the last time. */
  int received(Place place) {
    try {
      return received(Objects.requireNonNull(receivers.get(place)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (DatagramChannel socket : sockets) {
      socket.close();
    }
    group.close();
    otherGroup.close();
    peer.close();
  }

  /** Does something as a process of the group: sockets belong to it whose process does. */
  private <T> T inGroup(Supplier<T> action) throws IOException {
    Path path = Path.of(group.path());
    String own = "";
    for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
      own = line.startsWith("0::/") ? line.substring("0::/".length()) : own;
    }
    String process = Long.toString(ProcessHandle.current().pid());
    Files.writeString(path.resolve("cgroup.procs"), process);
    try {
      return action.get();
    } finally {
      Files.writeString(path.resolveSibling(own).resolve("cgroup.procs"), process);
    }
  }

  /** What was sent before a packet that arrives has arrived, too, or never will. */
  private static void control(DatagramChannel from, List<String> to, DatagramChannel receiver)
      throws IOException {
    for (String address : to) {
      from.send(ByteBuffer.wrap(PROBE), new InetSocketAddress(address, CONTROL_PORT));
    }
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
    int missing = to.size();
    while (missing > 0) {
      missing -= received(receiver);
      if (missing > 0 && System.nanoTime() - deadline > 0) {
        throw new SocketTimeoutException("a packet that nothing filters is lost");
      }
    }
  }

  private static int received(DatagramChannel socket) throws IOException {
    ByteBuffer packet = ByteBuffer.allocate(PROBE.length);
    int received = 0;
    while (socket.receive(packet.clear()) != null) {
      received++;
    }
    return received;
  }

  private DatagramChannel socket(int port) {
    try {
      DatagramChannel socket = DatagramChannel.open();
      sockets.add(socket);
      socket.bind(new InetSocketAddress(port));
      socket.configureBlocking(false);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void start(String namespace, String device, List<String> addresses) {
    Shell.run("ip", "-n", namespace, "link", "set", device, "addrgenmode", "none");
    Shell.run("ip", "-n", namespace, "addr", "add", addresses.get(0) + "/24", "dev", device);
    Shell.run(
        "ip", "-n", namespace, "addr", "add", addresses.get(1) + "/64", "dev", device, "nodad");
    Shell.run("ip", "-n", namespace, "link", "set", device, "up");
  }

  private static void know(
      String namespace, String device, List<String> addresses, String hardware) {
    for (String address : addresses) {
      Shell.run(
          "ip", "-n", namespace, "neigh", "replace", address, "lladdr", hardware, "dev", device);
    }
  }

  private static String hardwareAddress(String namespace, String device) {
    return Shell.run(
        "ip", "netns", "exec", namespace, "cat", "/sys/class/net/" + device + "/address");
  }
}
