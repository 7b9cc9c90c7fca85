package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The readers of set bodies, which are written to be fast, take random bodies as specified. */
class SetAgreementTest {
  private static final int BODIES = 40_000;
  private static final List<String> SEPARATORS =
      List.of("\n", ";", "; ", "{", "\r\n", " \n\t", ";;", "# a;b\n", "#}{,\n", "\n#\n");
  private static final String ODD = "0123456789abcfgxABX:./,;# \t-_\u00e9";

  private final Random random = new Random(11);

  @Test
  void bodiesAreReadAsSpecified() {
    int accepted = 0;
    for (int i = 0; i < BODIES; i++) {
      SetKey key = key();
      String body = body(key);
      Optional<List<List<Payload>>> expected = ReferenceSets.elements(key, body);
      ParseResult result =
          Texts.parse("chain a BF_HOOK_XDP ACCEPT set s " + key + " in {" + body + "}");
      assertThat(result.errors().isEmpty()).as(body).isEqualTo(expected.isPresent());
      if (expected.isPresent()) {
        SetElements elements =
            result.ruleset().orElseThrow().chains().getFirst().sets().getFirst().elements();
        assertThat(payloads(elements)).as(body).isEqualTo(expected.get());
        accepted++;
      }
    }
    assertThat(accepted).isBetween(BODIES / 4, BODIES * 3 / 4);
  }

  /** Small sets and large ones are sorted in different ways. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100, 2047, 2048, 20_000})
  void duplicatesAreDropped(int size) {
    for (SetKey key : List.of(key(), SetKey.of(MatcherType.IP6_SNET), key())) {
      StringBuilder body = new StringBuilder();
      List<String> written = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        boolean again = !written.isEmpty() && random.nextInt(3) == 0;
        written.add(again ? written.get(random.nextInt(written.size())) : element(key));
        body.append(written.getLast()).append('\n');
      }
      SetElementsBuilder builder = SetElements.builder(key);
      written.forEach(builder::add);
      List<List<Payload>> expected = ReferenceSets.elements(key, body.toString()).orElseThrow();
      assertThat(payloads(builder.build())).isEqualTo(expected);
      // Building removes duplicates, and may go on.
      builder.add(written.getFirst());
      assertThat(payloads(builder.build())).isEqualTo(expected);
    }
  }

  private static List<List<Payload>> payloads(SetElements elements) {
    List<List<Payload>> payloads = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      payloads.add(elements.payloads(i));
    }
    return payloads;
  }

  private SetKey key() {
    List<MatcherType> types = new ArrayList<>();
    while (types.isEmpty() || random.nextInt(3) == 0) {
      MatcherType type = MatcherTypes.ALL.get(random.nextInt(MatcherTypes.ALL.size()));
      if (!type.isSetComponent() || (type.payloadKind().isNetwork() && !types.isEmpty())) {
        continue;
      }
      types.add(type);
      if (type.payloadKind().isNetwork() || types.size() == 3) {
        break;
      }
    }
    return new SetKey(types);
  }

  private String body(SetKey key) {
    StringBuilder body = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      body.append(element(key)).append(pick(SEPARATORS));
    }
    if (random.nextBoolean()) {
      StringBuilder odd = new StringBuilder(element(key));
      int at = random.nextInt(odd.length());
      char c = ODD.charAt(random.nextInt(ODD.length()));
      switch (random.nextInt(4)) {
        case 0 -> odd.deleteCharAt(at);
        case 1 -> odd.setCharAt(at, c);
        case 2 -> odd.insert(at, odd.charAt(at));
        default -> odd.insert(at, c);
      }
      body.append(odd).append('\n');
    }
    return body.toString();
  }

  private String element(SetKey key) {
    StringBuilder element = new StringBuilder();
    for (MatcherType type : key.components()) {
      element.append(element.isEmpty() ? "" : pick(List.of(",", ", ", " ,\t", ",,")));
      element.append(component(type.payloadKind()));
    }
    return element.toString();
  }

  private String component(PayloadKind kind) {
    List<String> names = NameTable.of(kind).names();
    if (!names.isEmpty() && random.nextInt(4) == 0) {
      return random.nextBoolean() ? pick(names) : pick(names).toUpperCase(Locale.ROOT);
    }
    return switch (kind) {
      case IPV4_ADDRESS -> ipv4();
      case IPV4_NETWORK -> ipv4() + "/" + padding() + random.nextInt(33);
      case IPV6_ADDRESS -> ipv6();
      case IPV6_NETWORK -> ipv6() + "/" + padding() + random.nextInt(129);
      case PORT -> padding() + random.nextInt(1 << random.nextInt(17));
      default -> {
        int value = random.nextInt(256);
        yield switch (random.nextInt(4)) {
          case 0 -> "0x" + Integer.toHexString(value);
          case 1 -> Integer.toHexString(0xa0 | value);
          default -> padding() + value;
        };
      }
    };
  }

  private String padding() {
    return random.nextInt(8) == 0 ? "0".repeat(random.nextInt(25)) : "";
  }

  private String ipv4() {
    int bits = random.nextInt() & (random.nextBoolean() ? -1 : 0x0300_ff01);
    return AddressText.ipv4(bits);
  }

  private String ipv6() {
    StringBuilder text = new StringBuilder();
    int gap = random.nextInt(12);
    boolean dotted = random.nextInt(6) == 0;
    int groups = dotted ? 6 : 8;
    for (int i = 0; i < groups; i++) {
      if (i == gap) {
        text.append("::");
        i += random.nextInt(groups - i);
      } else {
        String group = Integer.toHexString(random.nextInt(1 << (4 * random.nextInt(5))));
        text.append(i == 0 || text.toString().endsWith("::") ? "" : ":").append(group);
      }
    }
    if (dotted) {
      text.append(text.toString().endsWith("::") ? "" : ":").append(ipv4());
    }
    return random.nextBoolean() ? text.toString() : text.toString().toUpperCase(Locale.ROOT);
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
