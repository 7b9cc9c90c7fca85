package dev.jbpfilter.cgen.analysis;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.interpreter.Environment;
import dev.jbpfilter.bytecode.interpreter.Frame;
import dev.jbpfilter.bytecode.interpreter.InterpretedMap;
import dev.jbpfilter.bytecode.interpreter.Interpreter;
import dev.jbpfilter.cgen.CompileOptions;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.cgen.CounterMap;
import dev.jbpfilter.cgen.LogMap;
import dev.jbpfilter.cgen.analysis.Judgement.By;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.Verdict;
import dev.jbpfilter.ruleset.packet.LogLayout;
import dev.jbpfilter.ruleset.packet.PacketInput;
import dev.jbpfilter.ruleset.packet.capture.CapturedPacket;
import dev.jbpfilter.ruleset.packet.capture.HookView;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a chain does with many packets: its program, as it would be loaded but for counters of all
 * rules, in the interpreter.
 *
 * <pre>{@code
 * Simulation simulation = Simulation.of(chain, CompileOptions.DEFAULT, 0);
 * try (CaptureReader reader = CaptureReader.of(in)) {
 *   for (var next = reader.next(); next.isPresent(); next = reader.next()) {
 *     simulation.judge(next.get());
 *   }
 * }
 * Count dropped = simulation.totals().rules().get(0);
 * }</pre>
 *
 * <p>The program says which rules match by the counters that it looks up: first those of rules that
 * continue, in their order, then that of the rule that decides, of the policy, or of malformed
 * packets. What it returns must be what that rule says; otherwise something is wrong with us.
 *
 * <p>A simulation remembers when rate-limited rules last logged, as a loaded chain does. It is for
 * one thread at a time.
 */
public final class Simulation {
  private final Chain chain;
  private final Hook hook;
  private final Interpreter interpreter;
  private final @Nullable InterpretedMap log;
  private final Chance chance;
  private final long ifindex;
  private final Tally tally;

  /** Frames without bytes, of everything else that a captured packet has at the hook. */
  private final Frame[] templates;

  /** The rules that matched, and what comes behind them. */
  private final int[] looked;

  private int count;

  private long now;
  private int flowHash;
  private IntSupplier random;

  private Simulation(Chain chain, CompiledChain compiled, long seed) {
    this.chain = chain;
    hook = chain.hook();
    chance = new Chance(seed);
    random = chance;
    Integer attached = chain.options().ifindex();
    ifindex = attached == null ? 1 : attached;
    tally = new Tally(chain);
    looked = new int[chain.rules().size() + 1];
    interpreter =
        Interpreter.of(
            compiled.object(),
            Environment.repeatable(0)
                .withClock(() -> now)
                .withRandom(() -> random.getAsInt())
                .withFlowHash(() -> flowHash));
    interpreter.map(CounterMap.NAME).watchLookups(index -> looked[count++] = index);
    log = hasLog(compiled) ? interpreter.map(LogMap.NAME) : null;
    templates = new Frame[] {template(Protocol.IPV4), template(Protocol.IPV6)};
  }

  private static boolean hasLog(CompiledChain compiled) {
    for (MapSpec map : compiled.maps()) {
      if (map.name().equals(LogMap.NAME)) {
        return true;
      }
    }
    return false;
  }

  /**
   * A simulation of a chain that has seen no packet.
   *
   * @param seed decides what chance draws: the same for the same packet of a capture
   * @throws dev.jbpfilter.bytecode.CodegenException if the chain cannot be compiled
   * @throws IllegalArgumentException if its hook sees socket calls
   */
  public static Simulation of(Chain chain, CompileOptions options, long seed) {
    if (!chain.hook().flavor().seesPackets()) {
      throw new IllegalArgumentException(
          chain.hook().keyword() + " chains see socket calls, not packets");
    }
    return new Simulation(chain, Compiler.compile(withCounters(chain), options), seed);
  }

  private static Chain withCounters(Chain chain) {
    List<Rule> rules = new ArrayList<>(chain.rules().size());
    for (Rule rule : chain.rules()) {
      rules.add(
          new Rule(
              rule.index(),
              rule.matchers(),
              rule.log(),
              true,
              rule.mark(),
              rule.verdict(),
              rule.span()));
    }
    return new Chain(
        chain.name(),
        chain.hook(),
        chain.options(),
        chain.policy(),
        chain.sets(),
        rules,
        chain.span());
  }

