package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Elements as {@code chain update-set} takes them, and what they do to a set of a chain. */
class SetChangeTest {
  private static final SetKey PORT = SetKey.of(MatcherType.TCP_DPORT);
  private static final SetKey NETWORK = SetKey.of(MatcherType.IP4_SNET);

  private static SetElements elements(SetKey key, String elements) {
    return SetElements.parse(key, elements.isEmpty() ? List.of() : List.of(elements.split(" ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          192.0.2.1,443
          ` 192.0.2.1 , 443 `
          `192.0.2.1\t,\n443`
          192.0.2.1,,443,
          192.0.2.1, 0443
          """)
  void readsAnElement(String text) {
    SetKey key = SetKey.of(MatcherType.IP4_SADDR, MatcherType.TCP_DPORT);
    assertThat(SetElements.parse(key, List.of(text)))
        .isEqualTo(SetElements.builder(key).addNumbers(0xc0000201, 443).build());
  }

  @Test
  void keepsOneOfEqualElements() {
    assertThat(SetElements.parse(PORT, List.of("80", "443", "080")))
        .isEqualTo(SetElements.builder(PORT).addNumbers(80, 443).build());
    assertThat(SetElements.parse(PORT, List.of())).isEqualTo(SetElements.empty(PORT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          TCP_DPORT | foo | 0 | 3 | "tcp.dport in" expects a decimal port from 0 to 65535, not 'foo'
          TCP_DPORT | `80;443` | 0 | 6 | "tcp.dport in" expects a decimal port from 0 to 65535, not '80;443'
          TCP_DPORT | {80} | 0 | 4 | "tcp.dport in" expects a decimal port from 0 to 65535, not '{80}'
          TCP_DPORT | ` x ` | 1 | 2 | "tcp.dport in" expects a decimal port from 0 to 65535, not 'x'
          TCP_DPORT | 80, 443 | 0 | 7 | set element '80, 443' has more components than defined in the key (tcp.dport): Invalid argument
          TCP_DPORT | ` ` | 1 | 1 | set element '' has a missing component of the key (tcp.dport): Invalid argument
          IP4_SNET | 10.0.0.0 | 0 | 8 | "ip4.snet in" expects an IPv4 network: address, '/', prefix length from 0 to 32, not '10.0.0.0'
          """)
  void refusesAnElement(MatcherType type, String text, int start, int end, String message) {
    SetElementException thrown =
        catchThrowableOfType(
            SetElementException.class,
            () -> SetElements.parse(SetKey.of(type), List.of("1", text).subList(1, 2)));
    assertThat(thrown.element()).isEqualTo(text);
    assertThat(thrown.diagnostic().message()).startsWith(message);
    assertThat(thrown.diagnostic().span()).isEqualTo(new Span(start, end));
    assertThat(thrown).hasMessageStartingWith(message);
  }

  @Test
  void namesTheBadOneOfSeveral() {
    assertThatThrownBy(() -> SetElements.parse(PORT, List.of("80", "65536", "443")))
        .isInstanceOf(SetElementException.class)
        .hasMessageContaining("'65536'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '' | '' | '' | ''
          1.0.0.0/8 2.0.0.0/8 | 3.0.0.0/8 1.0.0.0/8 | 1.0.0.0/8 2.0.0.0/8 3.0.0.0/8 | 2.0.0.0/8
          10.1.2.3/8 | 10.0.0.0/8 10.0.0.0/9 | 10.1.2.3/8 10.0.0.0/9 | ''
          '' | 10.1.2.3/8 | 10.1.2.3/8 | ''
          10.1.2.3/8 | '' | 10.1.2.3/8 | 10.1.2.3/8
          9.0.0.0/8 8.0.0.0/8 7.0.0.0/8 | 8.0.0.0/8 | 9.0.0.0/8 8.0.0.0/8 7.0.0.0/8 | 9.0.0.0/8 7.0.0.0/8
          1.1.1.1/0 | 2.2.2.2/0 | 1.1.1.1/0 | ''
          """)
  void addsAndRemoves(String old, String change, String sum, String difference) {
    SetElements elements = elements(NETWORK, old);
    assertThat(elements.plus(elements(NETWORK, change))).isEqualTo(elements(NETWORK, sum));
    assertThat(elements.minus(elements(NETWORK, change))).isEqualTo(elements(NETWORK, difference));
  }

  @Test
  void refusesElementsOfAnotherKey() {
    SetElements ports = elements(PORT, "80");
    SetElements networks = elements(NETWORK, "10.0.0.0/8");
    assertThatThrownBy(() -> ports.plus(networks))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a set of (tcp.dport) and one of (ip4.snet) can't be combined");
    assertThatThrownBy(() -> ports.minus(networks)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void changesTheFirstSetOfAName() {
    String text =
        """
        chain a BF_HOOK_XDP ACCEPT
          set s (tcp.dport) in {%s}
          set s (tcp.dport) in {7}
          rule (tcp.dport) in s (tcp.sport) not in {5} counter DROP
        """;
    Chain old = Texts.chain(text.formatted(""));
    assertThat(old.isEnabled(old.rules().getFirst())).isFalse();
    Chain changed = old.withSet("s", elements(PORT, "80 443"));
    assertThat(changed.withoutSpans())
        .isEqualTo(Texts.chain(text.formatted("80;443")).withoutSpans());
    assertThat(changed.isEnabled(changed.rules().getFirst())).isTrue();
    assertThat(changed.withSet("s", SetElements.empty(PORT))).isEqualTo(old);
  }

  @Test
  void refusesSetsThatAreNotThere() {
    Chain chain = Texts.chain("chain a BF_HOOK_XDP ACCEPT set s (tcp.dport) in {80}");
    assertThatThrownBy(() -> chain.withSet("t", SetElements.empty(PORT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("chain 'a' has no set 't'");
    assertThatThrownBy(() -> chain.withSet("s", SetElements.empty(NETWORK)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("set 's' has the key (tcp.dport), not (ip4.snet)");
  }
}
