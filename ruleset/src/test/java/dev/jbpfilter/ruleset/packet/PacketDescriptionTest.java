package dev.jbpfilter.ruleset.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.Policy;
import dev.jbpfilter.ruleset.packet.PacketDescription.Form;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketDescriptionTest {
  private static final InterfaceResolver INTERFACES =
      name -> name.equals("eth0") ? OptionalLong.of(7) : OptionalLong.empty();

  private static PacketDescription parse(String text) {
    return PacketDescription.parse(text, INTERFACES);
  }

  private static Chain chain(Hook hook) {
    return new Chain("c", hook, Policy.ACCEPT, List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp 192.0.2.7:40000 > 198.51.100.1:80 syn",
        "tcp 192.0.2.7:40000 > 198.51.100.1:80 syn,ack",
        "tcp 192.0.2.7:40000 > 198.51.100.1:80 none dscp cs1 size 200 mark 0x7",
        "udp [2001:db8::7]:40000 > [2001:db8::1]:53",
        "udp [2001:db8::7]:40000 > [2001:db8::1]:53 behind hop",
        "tcp [2001:db8::7]:40000 > [2001:db8::1]:53 fin dscp ef behind ah",
        "icmp 192.0.2.7 > 192.0.2.1 redirect code 1",
        "icmpv6 2001:db8::7 > 2001:db8::1 echo-request",
        "gre 192.0.2.7 > 192.0.2.1",
        "200 192.0.2.7 > 192.0.2.1",
        "udp 192.0.2.7 > 198.51.100.1 fragment",
        "udp 2001:db8::7 > 2001:db8::1 fragment",
        "tcp 192.0.2.7:40000 > 198.51.100.1:80 syn cut",
        "arp 192.0.2.7 > 192.0.2.1",
        "frame 0x88cc",
        "vlan 7 tcp 192.0.2.7:40000 > 198.51.100.1:80 syn",
        "vlan 7 frame 0x88cc size 60",
        "tcp 192.0.2.7:1 > 198.51.100.1:2 syn on 7 mark 0xffffffff hash 0x10 random 0x0",
        "hex 02000000000202000000000188cc mark 0x1",
        "connect tcp 192.0.2.20:5432",
        "connect udp [2001:db8::20]:5432",
        "send udp 192.0.2.7 > 198.51.100.1:53",
        "send udp 2001:db8::7 > [2001:db8::1]:53"
      })
  void printsWhatItRead(String text) {
    assertThat(parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({
    "tcp 192.0.2.7 > 192.0.2.1,          tcp 192.0.2.7:40000 > 192.0.2.1:9 syn",
    "udp 192.0.2.7 > 192.0.2.1:53,       udp 192.0.2.7:40000 > 192.0.2.1:53",
    "icmp 192.0.2.7 > 192.0.2.1,         icmp 192.0.2.7 > 192.0.2.1 echo-request",
    "udp 192.0.2.7 > 192.0.2.1 on eth0,  udp 192.0.2.7:40000 > 192.0.2.1:9 on 7",
    "TCP 192.0.2.7 > 192.0.2.1 SYN,      tcp 192.0.2.7:40000 > 192.0.2.1:9 syn",
    "6 192.0.2.7 > 192.0.2.1,            tcp 192.0.2.7:40000 > 192.0.2.1:9 syn",
  })
  void completesWhatIsNotSaid(String text, String whole) {
    assertThat(parse(text)).hasToString(whole);
  }

  /** What is refused, where, and what is said. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                | 0-0   | a packet begins with its protocol",
        "tpc 192.0.2.7 > 192.0.2.1         | 0-3   | 'tpc' is no protocol",
        "tcp                               | 3-3   | an address is missing",
        "tcp 192.0.2.7                     | 13-13 | expected '>'",
        "tcp 192.0.2.7 to 192.0.2.1        | 14-16 | expected '>'",
        "tcp 192.0.2.7 >                   | 15-15 | an address is missing",
        "tcp 192.0.2.300 > 192.0.2.1       | 4-15  | 'src' expects an IPv4 or IPv6 address",
        "tcp 192.0.2.7:x > 192.0.2.1       | 4-15  | 'sport' expects a decimal port",
        "tcp [2001:db8::1] > 2001:db8::2   | 4-17  | an address in brackets needs a port",
        "tcp 192.0.2.7 > 2001:db8::2       | 0-27  | addresses of different families",
        "tcp 192.0.2.7 > 192.0.2.1 sin     | 26-29 | 'flags' expects TCP flags",
        "tcp 192.0.2.7 > 192.0.2.1 syn x   | 30-31 | 'x' means nothing here",
        "udp 192.0.2.7 > 192.0.2.1 syn     | 26-29 | 'syn' means nothing here",
        "udp 192.0.2.7 > 192.0.2.1 type 3  | 0-32  | 'type' needs icmp or icmpv6",
        "udp 192.0.2.7 > 192.0.2.1 behind 0| 0-34  | 'behind' needs addresses of IPv6",
        "udp 192.0.2.7 > 192.0.2.1 mark    | 30-30 | 'mark' expects a number",
        "udp 192.0.2.7 > 192.0.2.1 cut cut | 30-33 | 'cut' is said twice",
        "udp 192.0.2.7 > 192.0.2.1 on eth9 | 29-33 | 'on' expects an interface name",
        "gre 192.0.2.7:1 > 192.0.2.1       | 0-27  | 'sport' needs tcp or udp",
        "gre 192.0.2.7 > 192.0.2.1 cut     | 0-29  | 'cut' needs tcp, udp, icmp or icmpv6",
        "frame 0x88cc dscp cs1             | 0-21  | 'frame' does not go with 'dscp'",
        "hex 0                             | 4-5   | 'hex' expects the bytes of a frame",
        "hex 00                            | 4-6   | 'hex' has 1 bytes, not 14 to 65535",
        "vlan 5000 frame 0x88cc            | 5-9   | 'vlan' expects a number from 0 to 4095",
        "connect tcp 192.0.2.1:1 mark 1    | 0-30  | 'mark' needs a packet; this is a call",
        "send udp 192.0.2.1:1 > 192.0.2.2:2| 0-34  | 'sport' needs a packet; this is a call",
      })
  void refuses(String text, String place, String message) {
    PacketSyntaxException refusal =
        catchThrowableOfType(PacketSyntaxException.class, () -> parse(text));
    assertThat(refusal).hasMessageContaining(message);
    assertThat(refusal.diagnostic().span().start() + "-" + refusal.diagnostic().span().end())
        .isEqualTo(place);
  }

  @Test
  void describesWhatItBuilt() {
    for (String text :
        List.of(
            "tcp 192.0.2.7:40000 > 198.51.100.1:80 syn,ack dscp cs1 on 3 mark 0x5",
            "udp [2001:db8::7]:40000 > [2001:db8::1]:53 behind hop on 1",
            "icmp 192.0.2.7 > 192.0.2.1 redirect code 1 on 1",
            "gre 192.0.2.7 > 192.0.2.1 on 1",
            "udp 192.0.2.7 > 198.51.100.1 fragment on 1",
            "arp 192.0.2.7 > 192.0.2.1 on 1",
            "frame 0x88cc on 1",
            "vlan 7 icmpv6 2001:db8::7 > 2001:db8::1 echo-reply on 1")) {
      PacketInput packet = parse(text).packet(chain(Hook.TC_INGRESS));
      assertThat(PacketDescription.of(packet)).hasToString(text);
    }
  }

  @Test
  void aPacketIsSeenAsTheHookSeesIt() {
    PacketDescription packet = parse("tcp 192.0.2.7:40000 > 198.51.100.1:80");
    assertThat(packet.packet(chain(Hook.XDP)).length()).isEqualTo(54);
    PacketInput local = packet.packet(chain(Hook.NF_LOCAL_IN));
    assertThat(local.length()).isEqualTo(40);
    assertThat(local.etherType()).isEqualTo(0x0800);
    assertThat(packet.call(Hook.CGROUP_SOCK_ADDR_CONNECT4))
        .hasToString(
            parse("connect tcp 198.51.100.1:80").call(Hook.CGROUP_SOCK_ADDR_CONNECT4).toString());
    assertThatThrownBy(() -> packet.packet(chain(Hook.CGROUP_SOCK_ADDR_CONNECT4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("see socket calls");
    assertThatThrownBy(() -> parse("frame 0x88cc").packet(chain(Hook.NF_LOCAL_IN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("only IPv4 and IPv6");
    assertThatThrownBy(() -> parse("connect tcp 192.0.2.1:1").packet(chain(Hook.XDP)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not socket calls");
    assertThatThrownBy(() -> packet.call(Hook.XDP)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isBuiltFromWords() {
    PacketWords words =
        new PacketWords(Form.PACKET, INTERFACES, word -> "--" + word.text())
            .say(PacketWord.PROTOCOL, "icmpv6")
            .say(PacketWord.TYPE, "echo-reply");
    assertThat(words.build()).hasToString("icmpv6 2001:db8::1 > 2001:db8::2 echo-reply");
    assertThatThrownBy(() -> words.say(PacketWord.SPORT, "x"))
        .hasMessage("--sport expects a decimal port from 0 to 65535, not 'x'");
  }

  @Test
  void sizesCountTheWholeFrame() {
    assertThat(parse("udp 192.0.2.1:1 > 192.0.2.2:2 size 100").frame()).hasSize(100);
    assertThat(parse("udp 192.0.2.1:1 > 192.0.2.2:2 size 20").frame()).hasSize(20);
    assertThat(parse("udp 192.0.2.1:1 > 192.0.2.2:2 cut").frame()).hasSize(14 + 20 + 4);
  }
}
