package dev.jbpfilter.fuzz;

import dev.jbpfilter.cgen.analysis.InterpretedChain;
import dev.jbpfilter.cgen.analysis.Outcome;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.packet.PacketInput;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A packet as a test gives it to a chain: a frame with its Ethernet header, whatever the hook sees
 * of it, and what the kernel knows besides. Immutable.
 *
 * <p>It comes from interface 1, or goes to it, as the kernel's test runs have it. In those, packets
 * at the input hooks of Netfilter come from nowhere, and the index reads 0.
 */
public final class TestPacket {
  private static final int ETHERNET = 14;
  private static final int ETHER_TYPE = 12;
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;
  private static final int FIRST_ETHER_TYPE = 0x600;

  private static final Pattern TEXT =
      Pattern.compile(
          "linear (\\d+) interface (\\d+) mark (\\d+) hash (-?\\d+) random (-?\\d+) frame ([0-9a-f]*)");

  private final byte[] frame;
  private final int linear;
  private final int ifindex;
  private final long mark;
  private final int flowHash;
  private final int random;

  private TestPacket(byte[] frame, int linear, int ifindex, long mark, int flowHash, int random) {
    this.frame = frame;
    this.linear = linear;
    this.ifindex = ifindex;
    this.mark = mark;
    this.flowHash = flowHash;
    this.random = random;
  }

  /** A random packet for an interpreter, one that {@linkplain #canBeTestRun can be test-run}. */
  public static TestPacket random(RandomGenerator random, Hook hook) {
    return random(random, hook, 1, Aim.none(random));
  }

  /** The same with values that a chain's rules compare with. */
  public static TestPacket random(RandomGenerator random, Chain chain) {
    return random(random, chain.hook(), 1, Aim.at(random, chain));
  }

  /** A random packet for a test run in the kernel. */
  public static TestPacket forTestRun(RandomGenerator random, Hook hook) {
    return random(random, hook, testRunInterface(hook), Aim.none(random));
  }

  /** The same with values that a chain's rules compare with. */
  public static TestPacket forTestRun(RandomGenerator random, Chain chain) {
    return random(random, chain.hook(), testRunInterface(chain.hook()), Aim.at(random, chain));
  }

  private static int testRunInterface(Hook hook) {
    return switch (hook) {
      case NF_PRE_ROUTING, NF_LOCAL_IN, NF_FORWARD -> 0;
      default -> 1;
    };
  }

  private static TestPacket random(RandomGenerator random, Hook hook, int ifindex, Aim aim) {
    Picking draw = new Picking(random);
    while (true) {
      byte[] frame = Frames.random(random, aim);
      int linear =
          draw.oneIn(2) ? frame.length : ETHERNET + random.nextInt(frame.length - ETHERNET + 1);
      int flowHash = draw.pick(Corners.RANDOM_NUMBERS);
      long mark =
          draw.oneIn(2)
              ? draw.pick(Corners.MARKS)
              : aim.number(MatcherType.META_MARK).orElseGet(() -> draw.pick(Corners.MARKS));
      TestPacket packet =
          new TestPacket(
              frame,
              linear,
              ifindex,
              mark & 0xffff_ffffL,
              flowHash == 0 ? 1 : flowHash,
              draw.pick(Corners.RANDOM_NUMBERS));
      if (packet.canBeTestRun(hook)) {
        return packet;
      }
    }
  }

