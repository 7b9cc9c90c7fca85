package dev.jbpfilter.tests;

import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.testing.NetworkNamespace;
import dev.jbpfilter.loader.testing.Shell;
import java.util.ArrayList;
import java.util.List;

/**
 * A client, a router and a server: three name spaces and two pairs of devices, {@code v0} of the
 * router to {@code v1} of the client, {@code w0} of the router to {@code w1} of the server.
 */
final class RoutedHosts implements AutoCloseable {
  static final String ROUTER4 = "10.0.1.1";
  static final String CLIENT4 = "10.0.1.2";
  static final String SERVER4 = "10.0.2.2";
  static final String ROUTER6 = "2001:db8:1::1";
  static final String SERVER6 = "2001:db8:2::2";

  private static final String SCRIPT =
      """
      client=$1 router=$2 server=$3
      start() {
        ip -n $1 link set $2 addrgenmode none
        ip -n $1 addr add $3/24 dev $2
        ip -n $1 addr add $4/64 dev $2 nodad
        ip -n $1 addr add $5/64 dev $2 nodad
        ip -n $1 link set $2 up
        ip -n $1 link set lo up
      }
      ip -n $client link delete v0
      ip -n $server link delete v0
      ip -n $router link set v1 netns $client
      ip -n $router link add w0 type veth peer name w1 netns $server
      start $client v1 10.0.1.2 2001:db8:1::2 fe80::1
      start $router v0 10.0.1.1 2001:db8:1::1 fe80::2
      start $router w0 10.0.2.1 2001:db8:2::1 fe80::3
      start $server w1 10.0.2.2 2001:db8:2::2 fe80::4
      ip -n $client route add default via 10.0.1.1
      ip -n $client -6 route add default via 2001:db8:1::1
      ip -n $server route add default via 10.0.2.1
      ip -n $server -6 route add default via 2001:db8:2::1
      ip netns exec $router sh -c '
        echo 1 > /proc/sys/net/ipv4/ip_forward
        echo 1 > /proc/sys/net/ipv6/conf/all/forwarding'
      """;

  private final List<NetworkNamespace> all = new ArrayList<>();

  RoutedHosts() {
    try {
      for (int i = 0; i < 3; i++) {
        all.add(new NetworkNamespace());
      }
      Shell.run("sh", "-ec", SCRIPT, "sh", client().name(), router().name(), server().name());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  NetworkNamespace client() {
    return all.get(0);
  }

  NetworkNamespace router() {
    return all.get(1);
  }

  NetworkNamespace server() {
    return all.get(2);
  }

  /** The index of a device. */
  static int index(NetworkNamespace host, String device) {
    return host.call(() -> Kernel.system().interfaceIndex(device));
  }

  /** Runs a command on a host, which must succeed. */
  static String run(NetworkNamespace host, String... command) {
    List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", host.name()));
    words.addAll(List.of(command));
    return Shell.run(words.toArray(String[]::new));
  }

  /** Sends echo requests from the client; returns how many are answered. */
  int ping(String address) {
    return Pings.answered(List.of("ip", "netns", "exec", client().name()), address);
  }

  @Override
  public void close() {
    all.forEach(NetworkNamespace::close);
  }
}
