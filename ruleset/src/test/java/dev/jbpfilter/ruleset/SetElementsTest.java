package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SetElementsTest {

  private static String hex(SetElements elements) {
    return HexFormat.of().formatHex(elements.toByteArray());
  }

  @Test
  void concatenatesComponentsWithoutPadding() {
    SetKey key = SetKey.of(MatcherType.IP4_SADDR, MatcherType.TCP_DPORT, MatcherType.IP4_PROTO);
    SetElements elements =
        SetElements.of(
            key,
            List.of(
                List.of(
                    new Payload.Ipv4Address(0xc0000201),
                    new Payload.Scalar(443),
                    new Payload.Scalar(6))));
    assertThat(key.size()).isEqualTo(7);
    assertThat(key.offset(2)).isEqualTo(6);
    assertThat(key).hasToString("(ip4.saddr, tcp.dport, ip4.proto)");
    assertThat(hex(elements)).isEqualTo("c000020101bb06");
    assertThat(elements.bytes(0)).isEqualTo(elements.toByteArray());
  }

  @Test
  void networksStartWithTheirLength() {
    assertThat(
            hex(
                SetElements.builder(SetKey.of(MatcherType.IP4_SNET))
                    .add(new Payload.Ipv4Network(0x0a010203, 8))
                    .build()))
        .isEqualTo("080000000a010203");
    assertThat(
            hex(
                SetElements.builder(SetKey.of(MatcherType.IP6_DNET))
                    .add(new Payload.Ipv6Network(0xfe80L << 48, 1, 64))
                    .build()))
        .isEqualTo("40000000fe800000000000000000000000000001");
  }

  @Test
  void keepsTheFirstSpellingOfANetwork() {
    SetElements elements =
        SetElements.builder(SetKey.of(MatcherType.IP6_SNET))
            .add(new Payload.Ipv6Network(0xfd00L << 48, 1, 8))
            .add(new Payload.Ipv6Network(0xfd01L << 48, 2, 8))
            .add(new Payload.Ipv6Network(0xfd00L << 48, 1, 9))
            .add(new Payload.Ipv6Network(0, 1, 0))
            .add(new Payload.Ipv6Network(-1, -1, 0))
            .build();
    assertThat(elements.size()).isEqualTo(3);
    assertThat(elements.payload(0, 0)).isEqualTo(new Payload.Ipv6Network(0xfd00L << 48, 1, 8));
    assertThat(elements.payload(2, 0)).isEqualTo(new Payload.Ipv6Network(0, 1, 0));
  }

  @Test
  void dropsDuplicatesAndKeepsOrder() {
    Random random = new Random(1);
    SetKey key = SetKey.of(MatcherType.UDP_DPORT, MatcherType.ICMP_CODE);
    SetElementsBuilder builder = SetElements.builder(key);
    Set<List<Payload>> seen = new HashSet<>();
    int[] last = {0};
    for (int i = 0; i < 20_000; i++) {
      List<Payload> element =
          List.of(new Payload.Scalar(random.nextInt(200)), new Payload.Scalar(random.nextInt(200)));
      builder.add(element);
      if (seen.add(element)) {
        last[0] = i;
      }
    }
    SetElements elements = builder.build();
    assertThat(elements.size()).isEqualTo(seen.size());
    for (int i = 0; i < elements.size(); i++) {
      assertThat(seen.remove(elements.payloads(i))).isTrue();
    }
  }

  @Test
  void comparesOrderAndSpelling() {
    SetKey key = SetKey.of(MatcherType.TCP_DPORT);
    SetElements one =
        SetElements.builder(key).add(new Payload.Scalar(1)).add(new Payload.Scalar(2)).build();
    SetElements same =
        SetElements.builder(key).add(new Payload.Scalar(1)).add(new Payload.Scalar(2)).build();
    SetElements other =
        SetElements.builder(key).add(new Payload.Scalar(2)).add(new Payload.Scalar(1)).build();
    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
    assertThat(SetElements.empty(key))
        .isNotEqualTo(SetElements.empty(SetKey.of(MatcherType.TCP_SPORT)));
  }

  @Test
  void refusesWhatDoesNotFitTheKey() {
    SetElementsBuilder builder = SetElements.builder(SetKey.of(MatcherType.TCP_DPORT));
    assertThatThrownBy(() -> builder.add(new Payload.Scalar(65536))).hasMessageContaining("65536");
    assertThatThrownBy(() -> builder.add(new Payload.Range(1, 2)))
        .hasMessageContaining("tcp.dport");
    assertThatThrownBy(() -> builder.add(new Payload.Scalar(1), new Payload.Scalar(1)))
        .hasMessageContaining("2 components");
    assertThatThrownBy(() -> builder.build().payload(0, 0)).hasMessageContaining("no element 0");
    assertThatThrownBy(() -> SetKey.of(MatcherType.META_SPORT)).hasMessageContaining("meta.sport");
    assertThatThrownBy(() -> SetKey.of(MatcherType.IP4_SNET, MatcherType.IP4_DADDR))
        .hasMessageContaining("ip4.snet");
    assertThatThrownBy(SetKey::of).hasMessage("a set key needs a component");
    assertThatThrownBy(() ->
            SetKey.of(
                MatcherType.IP6_SADDR,
                MatcherType.IP6_SADDR,
                MatcherType.IP6_SADDR,
                MatcherType.IP6_SADDR,
                MatcherType.IP4_PROTO))
        .hasMessageContaining("65");
    assertThatThrownBy(() -> new FilterSet("a-b", builder.build())).hasMessageContaining("a-b");
  }
}
