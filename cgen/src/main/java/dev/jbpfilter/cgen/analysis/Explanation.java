package dev.jbpfilter.cgen.analysis;

import dev.jbpfilter.bytecode.interpreter.ExecutionFault;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Verdict;
import dev.jbpfilter.ruleset.packet.Environment;
import dev.jbpfilter.ruleset.packet.Evaluator;
import dev.jbpfilter.ruleset.packet.PacketDescription;
import dev.jbpfilter.ruleset.packet.PacketInput;
import dev.jbpfilter.ruleset.packet.SocketCall;
import dev.jbpfilter.ruleset.packet.Trace;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a chain does with one packet or socket call, and why, found out in two ways that share no
 * code: by the rules' meaning, and by the generated program in the interpreter.
 *
 * <pre>{@code
 * Explanation explanation =
 *     Explanation.of(Compiler.compile(chain), packet, Environment.fixed(0, 1L << 40));
 * Verdict verdict = explanation.trace().evaluation().verdict();
 * }</pre>
 *
 * @param trace the meaning of the rules
 * @param disagreement what the program did instead, in a few lines; empty if it did the same
 */
public record Explanation(Trace trace, Optional<String> disagreement) {
  /** In nanoseconds: long after whatever was logged last. */
  private static final long NOW = 1L << 40;

  /** What is drawn for {@code meta.probability} if nothing is said of it: 50 %. */
  public static final int USUAL_RANDOM = Integer.MAX_VALUE;

  /**
   * What {@code compiled} does with {@code packet}, which may be taken for the call that sends it.
   * Chance draws 50 % unless the packet says otherwise.
   *
   * @throws IllegalArgumentException if the chain's hook sees no such packets or calls
   */
  public static Explanation of(CompiledChain compiled, PacketDescription packet) {
    Chain chain = compiled.chain();
    Environment environment = Environment.fixed(packet.random().orElse(USUAL_RANDOM), NOW);
    return chain.hook().flavor().seesPackets()
        ? of(compiled, packet.packet(chain), environment)
        : of(compiled, packet.call(chain.hook()), environment);
  }

  /**
   * Explains what becomes of a packet.
   *
   * @param environment chance and time, the same each time that they are asked
   * @throws IllegalArgumentException if the chain's hook sees no such packets
   */
  public static Explanation of(
      CompiledChain compiled, PacketInput packet, Environment environment) {
    Trace trace = Evaluator.of(compiled.chain(), environment).trace(packet);
    return of(compiled, trace, environment, program -> program.run(packet));
  }

  /**
   * Explains what becomes of a socket call.
   *
   * @param environment chance and time, the same each time that they are asked
   * @throws IllegalArgumentException if the chain's hook sees no such calls
   */
  public static Explanation of(CompiledChain compiled, SocketCall call, Environment environment) {
    Trace trace = Evaluator.of(compiled.chain(), environment).trace(call);
    return of(compiled, trace, environment, program -> program.run(call));
  }

  private static Explanation of(
      CompiledChain compiled,
      Trace trace,
      Environment environment,
      Function<InterpretedChain, Outcome> run) {
    Chain chain = compiled.chain();
    Outcome expected = Outcome.expected(chain, trace.evaluation());
    long target =
        trace.evaluation().verdict() instanceof Verdict.Redirect redirect ? redirect.ifindex() : 0;
    InterpretedChain program = InterpretedChain.of(compiled, environment);
    Outcome actual;
    try {
      actual = run.apply(program);
    } catch (ExecutionFault e) {
      return new Explanation(trace, Optional.of("the program faults: " + e.getMessage()));
    }
    if (actual.equals(expected) && program.redirectedTo() == target) {
      return new Explanation(trace, Optional.empty());
    }
    String difference =
        "the rules mean "
            + expected
            + (target == 0 ? "" : " to interface " + target)
            + "\nthe program did "
            + actual
            + (target == 0 ? "" : " to interface " + program.redirectedTo());
    return new Explanation(trace, Optional.of(difference));
  }
}
