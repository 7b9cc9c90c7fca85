package dev.jbpfilter.fuzz;

import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Operator;
import dev.jbpfilter.ruleset.Payload;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Values for rules that lie close together: addresses in few networks, some of them neighbours,
 * prefixes of one address, ranges of ports of which one begins where another ends.
 */
final class DensePayloads extends Picking {
  private static final int LAST_PORT = 0xffff;

  private final Payloads others;
  private final int[] ipv4;
  private final Payload.Ipv6Address[] ipv6;

  /** Sorted: where ranges begin, and behind where they end. */
  private final int[] ports;

  private final int[] ipv4Prefixes;
  private final int[] ipv6Prefixes;

  /**
   * @param size of how many values of each kind, about
   */
  DensePayloads(RandomGenerator random, int size) {
    super(random);
    others = new Payloads(random, false);
    ipv4 = new int[size];
    ipv6 = new Payload.Ipv6Address[size];
    ports = new int[size];
    int base = random.nextInt();
    int spread = pick(new int[] {0xff, 0xffff, 0xff_ffff, -1});
    long high = random.nextLong();
    long low = oneIn(2) ? 0 : random.nextLong();
    boolean networks = oneIn(2);
    for (int i = 0; i < size; i++) {
      boolean neighbour = i > 0 && oneIn(3);
      ipv4[i] = neighbour ? ipv4[i - 1] + 1 : base ^ (random.nextInt() & spread);
      long bits = neighbour ? 1 : random.nextLong() & spread;
      ipv6[i] =
          networks
              ? new Payload.Ipv6Address(high ^ bits << pick(new int[] {0, 0, 16, 32}), low)
              : new Payload.Ipv6Address(high ^ random.nextInt(2), low ^ bits);
      ports[i] = neighbour ? Math.min(ports[i - 1] + 1, LAST_PORT) : random.nextInt(LAST_PORT + 1);
    }
    Arrays.sort(ports);
    ipv4Prefixes = prefixes(Integer.SIZE);
    ipv6Prefixes = prefixes(2 * Long.SIZE);
  }

  /**
   * A few lengths, or many; the shortest ones are rare, since they shadow others, and 0 is none.
   */
  private int[] prefixes(int longest) {
    int[] prefixes = new int[1 + random.nextInt(oneIn(2) ? 4 : 20)];
    for (int i = 0; i < prefixes.length; i++) {
      int shortest = oneIn(20) ? 1 : longest / 4;
      prefixes[i] = random.nextInt(shortest, longest + 1);
    }
    return prefixes;
  }

  Payload of(MatcherType type, Operator operator) {
    return switch (type.payloadKind()) {
      case PORT -> operator == Operator.RANGE ? range() : new Payload.Scalar(pick(ports));
      case IPV4_ADDRESS -> new Payload.Ipv4Address(pick(ipv4));
      case IPV4_NETWORK -> new Payload.Ipv4Network(pick(ipv4), pick(ipv4Prefixes));
      case IPV6_ADDRESS -> pick(ipv6);
      case IPV6_NETWORK -> {
        Payload.Ipv6Address address = pick(ipv6);
        yield new Payload.Ipv6Network(address.high(), address.low(), pick(ipv6Prefixes));
      }
      default -> others.of(type, operator);
    };
  }

  private Payload.Range range() {
    int from = random.nextInt(ports.length);
    int to = oneIn(8) ? random.nextInt(from, ports.length) : Math.min(from + 1, ports.length - 1);
    int low = ports[from];
    int high = to > from && !oneIn(8) ? ports[to] - 1 : ports[to];
    return new Payload.Range(low, Math.max(low, high));
  }
}
