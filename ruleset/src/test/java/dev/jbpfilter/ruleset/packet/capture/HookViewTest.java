package dev.jbpfilter.ruleset.packet.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.packet.PacketDescription;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HookViewTest {
  private static final int ETHERNET = 14;

  private static byte[] frame(String packet) {
    return PacketDescription.parse(packet, InterfaceResolver.none()).frame();
  }

  private static CapturedPacket captured(int link, byte[] bytes, int original) {
    return new CapturedPacket(1, 0, 0, link, original, bytes);
  }

  private static byte[] behind(String header, byte[] frame) {
    byte[] link = HexFormat.of().parseHex(header);
    byte[] bytes = Arrays.copyOf(link, link.length + frame.length - ETHERNET);
    System.arraycopy(frame, ETHERNET, bytes, link.length, frame.length - ETHERNET);
    return bytes;
  }

  /** What a hook sees, and the size that it counts. */
  private static String seen(CapturedPacket packet, Hook hook) {
    return switch (HookView.of(packet, hook)) {
      case HookView.Seen(var input, long size, boolean cut) ->
          PacketDescription.of(input) + ", " + size + " bytes" + (cut ? ", cut" : "");
      case HookView.Unseen unseen -> unseen.toString();
    };
  }

  /** The same packet behind each link header, at hooks with one and without. */
  @ParameterizedTest
  @CsvSource({
    "1,   ''",
    "101, ''",
    "12,  ''",
    "228, ''",
    "113, 00000001000600000000000000000800",
    "276, 0800000000000001000100060000000000000000",
    "0,   02000000",
    "0,   00000002",
    "108, 00000002"
  })
  void linkHeadersSayWhatFollows(int link, String header) {
    byte[] frame = frame("udp 192.0.2.7:1 > 192.0.2.1:2");
    byte[] bytes = link == 1 ? frame : behind(header, frame);
    CapturedPacket packet = captured(link, bytes, bytes.length);
    String expected = "udp 192.0.2.7:1 > 192.0.2.1:2 on 1, 42 bytes";
    assertThat(seen(packet, Hook.XDP)).isEqualTo(expected);
    assertThat(seen(packet, Hook.TC_INGRESS)).isEqualTo(expected);
    assertThat(seen(packet, Hook.NF_LOCAL_IN)).isEqualTo(expected);
  }

  @Test
  void rawPacketsTellTheirVersionThemselves() {
    byte[] bytes = behind("", frame("udp [2001:db8::1]:1 > [2001:db8::2]:2"));
    for (int link : new int[] {101, 12, 14, 229}) {
      assertThat(seen(captured(link, bytes, bytes.length), Hook.NF_LOCAL_IN))
          .isEqualTo("udp [2001:db8::1]:1 > [2001:db8::2]:2 on 1, 62 bytes");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "XDP         | vlan 7 udp 192.0.2.7:1 > 192.0.2.1:2 on 1, 46 bytes",
        "TC_INGRESS  | udp 192.0.2.7:1 > 192.0.2.1:2 on 1, 42 bytes",
        "NF_LOCAL_IN | udp 192.0.2.7:1 > 192.0.2.1:2 on 1, 42 bytes",
      })
  void tagsAreWhereTheKernelHasThem(Hook hook, String expected) {
    byte[] frame = frame("vlan 7 udp 192.0.2.7:1 > 192.0.2.1:2");
    assertThat(seen(captured(1, frame, frame.length), hook)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "arp 192.0.2.7 > 192.0.2.1 | HOOK",
        "frame 0x88cc              | HOOK",
      })
  void netfilterSeesOnlyIp(String packet, String expected) {
    byte[] frame = frame(packet);
    assertThat(seen(captured(1, frame, frame.length), Hook.NF_LOCAL_IN)).isEqualTo(expected);
    assertThat(seen(captured(1, frame, frame.length), Hook.XDP)).contains("bytes");
  }

  @Test
  void paddingIsNoPartOfAPacketAtNetfilter() {
    byte[] frame = Arrays.copyOf(frame("udp 192.0.2.7:1 > 192.0.2.1:2"), 60);
    assertThat(seen(captured(1, frame, 60), Hook.NF_LOCAL_IN)).endsWith(", 42 bytes");
    assertThat(seen(captured(1, frame, 60), Hook.XDP)).endsWith(", 60 bytes");
  }

  @Test
  void whatWasNotCapturedCountsButIsNotThere() {
    byte[] frame = frame("udp 192.0.2.7:1 > 192.0.2.1:2 size 200");
    CapturedPacket some = captured(1, Arrays.copyOf(frame, 60), 200);
    assertThat(seen(some, Hook.XDP)).endsWith(", 200 bytes, cut");
    assertThat(seen(some, Hook.NF_LOCAL_IN)).endsWith(", 200 bytes, cut");
    CapturedPacket little = captured(1, Arrays.copyOf(frame, 30), 200);
    assertThat(seen(little, Hook.NF_LOCAL_IN)).isEqualTo("CUT");
    CapturedPacket nothing = captured(1, Arrays.copyOf(frame, 8), 200);
    assertThat(seen(nothing, Hook.XDP)).isEqualTo("CUT");
  }

  @Test
  void packetsThatContradictThemselvesDoNotComeToNetfilter() {
    byte[] frame = frame("udp 192.0.2.7:1 > 192.0.2.1:2");
    byte[] shorter = Arrays.copyOf(frame, frame.length - 1);
    assertThat(seen(captured(1, shorter, shorter.length), Hook.NF_LOCAL_IN)).isEqualTo("HOOK");
    byte[] other = frame.clone();
    other[ETHERNET] = 0x55;
    assertThat(seen(captured(1, other, other.length), Hook.NF_LOCAL_IN)).isEqualTo("HOOK");
  }

  @Test
  void otherLinkTypesAreNotGuessed() {
    assertThat(seen(captured(147, new byte[60], 60), Hook.XDP)).isEqualTo("LINK_TYPE");
    assertThatThrownBy(
            () -> HookView.of(captured(1, new byte[60], 60), Hook.CGROUP_SOCK_ADDR_CONNECT4))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void allPacketsOfAFlowHaveOneStandInForTheHash() {
    byte[] first = frame("udp 192.0.2.7:1 > 192.0.2.1:2");
    byte[] second = frame("udp 192.0.2.7:1 > 192.0.2.1:2 size 100");
    byte[] other = frame("udp 192.0.2.7:3 > 192.0.2.1:2");
    assertThat(hash(first)).isEqualTo(hash(second)).isNotEqualTo(hash(other)).isNotZero();
  }

  private static long hash(byte[] frame) {
    return HookView.of(captured(1, frame, frame.length), Hook.TC_INGRESS)
            instanceof HookView.Seen seen
        ? seen.input().flowHash()
        : 0;
  }
}
