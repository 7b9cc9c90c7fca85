package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random functions: the checker accepts each allocation, and runs agree before and after.
 *
 * <p>{@code -Drandom.functions=10000} tries so many instead of {@value #FUNCTIONS}, other ones with
 * each {@code -Drandom.seed}, and says how many there were.
 */
class RegisterAllocatorRandomTest {
  private static final int FUNCTIONS = 1000;
  private static final int LABELS = 60;
  private static final int RUNS = 3;

  /**
   * @param pressure number of values that live long
   * @param size about how many statements the largest have
   * @param percent of all functions
   */
  @ParameterizedTest
  @CsvSource({"0, 12, 22", "4, 30, 22", "9, 40, 22", "14, 40, 20", "25, 60, 12", "40, 200, 2"})
  void allocationKeepsTheMeaning(int pressure, int size, int percent) {
    int functions = Integer.getInteger("random.functions", FUNCTIONS) * percent / 100;
    long start = Long.getLong("random.seed", 0) << 32;
    int spilled = 0;
    int elements = 0;
    for (int i = 0; i < functions; i++) {
      long seed = start + i * 1000L + pressure;
      Code<Virt> code = RandomCode.function(seed, pressure, size / 2 + i % size);
      Allocation allocation = RegisterAllocator.allocate(code);
      AllocationChecker.verify(allocation);
      for (int run = 0; run < RUNS; run++) {
        assertThat(Machine.runPhysical(allocation.output(), code.frameBytes(), run, LABELS))
            .as("seed %s, run %s", seed, run)
            .isEqualTo(Machine.runVirtual(code, run, LABELS));
      }
      spilled += allocation.slots().isEmpty() ? 0 : 1;
      elements += code.elements().size();
    }
    assertThat(spilled)
        .as("functions with spills")
        .isGreaterThanOrEqualTo(functions * pressure / 40);
    if (functions > FUNCTIONS * percent / 100) {
      System.out.printf(
          "pressure %d: %d functions, %d elements, %d with spills, %d runs each: all agree%n",
          pressure, functions, elements, spilled, RUNS);
    }
  }
}
