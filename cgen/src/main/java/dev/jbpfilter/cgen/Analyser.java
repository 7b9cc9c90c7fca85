package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.CodegenException;
import dev.jbpfilter.bytecode.CodegenException.Reason;
import dev.jbpfilter.cgen.ValueSet.Exact;
import dev.jbpfilter.cgen.ValueSet.Masked;
import dev.jbpfilter.cgen.ValueSet.OneOf;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FieldMatcher;
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

/**
 * From a chain to a filter program: matchers become tests of fields, and what they imply about
 * protocols becomes tests of its own before them, which hold whether or not a matcher is negated.
 */
final class Analyser {
  private static final long TCP = Protocol.TCP.number();
  private static final long UDP = Protocol.UDP.number();

  private final Chain chain;

  private Analyser(Chain chain) {
    this.chain = chain;
  }

  /**
   * The program of a chain.
   *
   * @throws CodegenException if the chain uses what cannot be compiled
   */
  static FilterProgram analyse(Chain chain) {
    return new Analyser(chain).program();
  }

  private FilterProgram program() {
    ParseDepth depth = ParseDepth.NONE;
    List<FilterRule> rules = new ArrayList<>();
    for (Rule rule : chain.rules()) {
      if (!chain.isEnabled(rule)) {
        continue;
      }
      FilterRule compiled = rule(rule);
      for (FieldTest test : compiled.tests()) {
        depth = depth.or(test.field().depth());
      }
      if (compiled.counter() || compiled.verdict().isTerminal()) {
        rules.add(compiled);
      }
    }
    return new FilterProgram(
        chain.name(), chain.hook(), chain.policy(), depth, rules, chain.rules().size());
  }

  private FilterRule rule(Rule rule) {
    String name = "rule " + rule.index();
    if (rule.log() != null) {
      throw new CodegenException(new Reason.Unsupported("log"), name);
    }
    if (rule.mark() != null) {
      throw new CodegenException(new Reason.Unsupported("mark"), name);
    }
    List<FieldTest> tests = new ArrayList<>();
    for (Protocol protocol : chain.protocols(rule)) {
      Field field = protocol.layer() == Layer.INTERNET ? Field.L3_PROTO : Field.L4_HEADER;
      tests.add(new FieldTest(field, new Exact(protocol.number())));
    }
    for (Matcher matcher : rule.matchers()) {
      switch (matcher) {
        case FieldMatcher fieldMatcher -> addTests(fieldMatcher, name, tests);
        case SetMatcher set -> throw new CodegenException(new Reason.Unsupported("a set"), name);
      }
    }
    return new FilterRule(rule.index(), tests, rule.counter(), rule.verdict());
  }

  private static void addTests(FieldMatcher matcher, String rule, List<FieldTest> tests) {
    MatcherType type = matcher.type();
    Field field = field(type, rule);
    if (type == MatcherType.META_SPORT || type == MatcherType.META_DPORT) {
      tests.add(new FieldTest(Field.L4_HEADER, new OneOf(List.of(TCP, UDP))));
    }
    ValueSet values = values(matcher.operator(), matcher.payload());
    tests.add(new FieldTest(field, matcher.negated() ? values.complement() : values));
  }

  private static Field field(MatcherType type, String rule) {
    return switch (type) {
      case META_L3_PROTO -> Field.L3_PROTO;
      case META_L4_PROTO -> Field.L4_PROTO;
      case IP4_SADDR, IP4_SNET -> Field.IP4_SADDR;
      case IP4_DADDR, IP4_DNET -> Field.IP4_DADDR;
      case IP4_PROTO -> Field.IP4_PROTO;
      case META_SPORT, TCP_SPORT, UDP_SPORT -> Field.SPORT;
      case META_DPORT, TCP_DPORT, UDP_DPORT -> Field.DPORT;
      case TCP_FLAGS -> Field.TCP_FLAGS;
      case ICMP_TYPE -> Field.ICMP_TYPE;
      case ICMP_CODE -> Field.ICMP_CODE;
      case META_IFACE,
          META_PROBABILITY,
          META_MARK,
          META_FLOW_HASH,
          META_FLOW_PROBABILITY,
          IP4_DSCP,
          IP6_SADDR,
          IP6_SNET,
          IP6_DADDR,
          IP6_DNET,
          IP6_NEXTHDR,
          IP6_DSCP,
          ICMPV6_TYPE,
          ICMPV6_CODE ->
          throw new CodegenException(new Reason.Unsupported("matcher " + type.keyword()), rule);
    };
  }

  private static ValueSet values(Operator operator, Payload payload) {
    return switch (payload) {
      case Payload.Scalar(long value) -> new Exact(value);
      case Payload.Range(long low, long high) -> new ValueSet.Range(low, high);
      case Payload.Ipv4Address(int address) -> new Exact(Integer.toUnsignedLong(address));
      case Payload.Ipv4Network network -> {
        long mask = Integer.toUnsignedLong(network.mask());
        yield new Masked(mask, network.address() & mask);
      }
      case Payload.Flags(int bits) -> flags(operator, bits);
      case Payload.Ipv6Address address -> throw new IllegalArgumentException(payload.toString());
      case Payload.Ipv6Network network -> throw new IllegalArgumentException(payload.toString());
      case Payload.Percentage percentage -> throw new IllegalArgumentException(payload.toString());
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
