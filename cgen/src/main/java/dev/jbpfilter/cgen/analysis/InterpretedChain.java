package dev.jbpfilter.cgen.analysis;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.interpreter.Environment;
import dev.jbpfilter.bytecode.interpreter.Frame;
import dev.jbpfilter.bytecode.interpreter.Interpreter;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.CounterMap;
import dev.jbpfilter.cgen.LogMap;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.packet.PacketInput;
import dev.jbpfilter.ruleset.packet.SocketCall;
import dev.jbpfilter.ruleset.packet.WireBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A compiled chain in the interpreter: the program itself, without a kernel. It keeps its counters
 * and what it remembers of rate limits from run to run, as a loaded chain does; one object is for
 * one thread.
 */
public final class InterpretedChain {
  private final Interpreter interpreter;
  private final Hook hook;
  private final int counters;
  private final boolean logs;
  private int flowHash;
  private long process;
  private String command = "";

  private InterpretedChain(
      CompiledChain chain, dev.jbpfilter.ruleset.packet.Environment environment) {
    Environment world =
        new Environment(
            environment::nanoTime,
            environment::nanoTime,
            environment::random,
            () -> flowHash,
            0,
            () -> process << 32 | process,
            () -> command);
    interpreter = Interpreter.of(chain.object(), world);
    hook = chain.chain().hook();
    counters = chain.maps().getFirst().maxEntries();
    logs = chain.maps().stream().map(MapSpec::name).anyMatch(LogMap.NAME::equals);
  }

  /**
   * The chain with all counters at zero.
   *
   * @param environment where chance and time come from, which an evaluator can share
   */
  public static InterpretedChain of(
      CompiledChain chain, dev.jbpfilter.ruleset.packet.Environment environment) {
    return new InterpretedChain(chain, environment);
  }

  /** The hook that the program is for. */
  public Hook hook() {
    return hook;
  }

  /**
   * Runs the program once on a packet, all of which is in its first buffer.
   *
   * @throws dev.jbpfilter.bytecode.interpreter.ExecutionFault if the program is wrong
   * @throws IllegalArgumentException if the hook sees no such packets
   */
  public Outcome run(PacketInput packet) {
    flowHash = (int) packet.flowHash();
    return run(HookFrames.of(packet, hook));
  }

  /**
   * Runs the program once on a packet in several buffers.
   *
   * @param linear how many bytes are in the first one, those of an Ethernet header included, which
   *     the hook may not see
   * @throws dev.jbpfilter.bytecode.interpreter.ExecutionFault if the program is wrong
   * @throws IllegalArgumentException if the hook sees no such packets
   */
  public Outcome run(PacketInput packet, int linear) {
    flowHash = (int) packet.flowHash();
    return run(HookFrames.of(packet, hook).withLinear(linear));
  }

  /**
   * Runs the program once on a socket call.
   *
   * @throws dev.jbpfilter.bytecode.interpreter.ExecutionFault if the program is wrong
   */
  public Outcome run(SocketCall call) {
    process = call.process();
    command = call.command();
    return run(HookFrames.of(call));
  }

  private Outcome run(Frame frame) {
    List<Count> before = counters();
    int returned = interpreter.run(frame);
    List<Count> difference = counters();
    for (int i = 0; i < counters; i++) {
      difference.set(i, difference.get(i).minus(before.get(i)));
    }
    OptionalLong mark =
        hook.flavor().canSetMark()
            ? OptionalLong.of(interpreter.field("mark"))
            : OptionalLong.empty();
    return new Outcome(returned, difference, mark, log());
  }

  /** The interface to which the last packet was sent, as an unsigned number; 0 if to none. */
  public long redirectedTo() {
    return Integer.toUnsignedLong(interpreter.redirectedTo());
  }

  private List<WireBytes> log() {
    return logs
        ? interpreter.map(LogMap.NAME).drain().stream().map(Outcome::timeless).toList()
        : List.of();
  }

  private List<Count> counters() {
    List<Count> result = new ArrayList<>();
    for (int i = 0; i < counters; i++) {
      ByteBuffer entry = interpreter.value(CounterMap.NAME, i);
      result.add(new Count(entry.getLong(CounterMap.COUNT), entry.getLong(CounterMap.SIZE)));
    }
    return result;
  }
}
