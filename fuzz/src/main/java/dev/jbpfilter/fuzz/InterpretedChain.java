package dev.jbpfilter.fuzz;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.interpreter.Environment;
import dev.jbpfilter.bytecode.interpreter.Frame;
import dev.jbpfilter.bytecode.interpreter.Interpreter;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.CounterMap;
import dev.jbpfilter.cgen.LogMap;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.packet.SocketCall;
import dev.jbpfilter.ruleset.packet.WireBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A compiled chain in the interpreter. */
public final class InterpretedChain {
  /** The process that makes socket calls. */
  static final long PROCESS = 0x8000_0007L;

  static final String COMMAND = "a-process-name";

  private final Interpreter interpreter;
  private final Hook hook;
  private final int counters;
  private final boolean logs;
  private int flowHash;

  private InterpretedChain(CompiledChain chain, World world) {
    Environment environment =
        new Environment(
            world::nanoTime,
            world::nanoTime,
            world::random,
            () -> flowHash,
            0,
            PROCESS << 32 | 1234,
            COMMAND);
    interpreter = Interpreter.of(chain.object(), environment);
    hook = chain.chain().hook();
    counters = chain.maps().getFirst().maxEntries();
    logs = chain.maps().stream().map(MapSpec::name).anyMatch(LogMap.NAME::equals);
  }

  /** The chain with all counters at zero. */
  public static InterpretedChain of(CompiledChain chain) {
    return of(chain, new World());
  }

  /** The same in a world that others may share. */
  static InterpretedChain of(CompiledChain chain, World world) {
    return new InterpretedChain(chain, world);
  }

  /** Runs the program once on a packet. */
  public Outcome run(TestPacket packet) {
    flowHash = packet.flowHash();
    return run(packet.interpreted(hook));
  }

  /** Runs the program once on a socket call. */
  public Outcome run(SocketCall call) {
    return run(Calls.interpreted(call));
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
