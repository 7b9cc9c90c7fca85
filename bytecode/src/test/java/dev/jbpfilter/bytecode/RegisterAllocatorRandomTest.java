package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random functions: the checker accepts each allocation, and runs agree before and after. */
class RegisterAllocatorRandomTest {
  private static final int LABELS = 60;

  @ParameterizedTest
  @CsvSource({
    "0, 12, 600",
    "4, 30, 600",
    "9, 40, 600",
    "14, 40, 500",
    "25, 60, 300",
    "40, 200, 40"
  })
  void allocationKeepsTheMeaning(int pressure, int size, int functions) {
    int spilled = 0;
    for (int i = 0; i < functions; i++) {
      long seed = i * 1000L + pressure;
      Code<Virt> code = RandomCode.function(seed, pressure, size / 2 + i % size);
      Allocation allocation = RegisterAllocator.allocate(code);
      AllocationChecker.verify(allocation);
      for (int run = 0; run < 3; run++) {
        assertThat(Machine.runPhysical(allocation.output(), run, LABELS))
            .as("seed %s, run %s", seed, run)
            .isEqualTo(Machine.runVirtual(code, run, LABELS));
      }
      spilled += allocation.slots().isEmpty() ? 0 : 1;
    }
    assertThat(spilled)
        .as("functions with spills")
        .isGreaterThanOrEqualTo(functions * pressure / 40);
  }
}
