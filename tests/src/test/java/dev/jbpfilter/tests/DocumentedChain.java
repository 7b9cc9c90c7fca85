package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.cgen.analysis.InterpretedChain;
import dev.jbpfilter.cgen.analysis.Outcome;
import dev.jbpfilter.fuzz.TestPacket;
import dev.jbpfilter.fuzz.World;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.packet.Environment;
import dev.jbpfilter.ruleset.packet.Evaluation;
import dev.jbpfilter.ruleset.packet.Evaluator;
import dev.jbpfilter.ruleset.packet.PacketDescription;
import dev.jbpfilter.ruleset.packet.PacketInput;
import dev.jbpfilter.ruleset.packet.SocketCall;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A chain of the manual, and what is said of packets below it. All rules count, so that what the
 * manual says of a rule can be seen in its counter. Reference evaluator, interpreter and, where the
 * kernel runs such programs on request, kernel have to agree with each other and with the manual.
 */
final class DocumentedChain implements AutoCloseable {
  /** The interfaces that examples name. */
  static final InterfaceResolver INTERFACES =
      name ->
          switch (name) {
            case "lo" -> OptionalLong.of(1);
            case "eth0" -> OptionalLong.of(2);
            default -> OptionalLong.empty();
          };

  /** The interface of packets in the kernel's test runs. */
  private static final String OTHER_INTERFACE = " on eth0";

  /** In nanoseconds; so rules that log once in a while do. */
  private static final long LONG_AFTER_START = 1L << 40;

  private final Chain chain;
  private final Evaluator evaluator;
  private final InterpretedChain interpreted;
  private final KernelChain loaded;

  DocumentedChain(Chain chain) {
    this.chain = chain;
    for (Rule rule : chain.rules()) {
      assertThat(rule.counter())
          .as("rule %s of chain %s counts", rule.index(), chain.name())
          .isTrue();
    }
    CompiledChain compiled = Compiler.compile(chain);
    evaluator = Evaluator.of(chain, Environment.fixed(1, LONG_AFTER_START));
    interpreted = InterpretedChain.of(compiled, new World());
    loaded = KernelChain.load(compiled);
  }

  /** What counts a packet or a call, as the manual writes it: {@code rule 0, policy}. */
  String counted(String notation) {
    PacketDescription description = PacketDescription.parse(notation, INTERFACES);
    if (description.form() != PacketDescription.Form.PACKET) {
      SocketCall call = description.call(chain.hook());
      Evaluation evaluation = evaluator.evaluate(call);
      assertThat(interpreted.run(call))
          .as("interpreted %s", notation)
          .isEqualTo(Outcome.expected(chain, evaluation));
      return text(evaluation);
    }
    TestPacket packet = hashed(packet(description));
    Evaluation evaluation = evaluator.evaluate(packet.input(chain.hook()));
    Outcome expected = Outcome.expected(chain, evaluation);
    assertThat(packet.run(interpreted)).as("interpreted %s", notation).isEqualTo(expected);
    if (!notation.contains(OTHER_INTERFACE)) {
      assertThat(loaded.run(packet)).as("in the kernel %s", notation).isEqualTo(expected);
    }
    return text(evaluation);
  }

  /** The share of flows, or of times, in which the kernel has something count a packet. */
  double share(String counted, String notation, int times) {
    int index =
        counted.equals("policy")
            ? chain.rules().size()
            : Integer.parseInt(counted.substring("rule ".length()));
    int count = 0;
    for (int i = 0; i < times; i++) {
      String flow = notation.replaceFirst(":\\d+ >", ":" + (1024 + i) + " >");
      count +=
          loaded
                      .run(packet(PacketDescription.parse(flow, INTERFACES)))
                      .counters()
                      .get(index)
                      .packets()
                  == 0
              ? 0
              : 1;
    }
    return (double) count / times;
  }

  private TestPacket packet(PacketDescription description) {
    PacketInput input = description.packet(chain.withOptions(HookOptions.NONE));
    return TestPacket.of(description.frame())
        .withMark(input.mark())
        .withInterface((int) input.interfaceIndex());
  }

  /** The packet with the hash that the kernel has for it. */
  private TestPacket hashed(TestPacket packet) {
    return chain.hook().flavor() == Flavor.TC
        ? packet.withFlowHash(KernelFlowHash.of(packet.frame()))
        : packet;
  }

  private static String text(Evaluation evaluation) {
    List<String> counted = new ArrayList<>();
    evaluation.countedRules().forEach(rule -> counted.add("rule " + rule));
    if (evaluation.policyCounted()) {
      counted.add("policy");
    }
    if (evaluation.malformed()) {
      counted.add("error");
    }
    return String.join(", ", counted);
  }

  @Override
  public void close() {
    loaded.close();
  }
}
