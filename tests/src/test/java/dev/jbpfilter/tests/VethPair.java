package dev.jbpfilter.tests;

import dev.jbpfilter.loader.testing.NetworkNamespace;
import dev.jbpfilter.loader.testing.Shell;
import java.util.ArrayList;
import java.util.List;

/**
 * Two hosts on one wire: the device v0 of one name space and v1 of another. Nothing passes but what
 * a test sends: addresses are resolved beforehand, and there is no IPv6.
 */
final class VethPair implements AutoCloseable {
  /** What {@link #ping} sends. */
  static final int PINGS = Pings.COUNT;

  private static final String NEAR_ADDRESS = "192.0.2.1";
  private static final String FAR_ADDRESS = "192.0.2.2";

  private final NetworkNamespace near;
  private final NetworkNamespace far;

  VethPair() {
    near = new NetworkNamespace();
    try {
      far = new NetworkNamespace();
      try {
        connect();
      } catch (RuntimeException e) {
        far.close();
        throw e;
      }
    } catch (RuntimeException e) {
      near.close();
      throw e;
    }
  }

  private void connect() {
    Shell.run("ip", "-n", far.name(), "link", "delete", "v0");
    Shell.run("ip", "-n", near.name(), "link", "set", "v1", "netns", far.name());
    start(near.name(), "v0", NEAR_ADDRESS);
    start(far.name(), "v1", FAR_ADDRESS);
    know(near.name(), "v0", FAR_ADDRESS, hardwareAddress(far.name(), "v1"));
    know(far.name(), "v1", NEAR_ADDRESS, hardwareAddress(near.name(), "v0"));
  }

  private static void start(String namespace, String device, String address) {
    Shell.run("ip", "-n", namespace, "link", "set", device, "addrgenmode", "none");
    Shell.run("ip", "-n", namespace, "addr", "add", address + "/24", "dev", device);
    Shell.run("ip", "-n", namespace, "link", "set", device, "up");
  }

  private static void know(String namespace, String device, String address, String hardware) {
    Shell.run(
        "ip", "-n", namespace, "neigh", "replace", address, "lladdr", hardware, "dev", device);
  }

  private static String hardwareAddress(String namespace, String device) {
    return Shell.run(
        "ip", "netns", "exec", namespace, "cat", "/sys/class/net/" + device + "/address");
  }

  /** Words that run a command on the near host. */
  String[] near() {
    return new String[] {"ip", "netns", "exec", near.name()};
  }

  /** The index of the near device. */
  int ifindex() {
    return Integer.parseInt(inside("cat", "/sys/class/net/v0/ifindex"));
  }

  /** Runs a command on the near host, which must succeed. */
  String inside(String... command) {
    List<String> words = new ArrayList<>(List.of(near()));
    words.addAll(List.of(command));
    return Shell.run(words.toArray(String[]::new));
  }

  /** Sends {@link #PINGS} echo requests from the near host; returns how many are answered. */
  int ping() {
    return Pings.answered(List.of(near()), FAR_ADDRESS);
  }

  @Override
  public void close() {
    try {
      near.close();
    } finally {
      far.close();
    }
  }
}
