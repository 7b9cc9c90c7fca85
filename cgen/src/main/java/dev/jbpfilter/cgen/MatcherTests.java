package dev.jbpfilter.cgen;

import dev.jbpfilter.cgen.RuleTest.Either;
import dev.jbpfilter.cgen.RuleTest.FieldTest;
import dev.jbpfilter.cgen.ValueSet.Exact;
import dev.jbpfilter.cgen.ValueSet.Masked;
import dev.jbpfilter.cgen.ValueSet.OneOf;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.Layer;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Operator;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.SetMatcher;
import java.util.ArrayList;
import java.util.List;

/** What the matchers of rules are as tests of packet fields. */
public final class MatcherTests {
  private static final OneOf PORTS =
      new OneOf(List.of((long) Protocol.TCP.number(), (long) Protocol.UDP.number()));

  private MatcherTests() {}

  /**
   * The tests of a matcher. Those of its protocol, which hold whether or not it is negated, are not
   * among them: see {@link #of(Protocol)}.
   */
  public static List<RuleTest> of(FieldMatcher matcher, Hook hook) {
    List<RuleTest> tests = new ArrayList<>();
    MatcherType type = matcher.type();
    boolean needsPorts =
        switch (type) {
          case META_SPORT, META_DPORT, META_FLOW_PROBABILITY -> hook.flavor().seesPackets();
          default -> false;
        };
    if (needsPorts) {
      tests.add(new FieldTest(Field.L4_HEADER, PORTS));
    }
    switch (matcher.payload()) {
      case Payload.Ipv6Address(long high, long low) ->
          addAddress(matcher, new Exact(high), new Exact(low), tests);
      case Payload.Ipv6Network net -> {
        Masked high = new Masked(net.highMask(), net.high() & net.highMask());
        if (net.lowMask() == 0) {
          add(matcher, high(type), high, tests);
        } else {
          addAddress(matcher, high, new Masked(net.lowMask(), net.low() & net.lowMask()), tests);
        }
      }
      default -> add(matcher, field(type, matcher.payload()), values(matcher), tests);
    }
    return tests;
  }

  /** The test whether a packet has a header of a protocol. */
  public static FieldTest of(Protocol protocol) {
    Field field = protocol.layer() == Layer.INTERNET ? Field.L3_PROTO : Field.L4_HEADER;
    return new FieldTest(field, new Exact(protocol.number()));
  }

  /** How far packets must be parsed for a rule of a chain, whether or not it can match. */
  public static ParseDepth depth(Chain chain, Rule rule) {
    ParseDepth depth = ParseDepth.NONE;
    if (chain.hook().flavor().seesPackets()) {
      for (Matcher matcher : rule.matchers()) {
        for (Field field : fields(chain, matcher)) {
          depth = depth.or(field.depth());
        }
      }
    }
    return depth;
  }

  private static List<Field> fields(Chain chain, Matcher matcher) {
    return switch (matcher) {
      case FieldMatcher(MatcherType type, var negated, var operator, Payload payload, var span) ->
          List.of(
              payload instanceof Payload.Ipv6Address || payload instanceof Payload.Ipv6Network
                  ? high(type)
                  : field(type, payload));
      case SetMatcher reference -> SetFields.of(chain.set(reference).key());
    };
  }

  private static void add(
      FieldMatcher matcher, Field field, ValueSet values, List<RuleTest> tests) {
    tests.add(new FieldTest(field, matcher.negated() ? values.complement() : values));
  }

  /** Adds the tests of an IPv6 address, of which both halves count. */
  private static void addAddress(
      FieldMatcher matcher, ValueSet high, ValueSet low, List<RuleTest> tests) {
    Field highField = high(matcher.type());
    Field lowField = highField == Field.IP6_SADDR_HIGH ? Field.IP6_SADDR_LOW : Field.IP6_DADDR_LOW;
    FieldTest first = new FieldTest(highField, high);
    FieldTest second = new FieldTest(lowField, low);
    if (matcher.negated()) {
      tests.add(new Either(first.negation(), second.negation()));
    } else {
      tests.add(first);
      tests.add(second);
    }
  }

  private static Field high(MatcherType type) {
    return switch (type) {
      case IP6_SADDR, IP6_SNET -> Field.IP6_SADDR_HIGH;
      case IP6_DADDR, IP6_DNET -> Field.IP6_DADDR_HIGH;
      default -> throw new IllegalArgumentException(type.keyword() + " is no IPv6 address");
    };
  }

  private static Field field(MatcherType type, Payload payload) {
    return switch (type) {
      case META_IFACE -> Field.IFACE;
      case META_L3_PROTO -> Field.L3_PROTO;
      case META_L4_PROTO -> Field.L4_PROTO;
      case META_PROBABILITY -> Field.RANDOM;
      case META_MARK -> Field.MARK;
      case META_FLOW_HASH -> Field.FLOW_HASH;
      case META_FLOW_PROBABILITY -> Field.FLOW_DIGEST;
      case IP4_SADDR, IP4_SNET -> Field.IP4_SADDR;
      case IP4_DADDR, IP4_DNET -> Field.IP4_DADDR;
      case IP4_PROTO -> Field.IP4_PROTO;
      case IP4_DSCP -> Field.IP4_DSCP;
      case IP6_NEXTHDR -> isExtension(payload) ? Field.IP6_EXTENSIONS : Field.L4_PROTO;
      case IP6_DSCP -> Field.IP6_DSCP;
      case META_SPORT, TCP_SPORT, UDP_SPORT -> Field.SPORT;
      case META_DPORT, TCP_DPORT, UDP_DPORT -> Field.DPORT;
      case TCP_FLAGS -> Field.TCP_FLAGS;
      case ICMP_TYPE, ICMPV6_TYPE -> Field.ICMP_TYPE;
      case ICMP_CODE, ICMPV6_CODE -> Field.ICMP_CODE;
      case IP6_SADDR, IP6_SNET, IP6_DADDR, IP6_DNET ->
          throw new IllegalArgumentException(type.keyword() + " takes two fields");
    };
  }

  private static boolean isExtension(Payload payload) {
    return payload instanceof Payload.Scalar(long number) && ExtensionHeader.bit(number) != 0;
  }

  private static ValueSet values(FieldMatcher matcher) {
    return switch (matcher.payload()) {
      case Payload.Scalar(long value) -> {
        int extension = matcher.type() == MatcherType.IP6_NEXTHDR ? ExtensionHeader.bit(value) : 0;
        yield extension == 0 ? new Exact(value) : new Masked(extension, extension);
      }
      case Payload.Range(long low, long high) -> new ValueSet.Range(low, high);
      case Payload.Ipv4Address(int address) -> new Exact(Integer.toUnsignedLong(address));
      case Payload.Ipv4Network network -> {
        long mask = Integer.toUnsignedLong(network.mask());
        yield new Masked(mask, network.address() & mask);
      }
      case Payload.Flags(int bits) -> flags(matcher.operator(), bits);
      case Payload.Percentage percentage -> new ValueSet.Range(0, percentage.threshold());
      case Payload.Ipv6Address address -> throw new IllegalArgumentException(address.toString());
      case Payload.Ipv6Network network -> throw new IllegalArgumentException(network.toString());
    };
  }

  private static ValueSet flags(Operator operator, int bits) {
    return switch (operator) {
      case EQ -> new Exact(bits);
      case ANY -> new Masked(bits, 0).complement();
      case ALL -> new Masked(bits, bits);
      case IN, RANGE -> throw new IllegalArgumentException("TCP flags with " + operator);
    };
  }
}
