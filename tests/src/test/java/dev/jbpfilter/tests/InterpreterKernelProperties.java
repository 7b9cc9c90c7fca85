package dev.jbpfilter.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.jbpfilter.bytecode.Checker;
import dev.jbpfilter.bytecode.Disassembler;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.interpreter.ExecutionFault;
import dev.jbpfilter.loader.kernel.BpfException;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.statistics.Statistics;

/**
 * Random programs do the same in the interpreter and in the kernel: result, packet and maps. What
 * the verifier accepts, the checker accepts.
 *
 * <p>300 programs, unless {@code jqwik.tries.default} says otherwise; the Maven profile {@code
 * deep} says 3000.
 */
@AddLifecycleHook(SkipWithoutBpf.class)
class InterpreterKernelProperties {
  private static final int FRAMES = 3;
  private static final List<String> WITHOUT_PATHS =
      List.of("leads ", "control ", "recursion", "more than ", "a chain of calls ");
  private static final String COMMAND = "BPF_PROG_LOAD: ";

  @Property(shrinking = ShrinkingMode.OFF)
  void interpreterAgreesWithTheKernel(@ForAll long seed) {
    RandomProgram program = RandomPrograms.of(seed);
    Verdict verdict = compare(program, seed);
    if (!verdict.difference.isEmpty()) {
      RandomProgram small = program.shrink(p -> !compare(p, seed).difference.isEmpty());
      fail(
          "seed %d: %s%n%s",
          seed,
          compare(small, seed).difference,
          Disassembler.disassemble(small.object().program()));
    }
    Statistics.label("verifier")
        .collect(verdict.refused.isEmpty() ? "accepted" : "refused: " + verdict.refused)
        .coverage(coverage -> coverage.check("accepted").percentage(p -> p > 80));
  }

  /**
   * @param difference what is wrong; empty if nothing is
   * @param refused why the verifier did not take the program; empty if it did
   */
  private record Verdict(String difference, String refused) {}

  private static Verdict compare(RandomProgram program, long seed) {
    ObjectSpec object = program.object();
    List<Checker.Problem> problems = Checker.check(object.program());
    SplittableRandom random = new SplittableRandom(seed);
    try (KernelProgram loaded = KernelProgram.load(object)) {
      if (!problems.isEmpty()) {
        return new Verdict("only the checker refuses it: " + problems.getFirst(), "");
      }
      for (int i = 0; i < FRAMES; i++) {
        byte[] frame = new byte[i == 0 ? 60 : 64 + random.nextInt(40)];
        random.nextBytes(frame);
        KernelProgram.Outcome expected = loaded.runInKernel(frame);
        KernelProgram.Outcome actual = loaded.interpret(frame);
        if (!actual.equals(expected)) {
          return new Verdict("interpreted\n" + actual + ", kernel\n" + expected, "");
        }
      }
      return new Verdict("", "");
    } catch (ExecutionFault e) {
      return new Verdict("the interpreter faults: " + e.getMessage(), "");
    } catch (BpfException e) {
      String message = String.valueOf(e.getMessage());
      return new Verdict("", message.substring(message.indexOf(COMMAND) + COMMAND.length()));
    }
  }

  /**
   * Programs with an instruction too few, or a wrong register in one. The verifier knows which
   * paths are possible, and lets those who may read all memory read the stack unwritten; so the
   * checker may refuse a few more, but not for what does not depend on paths.
   */
  @Property(shrinking = ShrinkingMode.OFF)
  void checkerRefusesWhatTheVerifierRefuses(@ForAll long seed) {
    ObjectSpec object = SpoiltPrograms.of(seed);
    List<Checker.Problem> problems = Checker.check(object.program());
    String outcome;
    try (KernelProgram loaded = KernelProgram.load(object)) {
      loaded.interpret(new byte[100]);
      outcome = problems.isEmpty() ? "accepted" : "refused by the checker alone";
      assertThat(problems)
          .as(() -> "seed " + seed + "\n" + Disassembler.disassemble(object.program()))
          .noneMatch(problem -> WITHOUT_PATHS.stream().anyMatch(problem.text()::startsWith));
    } catch (BpfException e) {
      outcome = problems.isEmpty() ? "refused by the verifier alone" : "refused";
    }
    Statistics.label("spoilt programs")
        .collect(outcome)
        .coverage(coverage -> {
          coverage.check("accepted").percentage(p -> p > 30);
          coverage.check("refused").percentage(p -> p > 5);
          coverage.check("refused by the checker alone").percentage(p -> p < 5);
        });
  }
}
