package dev.jbpfilter.tests.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.fuzz.Chains;
import dev.jbpfilter.fuzz.DenseChains;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.RulesPrinter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How many instructions the verifier processes, which bounds how long chains take to load: for each
 * row of the benchmark, and for random chains on each hook that can be test-run.
 *
 * <p>Chains of several regions (more rules that count and go on than one tail takes, marks that are
 * set and then tested) are walked from region to region by packets of every protocol, and may take
 * more than others.
 *
 * <p>6 chains for each hook and the rows of at most 20 000 rules, or as many chains as the system
 * property {@code verifier.chains} says and all rows; the Maven profile {@code deep} says 200.
 */
@RequiresBpf
class VerifierWorkTest {
  private static final int SAMPLE = 6;
  private static final int CHAINS = Integer.getInteger("verifier.chains", SAMPLE);
  private static final int MOST_RULES_IN_SAMPLE = 20_000;
  private static final int MOST_VERIFIED = 50_000;
  private static final int MOST_OF_SEVERAL_REGIONS = 100_000;
  private static final int FEW_RULES = 30;
  private static final int MANY_RULES = 2000;

  private final Kernel kernel = Kernel.system();

  static Stream<BenchmarkCase> rows() {
    return BenchmarkCase.all().stream()
        .filter(row -> CHAINS > SAMPLE || row.rules() <= MOST_RULES_IN_SAMPLE);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void rowsOfTheBenchmark(BenchmarkCase row) {
    int verified = verified(row.workload().get().chain(row.hook()));
    System.out.printf("%s: %d instructions verified%n", row.name(), verified);
    assertThat(verified).isBetween(1, MOST_VERIFIED);
  }

  @Test
  void randomChains() {
    SplittableRandom random = new SplittableRandom(Long.getLong("verifier.seed", 1));
    List<Integer> all = new ArrayList<>();
    List<String> above = new ArrayList<>();
    for (int i = 0; i < CHAINS; i++) {
      for (Hook hook : Hook.values()) {
        if (hook.flavor().seesPackets()) {
          Chain chain = chain(random.split(), hook, i);
          int verified = verified(chain);
          all.add(verified);
          if (verified > MOST_VERIFIED) {
            int regions = Compiler.compile(chain).plan().regions().size();
            above.add(verified + " of " + regions + " regions");
            assertThat(verified)
                .as(RulesPrinter.print(chain))
                .isLessThanOrEqualTo(regions > 1 ? MOST_OF_SEVERAL_REGIONS : MOST_VERIFIED);
          }
        }
      }
    }
    Collections.sort(all);
    System.out.printf(
        "%d random chains, instructions verified: median %d, 9 in 10 up to %d, most %d;"
            + " more than %d: %s%n",
        all.size(),
        all.get(all.size() / 2),
        all.get(all.size() * 9 / 10),
        all.getLast(),
        MOST_VERIFIED,
        above);
  }

  /** Of all that the language has, or mostly looked up, short and long. */
  private static Chain chain(SplittableRandom random, Hook hook, int number) {
    return switch (number % 3) {
      case 0 -> Chains.random(random, hook, false, 1, FEW_RULES);
      case 1 -> DenseChains.random(random, hook, 1, FEW_RULES);
      default -> DenseChains.random(random, hook, FEW_RULES, MANY_RULES);
    };
  }

  private int verified(Chain chain) {
    CompiledChain compiled = Compiler.compile(chain);
    try (LoadedProgram loaded = LoadedProgram.load(kernel, compiled.program(), compiled.maps())) {
      return loaded.program().info().verifiedInstructions();
    }
  }
}
