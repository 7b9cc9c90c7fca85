package dev.jbpfilter.tests.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Values as rules have them: some in runs, others scattered; always the same. Addresses keep out of
 * {@code 203.0.0.0/8} and {@code 198.0.0.0/8}, where the packet that is measured comes from and
 * goes to.
 */
final class RuleValues {
  /** 203.0.113.77, the source of the packet that is measured. */
  static final int SOURCE = 203 << 24 | 113 << 8 | 77;

  /** 198.51.100.9, its destination. */
  static final int DESTINATION = 198 << 24 | 51 << 16 | 100 << 8 | 9;

  /** Its destination port. Values drawn from {@link #port} are less. */
  static final int PORT = 45_000;

  private static final int LONGEST_RUN = 24;
  private static final int SERVICES_END = 40_000;

  private final Random random;

  RuleValues(int seed) {
    random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  long bits() {
    return random.nextLong();
  }

  <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** A public address. */
  int address() {
    while (true) {
      int address = random.nextInt();
      int first = address >>> 24;
      if (first > 0 && first < 224 && first != 10 && first != 127 && first != 198 && first != 203) {
        return address;
      }
    }
  }

  /** Distinct addresses: half of the draws are runs. */
  List<Integer> addresses(int count) {
    Set<Integer> addresses = new LinkedHashSet<>();
    while (addresses.size() < count) {
      int address = address();
      int run = random.nextBoolean() ? 1 : 1 + random.nextInt(LONGEST_RUN);
      for (int i = 0; i < run && addresses.size() < count; i++) {
        addresses.add((address & 0xffff_ff00) | (address + i & 0xff));
      }
    }
    return List.copyOf(addresses);
  }

  /** A port of a service, of which some are much more usual than others. */
  int port() {
    return random.nextInt(3) == 0
        ? 1 + random.nextInt(SERVICES_END - 1)
        : oneOf(List.of(22, 25, 53, 80, 123, 443, 993, 3306, 5432, 8080, 8443, 9100));
  }

  /** A client's port. */
  int clientPort() {
    return 49_152 + random.nextInt(16_384);
  }

  /** Distinct networks, whose host bits are 0, of the given prefix lengths in turn. */
  List<Network> networks(int count, int... lengths) {
    Set<Network> networks = new LinkedHashSet<>();
    while (networks.size() < count) {
      networks.add(Network.of(address(), lengths[networks.size() % lengths.length]));
    }
    return new ArrayList<>(networks);
  }

  /** A TCP connection from a source to the place that all packets go to that nothing is said of. */
  Flow.Ipv4 from(int source) {
    return Flow.Ipv4.tcp(source, DESTINATION, clientPort(), PORT);
  }

  static String dotted(int address) {
    return (address >>> 24)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }

  /** A network. */
  record Network(int first, int length) {
    static Network of(int address, int length) {
      return new Network(length == 0 ? 0 : address & -1 << (32 - length), length);
    }

    int last() {
      return (int) (first + (1L << (32 - length)) - 1);
    }

    @Override
    public String toString() {
      return dotted(first) + "/" + length;
    }
  }
}