  private Frame template(Protocol protocol) {
    PacketInput empty =
        hook.flavor().hasLinkHeader()
            ? PacketInput.ofFrame(new byte[0])
            : PacketInput.ofPacket(protocol.number(), new byte[0]);
    return HookFrames.of(empty.withInterfaceIndex(ifindex), hook);
  }

  /** The chain, as it was given. */
  public Chain chain() {
    return chain;
  }

  /**
   * What the chain does with a packet of a capture, which comes from the interface that the chain
   * is attached to, or interface 1, at the time at which it was captured. The packet is counted.
   *
   * @throws dev.jbpfilter.bytecode.interpreter.ExecutionFault if the program is wrong
   */
  public Judgement judge(CapturedPacket packet) {
    Judgement judgement =
        switch (HookView.of(packet, hook)) {
          case HookView.Seen seen -> judge(packet, seen);
          case HookView.Unseen unseen ->
              switch (unseen) {
                case HOOK -> Judgement.none(By.NOT_SEEN);
                case CUT -> Judgement.none(By.CUT);
                case LINK_TYPE -> Judgement.none(By.LINK_TYPE);
              };
        };
    if (!judgement.isDecided()) {
      count = 0;
      tally.add(judgement, packet.originalLength());
    }
    return judgement;
  }

  private Judgement judge(CapturedPacket packet, HookView.Seen seen) {
    chance.next(packet.number());
    PacketInput input = seen.input();
    flowHash = (int) input.flowHash();
    boolean version6 = !input.hasLinkHeader() && input.etherType() == Protocol.IPV6.number();
    Frame frame = templates[version6 ? 1 : 0].withBytes(HookFrames.frame(input));
    Judgement judgement = run(frame, packet.nanos(), chance);
    if (judgement.by() == By.ERROR && seen.cut()) {
      return Judgement.none(By.CUT);
    }
    add(judgement, seen.size());
    return judgement;
  }

  /**
   * What the chain does with a packet. The packet is counted.
   *
   * @param nanos the time, for rules that log with a limit
   * @param draw gives what chance draws, as often as a rule asks
   * @throws IllegalArgumentException if the hook sees no such packets
   * @throws dev.jbpfilter.bytecode.interpreter.ExecutionFault if the program is wrong
   */
  public Judgement judge(PacketInput packet, long nanos, IntSupplier draw) {
    if (packet.hasLinkHeader() != hook.flavor().hasLinkHeader()) {
      throw new IllegalArgumentException(hook.keyword() + " chains see no such packets");
    }
    flowHash = (int) packet.flowHash();
    Judgement judgement = run(HookFrames.of(packet, hook), nanos, draw);
    add(judgement, packet.length() + (packet.hasLinkHeader() ? 0 : HookFrames.ETHERNET));
    return judgement;
  }

  private Judgement run(Frame frame, long nanos, IntSupplier draw) {
    now = nanos;
    random = draw;
    count = 0;
    int returned = interpreter.run(frame);
    int rules = chain.rules().size();
    int last = looked[count - 1];
    By by = last == rules ? By.POLICY : last == rules + 1 ? By.ERROR : By.RULE;
    int rule = by == By.RULE ? last : Judgement.NO_RULE;
    Verdict verdict = by == By.RULE ? chain.rules().get(rule).verdict() : chain.policy().verdict();
    long target = verdict instanceof Verdict.Redirect redirect ? redirect.ifindex() : 0;
    if (returned != Outcome.code(hook, verdict)
        || Integer.toUnsignedLong(interpreter.redirectedTo()) != target) {
      throw new IllegalStateException(
          "chain '" + chain.name() + "': the program returned " + returned + " for " + verdict);
    }
    long mark = hook.flavor().canSetMark() ? interpreter.field("mark") : 0;
    return new Judgement(by, rule, verdict, mark);
  }

  private void add(Judgement judgement, long size) {
    tally.add(judgement, size);
    for (int i = 0; i < count; i++) {
      if (looked[i] < chain.rules().size()) {
        tally.match(looked[i], size);
      }
    }
    if (log != null) {
      for (byte[] record : log.drain()) {
        int rule = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).getInt(LogLayout.RULE);
        tally.log(rule);
      }
    }
  }

  /** The rules that matched the last packet, in order; none if nobody decided. */
  public List<Integer> matched() {
    List<Integer> matched = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (looked[i] < chain.rules().size()) {
        matched.add(looked[i]);
      }
    }
    return matched;
  }

  /** What became of all packets so far. */
  public Totals totals() {
    return tally.totals();
  }
}
