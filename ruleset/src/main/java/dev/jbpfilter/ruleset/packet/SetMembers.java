package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.SetElements;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The elements of one set, ready for lookups. */
final class SetMembers {
  private final Set<List<Payload>> exact = new HashSet<>();
  private final List<Payload> networks = new ArrayList<>();

  SetMembers(FilterSet set) {
    SetElements elements = set.elements();
    for (int i = 0; i < elements.size(); i++) {
      if (set.key().isNetwork()) {
        networks.add(elements.payload(i, 0));
      } else {
        exact.add(elements.payloads(i));
      }
    }
  }

  /** Whether the values of a packet are an element, or an address is in a network. */
  boolean contains(List<Payload> values) {
    if (exact.contains(values)) {
      return true;
    }
    for (Payload network : networks) {
      if (contains(network, values.getFirst())) {
        return true;
      }
    }
    return false;
  }

  /** Whether an address is in a network of its family. */
  static boolean contains(Payload network, Payload address) {
    if (network instanceof Payload.Ipv4Network net && address instanceof Payload.Ipv4Address a) {
      return net.contains(a.value());
    }
    return network instanceof Payload.Ipv6Network net
        && address instanceof Payload.Ipv6Address a
        && net.contains(a.high(), a.low());
  }
}
