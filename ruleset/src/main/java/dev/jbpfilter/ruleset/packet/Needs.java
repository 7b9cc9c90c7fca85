package dev.jbpfilter.ruleset.packet;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Layer;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.SetMatcher;
import java.util.Optional;

/**
 * Which headers a chain looks at: only these are parsed, and only these can be malformed.
 *
 * @param link the Ethernet header, where there is one
 * @param internet the IPv4 or IPv6 header
 * @param extensions the IPv6 extension headers
 * @param transport the TCP, UDP, ICMP or ICMPv6 header
 */
record Needs(boolean link, boolean internet, boolean extensions, boolean transport) {

  private static final Needs NOTHING = new Needs(false, false, false, false);
  private static final Needs LINK = new Needs(true, false, false, false);
  private static final Needs INTERNET = new Needs(true, true, false, false);
  private static final Needs EXTENSIONS = new Needs(true, true, true, false);
  private static final Needs TRANSPORT = new Needs(true, true, true, true);

  /** All headers. */
  static final Needs EVERYTHING = TRANSPORT;

  /** What the enabled rules of {@code chain} need. */
  static Needs of(Chain chain) {
    Needs needs = NOTHING;
    for (Rule rule : chain.rules()) {
      if (!chain.isEnabled(rule)) {
        continue;
      }
      for (Matcher matcher : rule.matchers()) {
        boolean inSet = matcher instanceof SetMatcher;
        for (MatcherType type : chain.types(matcher)) {
          needs = needs.or(of(type, inSet));
        }
      }
    }
    return needs;
  }

  private static Needs of(MatcherType type, boolean inSet) {
    Optional<Protocol> protocol = type.protocol();
    if (protocol.isPresent()) {
      if (protocol.get().layer() == Layer.TRANSPORT) {
        return TRANSPORT;
      }
      return type == MatcherType.IP6_NEXTHDR && !inSet ? EXTENSIONS : INTERNET;
    }
    return switch (type) {
      case META_L3_PROTO -> LINK;
      case META_L4_PROTO -> EXTENSIONS;
      case META_SPORT, META_DPORT, META_FLOW_PROBABILITY -> TRANSPORT;
      default -> NOTHING;
    };
  }

  private Needs or(Needs other) {
    return new Needs(
        link || other.link,
        internet || other.internet,
        extensions || other.extensions,
        transport || other.transport);
  }
}
