package dev.jbpfilter.tests;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.CounterMap;
import dev.jbpfilter.cgen.LogMap;
import dev.jbpfilter.cgen.analysis.Count;
import dev.jbpfilter.cgen.analysis.Outcome;
import dev.jbpfilter.fuzz.TestPacket;
import dev.jbpfilter.loader.kernel.BpfMap;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.RingBuffer;
import dev.jbpfilter.loader.kernel.TestRun;
import dev.jbpfilter.loader.kernel.TestRunResult;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.packet.WireBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** A compiled chain in the kernel, not pinned, for BPF_PROG_TEST_RUN. */
final class KernelChain implements AutoCloseable {
  /** One for all, so that its types are read once. */
  private static final Kernel KERNEL = Kernel.system();

  /** {@code struct xdp_md}, {@code __sk_buff} and {@code nf_hook_state}. */
  private static final int XDP_CONTEXT = 24;

  private static final int SKB_CONTEXT = 192;
  private static final int NETFILTER_CONTEXT = 48;
  private static final int DATA_END = 4;
  private static final int MARK = 8;
  private static final int INGRESS_IFINDEX = 36;

  private final Hook hook;
  private final Map<String, BpfMap> maps;
  private final BpfProgram program;
  private final @Nullable RingBuffer ring;

  /** What was read last. */
  private final List<Count> counters;

  private KernelChain(Hook hook, Map<String, BpfMap> maps, BpfProgram program) {
    this.hook = hook;
    this.maps = maps;
    this.program = program;
    BpfMap log = maps.remove(LogMap.NAME);
    ring = log == null ? null : KERNEL.openRingBuffer(log);
    counters = counters();
  }

  static KernelChain load(CompiledChain chain) {
    Map<String, BpfMap> maps = new LinkedHashMap<>();
    try {
      for (MapSpec spec : chain.maps()) {
        maps.put(spec.name(), KERNEL.createMap(spec));
      }
      BpfProgram program = KERNEL.loadProgram(chain.program(), maps);
      return new KernelChain(chain.chain().hook(), maps, program);
    } catch (RuntimeException e) {
      maps.values().forEach(BpfMap::close);
      throw e;
    }
  }

  BpfProgram program() {
    return program;
  }

  /** Runs the program on a packet, all of which is linear. */
  Outcome run(TestPacket packet) {
    return run(whole(packet));
  }

  /**
   * The same, but reads only the counters that are to grow: in a long chain the others are many.
   */
  Outcome run(TestPacket packet, Outcome expected) {
    return run(whole(packet), expected);
  }

  private TestRun whole(TestPacket packet) {
    TestRun run = TestRun.of(hook == Hook.NF_LOCAL_OUT ? packet.packet() : packet.frame());
    byte[] context = context(packet);
    return context.length == 0 ? run : run.withContext(context);
  }

  /** Runs an XDP program on a packet whose first buffer ends early. */
  Outcome runSplit(TestPacket packet) {
    return run(split(packet));
  }

  /** The same, but reads only the counters that are to grow. */
  Outcome runSplit(TestPacket packet, Outcome expected) {
    return run(split(packet), expected);
  }

  private static TestRun split(TestPacket packet) {
    byte[] context = new byte[XDP_CONTEXT];
    numbers(context).putInt(DATA_END, packet.linear());
    return TestRun.of(packet.frame()).withContext(context);
  }

  private byte[] context(TestPacket packet) {
    return switch (hook.flavor()) {
      case XDP -> new byte[0];
      case TC, CGROUP_SKB -> {
        byte[] context = new byte[SKB_CONTEXT];
        numbers(context).putInt(MARK, (int) packet.mark()).putInt(INGRESS_IFINDEX, 2);
        yield context;
      }
      case NETFILTER -> {
        byte[] context = new byte[NETFILTER_CONTEXT];
        context[0] = (byte) TestPacket.netfilterHook(hook);
        context[1] = (byte) packet.protocolFamily();
        yield context;
      }
      case CGROUP_SOCK_ADDR ->
          throw new IllegalArgumentException(hook.keyword() + " has no test run");
    };
  }

  private static ByteBuffer numbers(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Runs the program and returns what it did. */
  Outcome run(TestRun input) {
    return run(input, i -> true);
  }

  private Outcome run(TestRun input, Outcome expected) {
    return run(input, i -> !expected.counters().get(i).equals(Count.ZERO));
  }

  /**
   * @param read which counters to read; of the others, growth shows when they are read next
   */
  private Outcome run(TestRun input, IntPredicate read) {
    TestRunResult result = program.run(input);
    List<Count> difference = new ArrayList<>();
    for (int i = 0; i < counters.size(); i++) {
      Count before = counters.get(i);
      if (read.test(i)) {
        counters.set(i, counter(i));
      }
      difference.add(counters.get(i).minus(before));
    }
    byte[] context = result.context();
    OptionalLong mark =
        hook.flavor().canSetMark() && context.length > 0
            ? OptionalLong.of(Integer.toUnsignedLong(numbers(context).getInt(MARK)))
            : OptionalLong.empty();
    return new Outcome(result.returnValue(), difference, mark, log());
  }

  /** Whether a counter holds something else than when it was read last. */
  boolean countedUnread() {
    return !counters.equals(counters());
  }

  private List<WireBytes> log() {
    List<WireBytes> records = new ArrayList<>();
    if (ring != null) {
      Optional<byte[]> next = ring.poll();
      while (next.isPresent()) {
        records.add(Outcome.timeless(next.get()));
        next = ring.poll();
      }
    }
    return records;
  }

  private List<Count> counters() {
    int size = Objects.requireNonNull(maps.get(CounterMap.NAME)).info().maxEntries();
    List<Count> result = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      result.add(counter(i));
    }
    return result;
  }

  private Count counter(int index) {
    long[] sum = Objects.requireNonNull(maps.get(CounterMap.NAME)).sumPerCpu(BpfMap.key(index));
    return new Count(sum[0], sum[1]);
  }

  @Override
  public void close() {
    program.close();
    if (ring != null) {
      ring.close();
    }
    maps.values().forEach(BpfMap::close);
  }
}