  /**
   * What {@link #toString()} wrote.
   *
   * @throws IllegalArgumentException if it did not
   */
  public static TestPacket parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a packet: " + text);
    }
    return new TestPacket(
        HexFormat.of().parseHex(matcher.group(6)),
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Long.parseLong(matcher.group(3)),
        Integer.parseInt(matcher.group(4)),
        Integer.parseInt(matcher.group(5)));
  }

  /** The same with another frame, all of it linear. */
  public static TestPacket of(byte[] frame) {
    return new TestPacket(frame.clone(), frame.length, 1, 0, 1, 0);
  }

  /** The same from or to another interface. */
  public TestPacket withInterface(int index) {
    return new TestPacket(frame, linear, index, mark, flowHash, random);
  }

  /** The same with another mark. */
  public TestPacket withMark(long value) {
    return new TestPacket(frame, linear, ifindex, value, flowHash, random);
  }

  /** The same with another flow hash of the kernel. */
  public TestPacket withFlowHash(int value) {
    return new TestPacket(frame, linear, ifindex, mark, value, random);
  }

  /** The same with another number drawn for {@code meta.probability}. */
  public TestPacket withRandom(int value) {
    return new TestPacket(frame, linear, ifindex, mark, flowHash, value);
  }

  /** The same with so much of the frame in its first buffer. */
  public TestPacket withLinear(int bytes) {
    return new TestPacket(frame, bytes, ifindex, mark, flowHash, random);
  }

  /**
   * Whether the kernel takes the frame for a test run. Programs that see no link header get only
   * packets of their protocols.
   */
  public boolean canBeTestRun(Hook hook) {
    int least =
        switch (etherType()) {
          case IPV4 -> ETHERNET + 20;
          case IPV6 -> ETHERNET + 40;
          default -> ETHERNET;
        };
    return switch (hook.flavor()) {
      case XDP -> frame.length >= ETHERNET;
      case TC, CGROUP_SKB -> frame.length >= least;
      case NETFILTER ->
          least > ETHERNET && frame.length >= (hook == Hook.NF_LOCAL_OUT ? ETHERNET + 20 : least);
      case CGROUP_SOCK_ADDR -> false;
    };
  }

  private int u16(int offset) {
    return offset + 2 > frame.length
        ? 0
        : Short.toUnsignedInt(ByteBuffer.wrap(frame).getShort(offset));
  }

  private int etherType() {
    return u16(ETHER_TYPE);
  }

  /** What the kernel takes the packet for, where programs do not see it themselves. */
  private int protocol() {
    int type = etherType();
    if (type >= FIRST_ETHER_TYPE) {
      return type;
    }
    // ETH_P_802_3 and ETH_P_802_2
    return u16(ETHERNET) == 0xffff ? 1 : 4;
  }

  /** A copy of the frame. */
  public byte[] frame() {
    return frame.clone();
  }

  /** The frame from its network header on. */
  public byte[] packet() {
    return Arrays.copyOfRange(frame, ETHERNET, frame.length);
  }

  /** How much of the frame is in its first buffer. */
  public int linear() {
    return linear;
  }

  /** The mark; Netfilter programs get 0 in a test run. */
  public long mark() {
    return mark;
  }

  /** What is drawn for {@code meta.probability}. */
  int random() {
    return random;
  }

  /** {@code NFPROTO_IPV4} or {@code NFPROTO_IPV6}. */
  public int protocolFamily() {
    return etherType() == IPV6 ? 10 : 2;
  }

  /** {@code enum nf_inet_hooks}. */
  public static int netfilterHook(Hook hook) {
    return switch (hook) {
      case NF_PRE_ROUTING -> 0;
      case NF_LOCAL_IN -> 1;
      case NF_FORWARD -> 2;
      case NF_LOCAL_OUT -> 3;
      case NF_POST_ROUTING -> 4;
      default -> throw new IllegalArgumentException(hook.keyword());
    };
  }

  /** The packet as the reference evaluator takes it. */
  public PacketInput input(Hook hook) {
    PacketInput input =
        hook.flavor().hasLinkHeader()
            ? PacketInput.ofFrame(frame)
            : PacketInput.ofPacket(protocol(), packet());
    return (hook.flavor() == Flavor.NETFILTER ? input : input.withMark(mark))
        .withInterfaceIndex(ifindex)
        .withFlowHash(Integer.toUnsignedLong(flowHash));
  }

  /** A run of a chain's program in the interpreter. */
  public Outcome run(InterpretedChain chain) {
    return chain.run(input(chain.hook()), linear);
  }

  /** All of it, as {@link #parse} reads it. */
  @Override
  public String toString() {
    return "linear "
        + linear
        + " interface "
        + ifindex
        + " mark "
        + mark
        + " hash "
        + flowHash
        + " random "
        + random
        + " frame "
        + HexFormat.of().formatHex(frame);
  }
}
