package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.testing.NetworkNamespace;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.loader.testing.Shell;
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.packet.PacketBuilder;
import dev.jbpfilter.ruleset.packet.PacketInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames that no test run takes: short ones, and headers outside the linear area of a buffer. */
@RequiresBpf
class RawFrameTest {
  private static final int GREAT = 2 * TapDevice.NONLINEAR_SIZE;

  /** Whatever needs all layers, and what is logged of them. */
  private static final String RULES =
      """
       DROP
      rule meta.l3_proto not 0x88b5 counter log CONTINUE
      rule ip4.daddr 198.51.100.2 counter log internet CONTINUE
      rule ip4.dscp not ef counter CONTINUE
      rule ip6.nexthdr not dst counter CONTINUE
      rule ip6.daddr 2001:db8::2 counter CONTINUE
      rule meta.l4_proto tcp counter CONTINUE
      rule tcp.dport range 79-80 tcp.flags syn counter log transport CONTINUE
      rule (udp.sport, udp.dport) in {53, 80} counter CONTINUE
      rule icmpv6.type not 7 counter CONTINUE
      rule meta.mark 14 counter CONTINUE
      rule meta.mark not 59 counter CONTINUE
      """;

  private NetworkNamespace namespace;
  private TapDevice tap;
  private LinearSizeMark mark;
  private Filtering filtering;

  @BeforeEach
  void create() throws IOException {
    namespace = new NetworkNamespace();
    tap = new TapDevice(namespace, "t0", "02:00:00:00:00:02");
    for (String device : new String[] {"v0", "v1"}) {
      Shell.run("ip", "-n", namespace.name(), "link", "set", device, "addrgenmode", "none");
      Shell.run("ip", "-n", namespace.name(), "link", "set", device, "up");
    }
    mark = new LinearSizeMark(namespace, "t0");
    filtering = new Filtering();
  }

  @AfterEach
  void remove() throws IOException {
    filtering.close();
    mark.close();
    tap.close();
    namespace.close();
  }

  private static PacketBuilder ipv4() {
    return PacketBuilder.ethernet().ipv4("192.0.2.1", "198.51.100.2");
  }

  private static PacketBuilder ipv6() {
    return PacketBuilder.ethernet().ipv6("2001:db8::1", "2001:db8::2");
  }

  private static Map<String, PacketBuilder> packets() {
    Map<String, PacketBuilder> packets = new LinkedHashMap<>();
    packets.put("tcp", ipv4().tcp(40000, 80, Packets.SYN));
    packets.put("options and tcp", ipv4().ipv4Options(6).tcp(40000, 80, Packets.SYN));
    packets.put("udp", ipv4().udp(53, 80));
    packets.put("ipv6 tcp", ipv6().tcp(40000, 80, Packets.SYN));
    packets.put(
        "extensions and tcp",
        ipv6().extension(60, 2).fragmentHeader(0, true).tcp(40000, 80, Packets.SYN));
    packets.put("extension and udp", ipv6().extension(60, 0).udp(53, 80));
    packets.put("icmpv6", ipv6().icmpv6(128, 0));
    packets.put("ah and icmpv6", ipv6().authentication(4).icmpv6(128, 0));
    return packets;
  }

  private void set(String name, Hook hook, String device, String rules) {
    String where =
        hook.flavor() == Flavor.NETFILTER
            ? "priorities=101-102"
            : "ifindex=" + RoutedHosts.index(namespace, device);
    filtering.set(namespace, "chain " + name + " " + hook.keyword() + "{" + where + "}" + rules);
  }

  /** On the way out, frames come from a rule that redirects them. */
  private WatchedChain watch(Hook hook) {
    if (hook == Hook.TC_EGRESS) {
      int device = RoutedHosts.index(namespace, "v0");
      String rule = " DROP rule meta.probability 100% REDIRECT " + device + " out";
      set("in", Hook.TC_INGRESS, "t0", rule);
    }
    set("c", hook, hook == Hook.TC_EGRESS ? "v0" : "t0", RULES);
    return new WatchedChain(filtering, "c");
  }

  private void check(WatchedChain chain, Hook hook, String name, byte[] frame, int linear) {
    PacketInput input =
        hook.flavor().hasLinkHeader()
            ? PacketInput.ofFrame(frame)
            : PacketInput.ofPacket(
                Short.toUnsignedInt(ByteBuffer.wrap(frame).getShort(12)),
                Arrays.copyOfRange(frame, 14, frame.length));
    int marked = linear == 0 ? frame.length : linear;
    tap.receive(frame, linear);
    assertThat(chain.observed())
        .as("%s of %d bytes, %d of them linear", name, frame.length, linear)
        .isEqualTo(chain.expected(evaluator -> evaluator.evaluate(input.withMark(marked))));
  }

  @ParameterizedTest
  @EnumSource(
      value = Hook.class,
      names = {"TC_INGRESS", "TC_EGRESS", "NF_PRE_ROUTING"})
  void headersOutsideTheLinearArea(Hook hook) {
    try (WatchedChain chain = watch(hook)) {
      packets()
          .forEach((name, packet) -> {
            byte[] frame = packet.payload(GREAT).build();
            for (int linear = 14; linear <= 128; linear += 3) {
              check(chain, hook, name, frame, linear);
            }
          });
    }
  }

  /** A frame that is cut off in a header, all of it in the linear area. */
  @ParameterizedTest
  @EnumSource(
      value = Hook.class,
      names = {"TC_INGRESS", "TC_EGRESS"})
  void shortFrames(Hook hook) {
    // A frame without payload is not redirected.
    int least = hook == Hook.TC_INGRESS ? 14 : 15;
    try (WatchedChain chain = watch(hook)) {
      packets()
          .forEach((name, packet) -> {
            byte[] frame = packet.build();
            for (int size = least; size <= frame.length; size++) {
              check(chain, hook, name, Arrays.copyOf(frame, size), 0);
            }
          });
    }
  }
}
