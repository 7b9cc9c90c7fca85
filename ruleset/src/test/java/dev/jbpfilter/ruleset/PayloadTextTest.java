package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadTextTest {
  private static final InterfaceResolver INTERFACES =
      new InterfaceResolver() {
        @Override
        public OptionalLong index(String name) {
          return name.equals("lo") ? OptionalLong.of(1) : OptionalLong.empty();
        }

        @Override
        public Optional<String> name(long index) {
          return index == 1 ? Optional.of("lo") : Optional.empty();
        }
      };

  private static FieldMatcher matcher(String text) {
    return (FieldMatcher)
        Texts.rule("chain a BF_HOOK_TC_INGRESS ACCEPT rule " + text + " DROP")
            .matchers()
            .getFirst();
  }

  private static String text(PayloadText format, String text) {
    FieldMatcher matcher = matcher(text);
    return format.text(matcher.type().payloadKind(), matcher.payload());
  }

  /** Rule text, how listings show its payload, and how rules do if that differs. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          meta.iface 1 | lo | 1
          meta.iface 4242 | 4242 |
          meta.l3_proto 2048 | ipv4 |
          meta.l3_proto 0x86DD | ipv6 |
          meta.l3_proto 0x806 | 0x0806 |
          meta.l3_proto 0 | 0x0000 |
          meta.l4_proto ICMPV6 | icmpv6 |
          ip4.proto 132 | 132 |
          ip6.nexthdr not hop | hop |
          meta.probability 50% | 50% |
          meta.probability 100.0% | 100% |
          meta.probability 33.33% | 33.33% |
          meta.probability 12.3456789% | 12.3457% | 12.345679%
          meta.probability 0.00001% | 1e-05% | 0.000010%
          meta.probability 0.000123456789% | 0.000123457% | 0.00012345679%
          meta.probability 0.0000123456789% | 1.23457e-05% | 0.000012345679%
          meta.flow_probability 99.9999999% | 100% |
          tcp.sport 080 | 80 |
          meta.sport range 1-2 | 1-2 |
          meta.mark 010 | 0x8 |
          meta.mark 0xABC | 0xabc |
          meta.flow_hash 15 | 0xf |
          meta.flow_hash range 1-0xff | 0x1-0xff |
          ip4.saddr 192.0.2.1 | 192.0.2.1 |
          ip4.snet 10.1.2.3/8 | 10.1.2.3/8 |
          ip6.saddr 2001:0db8:0:0::1 | 2001:db8::1 |
          ip6.saddr ::ffff:102:304 | ::ffff:1.2.3.4 | ::ffff:102:304
          ip6.saddr ::102:304 | ::1.2.3.4 | ::102:304
          ip6.saddr :: | :: |
          ip6.saddr ::1 | ::1 |
          ip6.saddr 1:: | 1:: |
          ip6.saddr 1:0:2:3:4:5:6:7 | 1:0:2:3:4:5:6:7 |
          ip6.saddr 1:0:0:2:0:0:0:3 | 1:0:0:2::3 |
          ip6.saddr 1:0:0:2:0:0:3:4 | 1::2:0:0:3:4 |
          ip6.snet fe80::1/10 | fe80::1/10 |
          ip6.snet ::/0 | ::/0 |
          ip4.dscp be | cs0 |
          ip4.dscp 0x2e | ef |
          ip6.dscp 63 | 63 |
          ip6.dscp 44 | voice-admit |
          tcp.flags CWR,fin,SYN | fin,syn,cwr |
          icmp.type 8 | echo-request |
          icmpv6.type 1 | destination-unreachable |
          icmpv6.type 200 | 200 |
          icmp.code 0x10 | 16 |
          """)
  void formats(String rule, String listed, String written) {
    assertThat(text(PayloadText.listing(INTERFACES), rule)).isEqualTo(listed);
    assertThat(text(PayloadText.rules(), rule)).isEqualTo(written == null ? listed : written);
  }

  @Test
  void rulesTextReadsBackToTheSameFloat() {
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      float value =
          i < 2_500 ? random.nextFloat() * 100 : (float) Math.scalb(1.3, -random.nextInt(149));
      String text = PayloadText.rules().text(PayloadKind.PERCENTAGE, new Payload.Percentage(value));
      assertThat(matcher("meta.probability " + text).payload())
          .isEqualTo(new Payload.Percentage(value));
    }
  }

  @Test
  void ipv6TextMeansTheSameAddress() throws Exception {
    Random random = new Random(42);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[16];
      for (int j = 0; j < 16; j += 2) {
        // Zero groups are what the notation is about.
        if (random.nextBoolean()) {
          bytes[j] = (byte) random.nextInt();
          bytes[j + 1] = (byte) random.nextInt(4);
        }
      }
      Payload address = PayloadBytes.decode(PayloadKind.IPV6_ADDRESS, bytes, 0);
      String listed = PayloadText.listing(INTERFACES).text(PayloadKind.IPV6_ADDRESS, address);
      String written = PayloadText.rules().text(PayloadKind.IPV6_ADDRESS, address);
      assertThat(Payload.Ipv6Address.parse(listed).orElseThrow()).isEqualTo(address);
      assertThat(Payload.Ipv6Address.parse(written).orElseThrow()).isEqualTo(address);
      assertThat(written).doesNotContain(".");
      if (InetAddress.getByName(written) instanceof Inet6Address known) {
        assertThat(known.getAddress()).isEqualTo(bytes);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1:2:3:4:5:6:7:8, true",
    "1:2:3:4:5:6:7::, true",
    "::2:3:4:5:6:7:8, true",
    "1:2:3:4:5:6:1.2.3.4, true",
    "::1.2.3.4, true",
    "1:2:3:4:5:6:7:8:9, false",
    "1:2:3:4:5:6:7, false",
    "1:2:3:4:5:6:7:8::, false",
    "1::2::3, false",
    ":1::2, false",
    "1:, false",
    "1::2:, false",
    ":, false",
    ":::, false",
    "00001::, false",
    "g::, false",
    "1:2:3:4:5:6:7:1.2.3.4, false",
    "::1.2.3, false",
    "::1.2.3.4:5, false",
    "'', false"
  })
  void readsIpv6(String text, boolean good) {
    assertThat(Payload.Ipv6Address.parse(text).isPresent()).isEqualTo(good);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, true",
    "255.255.255.255, true",
    "256.0.0.0, false",
    "1.2.3, false",
    "1.2.3.4.5, false",
    "1.2.3.4., false",
    ".1.2.3, false",
    "1..2.3, false",
    "01.2.3.4, false",
    "1.2.3.0004, false",
    "0x1.2.3.4, false",
    "'', false"
  })
  void readsIpv4(String text, boolean good) {
    assertThat(Payload.Ipv4Address.parse(text).isPresent()).isEqualTo(good);
  }
}
