package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void takesNumbersOfSeveralElements() {
    SetKey key = SetKey.of(MatcherType.IP4_SADDR, MatcherType.IP6_DADDR, MatcherType.TCP_DPORT);
    long high = 0x2001_0db8_0000_0000L;
    SetElements elements =
        SetElements.builder(key)
            .addNumbers(0xc0000201, high, 1, 80, 0xc0000202L, high, 2, 443)
            .addNumbers(0xc0000201L, high, 1, 80)
            .addNumbers()
            .build();
    assertThat(elements)
        .isEqualTo(
            SetElements.builder(key)
                .add("192.0.2.1, 2001:db8::1, 80")
                .add("192.0.2.2,2001:db8::2,443")
                .build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          TCP_DPORT | 70000 | "tcp.dport in" expects a decimal port from 0 to 65535, not '70000'
          IP4_SADDR | 4294967296 | IPv4 address must be from -2147483648 to 4294967295, not 4294967296
          IP4_SNET | 1 33 | prefix length must be from 0 to 32, not 33
          IP4_SNET | -2147483649 3 | IPv4 address must be from -2147483648 to 4294967295, not -2147483649
          IP6_DADDR | 1 | 1 numbers are not a whole number of elements of (ip6.daddr)
          IP6_SNET | 1 2 | 2 numbers are not a whole number of elements of (ip6.snet)
          """)
  void refusesNumbers(MatcherType type, String numbers, String message) {
    SetElementsBuilder builder = SetElements.builder(SetKey.of(type));
    long[] values = Stream.of(numbers.split(" ")).mapToLong(Long::parseLong).toArray();
    assertThatThrownBy(() -> builder.addNumbers(values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThat(builder.build().size()).isZero();
  }

  @Test
  void keepsTheElementsBeforeARefusedOne() {
    SetElementsBuilder builder = SetElements.builder(SetKey.of(MatcherType.IP6_DNET));
    assertThatThrownBy(() -> builder.addNumbers(1, 2, 128, 1, 2, 129))
        .hasMessage("prefix length must be from 0 to 128, not 129");
    assertThat(builder.build().size()).isEqualTo(1);
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
