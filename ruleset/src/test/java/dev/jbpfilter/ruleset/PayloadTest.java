package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PayloadTest {

  @Test
  void networksContainWhatSharesTheirPrefix() {
    Payload.Ipv4Network network = new Payload.Ipv4Network(0x0a0102ff, 24);
    assertThat(network.mask()).isEqualTo(0xffffff00);
    assertThat(network.contains(0x0a010200)).isTrue();
    assertThat(network.contains(0x0a010300)).isFalse();
    assertThat(new Payload.Ipv4Network(-1, 0).contains(0)).isTrue();
    assertThat(new Payload.Ipv4Network(5, 32).contains(4)).isFalse();
    Payload.Ipv6Network six = new Payload.Ipv6Network(1, 0x8000_0000_0000_0001L, 65);
    assertThat(six.highMask()).isEqualTo(-1);
    assertThat(six.lowMask()).isEqualTo(Long.MIN_VALUE);
    assertThat(six.contains(1, Long.MIN_VALUE)).isTrue();
    assertThat(six.contains(1, 1)).isFalse();
    assertThat(new Payload.Ipv6Network(1, 2, 0).contains(-1, -1)).isTrue();
    assertThat(new Payload.Ipv6Network(1, 2, 64).contains(1, -1)).isTrue();
    assertThat(new Payload.Ipv6Network(1, 2, 64).contains(0, 2)).isFalse();
    assertThat(new Payload.Ipv6Network(1, 2, 128).contains(1, 3)).isFalse();
  }

  @Test
  void thresholdsAreRoundedDown() {
    assertThat(new Payload.Percentage(0).threshold()).isZero();
    assertThat(new Payload.Percentage(100).threshold()).isEqualTo(0xffff_ffffL);
    assertThat(new Payload.Percentage(50).threshold()).isEqualTo(0x7fff_ffffL);
    assertThat(new Payload.Percentage(75).threshold()).isEqualTo(3221225471L);
  }

  @Test
  void refusesWhatIsOutOfBounds() {
    assertThatThrownBy(() -> new Payload.Scalar(-1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> new Payload.Scalar(1L << 32)).hasMessageContaining("4294967296");
    assertThatThrownBy(() -> new Payload.Range(2, 1)).hasMessageContaining("2-1");
    assertThatThrownBy(() -> new Payload.Ipv4Network(0, 33)).hasMessageContaining("33");
    assertThatThrownBy(() -> new Payload.Ipv6Network(0, 0, 129)).hasMessageContaining("129");
    assertThatThrownBy(() -> new Payload.Flags(0)).hasMessageContaining("0");
    assertThatThrownBy(() -> new Payload.Flags(256)).hasMessageContaining("256");
    assertThatThrownBy(() -> new Payload.Percentage(100.1f)).hasMessageContaining("100.1");
    assertThatThrownBy(() -> new Payload.Percentage(Float.NaN)).hasMessageContaining("NaN");
  }
}
