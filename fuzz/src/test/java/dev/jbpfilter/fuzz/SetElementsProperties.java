package dev.jbpfilter.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.SetElements;
import dev.jbpfilter.ruleset.SetElementsBuilder;
import dev.jbpfilter.ruleset.SetKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Adding and removing elements of sets agrees with a map from what elements match to elements. */
class SetElementsProperties {
  private static final List<SetKey> KEYS =
      List.of(
          SetKey.of(MatcherType.TCP_DPORT),
          SetKey.of(MatcherType.IP4_SADDR, MatcherType.ICMP_CODE),
          SetKey.of(MatcherType.IP4_SNET),
          SetKey.of(MatcherType.IP6_DNET));

  @Property(tries = 500)
  void changesAgreeWithAMap(@ForAll long seed, @ForAll @IntRange(max = 3) int key) {
    SplittableRandom random = new SplittableRandom(seed);
    SetElements elements = random(KEYS.get(key), random);
    Map<List<Payload>, List<Payload>> model = new LinkedHashMap<>(model(elements));
    for (int i = 0; i < 4; i++) {
      SetElements change = random(KEYS.get(key), random);
      assertThat(elements.matchesLike(change))
          .isEqualTo(model.keySet().equals(model(change).keySet()));
      if (random.nextBoolean()) {
        elements = elements.plus(change);
        model(change).forEach(model::putIfAbsent);
      } else {
        elements = elements.minus(change);
        model.keySet().removeAll(model(change).keySet());
      }
      assertThat(all(elements)).isEqualTo(List.copyOf(model.values()));
      SetElements reversed = SetElements.of(KEYS.get(key), all(elements).reversed());
      assertThat(reversed.matchesLike(elements)).isTrue();
      assertThat(reversed.matchHash()).isEqualTo(elements.matchHash());
    }
  }

  /** Few values, so that many occur again; now and then more than are sorted at once. */
  private static SetElements random(SetKey key, SplittableRandom random) {
    SetElementsBuilder builder = SetElements.builder(key);
    boolean many = random.nextInt(20) == 0;
    int bound = many ? 5000 : 6;
    for (int i = random.nextInt(many ? 5000 : 8); i > 0; i--) {
      builder.add(key.components().stream().map(type -> payload(type, bound, random)).toList());
    }
    return builder.build();
  }

  private static Payload payload(MatcherType type, int bound, SplittableRandom random) {
    int value = random.nextInt(bound);
    return switch (type) {
      case TCP_DPORT -> new Payload.Scalar(value);
      case ICMP_CODE -> new Payload.Scalar(value & 1);
      case IP4_SADDR -> new Payload.Ipv4Address(value);
      case IP4_SNET -> new Payload.Ipv4Network(value << 24 | value, random.nextInt(33));
      case IP6_DNET -> new Payload.Ipv6Network((long) value << 48, value, random.nextInt(129));
      default -> throw new AssertionError(type);
    };
  }

  private static List<List<Payload>> all(SetElements elements) {
    return List.copyOf(model(elements).values());
  }

  private static Map<List<Payload>, List<Payload>> model(SetElements elements) {
    Map<List<Payload>, List<Payload>> model = new LinkedHashMap<>();
    for (int i = 0; i < elements.size(); i++) {
      List<Payload> element = elements.payloads(i);
      List<Payload> matched = element.stream().map(SetElementsProperties::masked).toList();
      assertThat(model.put(matched, element)).isNull();
    }
    return model;
  }

  private static Payload masked(Payload payload) {
    return switch (payload) {
      case Payload.Ipv4Network net ->
          new Payload.Ipv4Network(net.address() & net.mask(), net.prefixLength());
      case Payload.Ipv6Network net ->
          new Payload.Ipv6Network(
              net.high() & net.highMask(), net.low() & net.lowMask(), net.prefixLength());
      case Payload.Scalar _s -> payload;
      case Payload.Ipv4Address _a -> payload;
      case Payload.Ipv6Address _a -> payload;
      case Payload.Range _r -> payload;
      case Payload.Flags _f -> payload;
      case Payload.Percentage _p -> payload;
    };
  }
}
