package dev.jbpfilter.tests;

import static java.util.Map.entry;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.PayloadKind;
import dev.jbpfilter.ruleset.PayloadText;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.packet.PacketBuilder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * IPv4 frames made of the values that a chain's rules name, of those next to them, and of some that
 * no rule names. Each rule gets frames that are made mostly of its own values. The same for the
 * same chain every time.
 */
final class FittingFrames {
  private static final int PER_RULE = 100;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int ICMP = 1;

  private enum Field {
    SOURCE,
    DESTINATION,
    PROTOCOL,
    SOURCE_PORT,
    DESTINATION_PORT,
    FLAGS,
    TYPE,
    CODE
  }

  private static final Map<Field, List<Integer>> COMMON =
      Map.of(
          Field.SOURCE, List.of(0x0a000001, 0xfffffffe),
          Field.DESTINATION, List.of(0x0a000002, 1),
          Field.PROTOCOL, List.of(TCP, TCP, UDP, UDP, ICMP, 47),
          Field.SOURCE_PORT, List.of(0, 40000),
          Field.DESTINATION_PORT, List.of(1, 65535),
          Field.FLAGS, List.of(0, 0x02, 0x04, 0x10, 0x12, 0xff),
          Field.TYPE, List.of(8, 255),
          Field.CODE, List.of(0, 3));

  private static final Map<MatcherType, Field> FIELDS =
      Map.ofEntries(
          entry(MatcherType.IP4_SADDR, Field.SOURCE),
          entry(MatcherType.IP4_SNET, Field.SOURCE),
          entry(MatcherType.IP4_DADDR, Field.DESTINATION),
          entry(MatcherType.IP4_DNET, Field.DESTINATION),
          entry(MatcherType.IP4_PROTO, Field.PROTOCOL),
          entry(MatcherType.META_L4_PROTO, Field.PROTOCOL),
          entry(MatcherType.META_SPORT, Field.SOURCE_PORT),
          entry(MatcherType.TCP_SPORT, Field.SOURCE_PORT),
          entry(MatcherType.UDP_SPORT, Field.SOURCE_PORT),
          entry(MatcherType.META_DPORT, Field.DESTINATION_PORT),
          entry(MatcherType.TCP_DPORT, Field.DESTINATION_PORT),
          entry(MatcherType.UDP_DPORT, Field.DESTINATION_PORT),
          entry(MatcherType.TCP_FLAGS, Field.FLAGS),
          entry(MatcherType.ICMP_TYPE, Field.TYPE),
          entry(MatcherType.ICMP_CODE, Field.CODE));

  private static final Map<MatcherType, Integer> PROTOCOLS =
      Map.of(
          MatcherType.TCP_SPORT, TCP,
          MatcherType.TCP_DPORT, TCP,
          MatcherType.TCP_FLAGS, TCP,
          MatcherType.UDP_SPORT, UDP,
          MatcherType.UDP_DPORT, UDP,
          MatcherType.ICMP_TYPE, ICMP,
          MatcherType.ICMP_CODE, ICMP);

  private final SplittableRandom random = new SplittableRandom(1);
  private final Map<Field, List<Integer>> pool = new EnumMap<>(Field.class);

  private FittingFrames() {}

  /** The frames for a chain. */
  static List<byte[]> of(Chain chain) {
    FittingFrames frames = new FittingFrames();
    COMMON.forEach((field, values) -> frames.pool.put(field, new ArrayList<>(values)));
    List<Map<Field, List<Integer>>> rules = new ArrayList<>();
    for (Rule rule : chain.rules()) {
      Map<Field, List<Integer>> own = values(rule);
      rules.add(own);
      own.forEach((field, values) -> {
        for (int value : values) {
          frames.pool.get(field).addAll(List.of(value - 1, value, value + 1));
        }
      });
    }
    List<byte[]> result = new ArrayList<>();
    for (Map<Field, List<Integer>> rule : rules) {
      for (int i = 0; i < PER_RULE; i++) {
        result.add(frames.frame(rule));
      }
    }
    return result;
  }

  private static Map<Field, List<Integer>> values(Rule rule) {
    Map<Field, List<Integer>> values = new EnumMap<>(Field.class);
    for (Matcher matcher : rule.matchers()) {
      if (matcher instanceof FieldMatcher m) {
        Field field = FIELDS.get(m.type());
        if (field != null && !m.negated()) {
          values.computeIfAbsent(field, f -> new ArrayList<>()).addAll(values(m.payload()));
        }
        Integer protocol = PROTOCOLS.get(m.type());
        if (protocol != null) {
          values.computeIfAbsent(Field.PROTOCOL, f -> new ArrayList<>()).add(protocol);
        }
      }
    }
    return values;
  }

  private static List<Integer> values(Payload payload) {
    return switch (payload) {
      case Payload.Scalar scalar -> List.of((int) scalar.value());
      case Payload.Range range -> List.of((int) range.low(), (int) range.high());
      case Payload.Ipv4Address address -> List.of(address.value());
      case Payload.Ipv4Network network -> {
        int first = network.address() & network.mask();
        yield List.of(first, first | ~network.mask());
      }
      case Payload.Flags flags -> List.of(flags.bits());
      case Payload.Ipv6Address address -> List.of();
      case Payload.Ipv6Network network -> List.of();
      case Payload.Percentage percentage -> List.of();
    };
  }

  private int pick(Map<Field, List<Integer>> rule, Field field) {
    List<Integer> own = rule.get(field);
    List<Integer> values = own == null || random.nextInt(8) == 0 ? pool.get(field) : own;
    return values.get(random.nextInt(values.size()));
  }

  private byte[] frame(Map<Field, List<Integer>> rule) {
    PacketBuilder packet =
        PacketBuilder.ethernet()
            .ipv4(dotted(pick(rule, Field.SOURCE)), dotted(pick(rule, Field.DESTINATION)));
    int source = pick(rule, Field.SOURCE_PORT) & 0xffff;
    int destination = pick(rule, Field.DESTINATION_PORT) & 0xffff;
    int protocol = pick(rule, Field.PROTOCOL) & 0xff;
    return switch (protocol) {
      case TCP -> packet.tcp(source, destination, pick(rule, Field.FLAGS) & 0xff).build();
      case UDP -> packet.udp(source, destination).build();
      case ICMP ->
          packet.icmp(pick(rule, Field.TYPE) & 0xff, pick(rule, Field.CODE) & 0xff).build();
      default -> packet.transport(protocol, 0, 0, 0, 0, 0, 0, 0, 0).build();
    };
  }

  private static String dotted(int address) {
    return PayloadText.rules().text(PayloadKind.IPV4_ADDRESS, new Payload.Ipv4Address(address));
  }
}
