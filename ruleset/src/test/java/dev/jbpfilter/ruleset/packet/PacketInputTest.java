package dev.jbpfilter.ruleset.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PacketInputTest {
  private static final byte[] BYTES = {(byte) 0x81, 2, 3, 4, 5, 6, 7, (byte) 0x88};

  @Test
  void readsNetworkOrder() {
    PacketInput input = PacketInput.ofFrame(BYTES);
    assertThat(input.u8(0)).isEqualTo(0x81);
    assertThat(input.u16(0)).isEqualTo(0x8102);
    assertThat(input.i32(4)).isEqualTo(0x05060788);
    assertThat(input.i64(0)).isEqualTo(0x8102030405060788L);
    assertThat(input.length()).isEqualTo(8);
  }

  @Test
  void keepsItsOwnBytes() {
    byte[] bytes = BYTES.clone();
    PacketInput input = PacketInput.ofFrame(bytes);
    bytes[0] = 0;
    input.toByteArray()[1] = 0;
    assertThat(input.toByteArray()).isEqualTo(BYTES);
  }

  @Test
  void knowsWhatTheKernelSays() {
    PacketInput input =
        PacketInput.ofPacket(0x86dd, BYTES)
            .withInterfaceIndex(0xffff_ffffL)
            .withMark(7)
            .withFlowHash(8);
    assertThat(input.hasLinkHeader()).isFalse();
    assertThat(input.etherType()).isEqualTo(0x86dd);
    assertThat(input.interfaceIndex()).isEqualTo(0xffff_ffffL);
    assertThat(input.mark()).isEqualTo(7);
    assertThat(input.flowHash()).isEqualTo(8);
    assertThatThrownBy(() -> PacketInput.ofFrame(BYTES).etherType())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> input.withMark(1L << 32)).hasMessageContaining("4294967296");
    assertThatThrownBy(() -> PacketInput.ofPacket(-1, BYTES)).hasMessageContaining("-1");
  }
}
