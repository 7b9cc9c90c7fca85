package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What tests of allocation share. */
final class Allocations {
  private static final int RUNS = 4;
  private static final int LABELS = 60;

  private Allocations() {}

  /** Allocates a function, after which checker and runs must agree. */
  static Allocation of(Consumer<CodeBuilder> body) {
    return of(CodeBuilder.function("test", body));
  }

  /** Allocates a function, after which checker and runs must agree. */
  static Allocation of(Code<Virt> code) {
    Allocation allocation = RegisterAllocator.allocate(code);
    AllocationChecker.verify(allocation);
    for (int seed = 0; seed < RUNS; seed++) {
      assertThat(trace(allocation, seed)).isEqualTo(Machine.runVirtual(code, seed, LABELS));
    }
    return allocation;
  }

  /** What the output does. */
  static List<String> trace(Allocation allocation, long seed) {
    return Machine.runPhysical(allocation.output(), allocation.input().frameBytes(), seed, LABELS);
  }

  /** The elements that allocation has inserted. */
  static List<Element<Phys>> inserted(Allocation allocation) {
    List<Element<Phys>> result = new ArrayList<>();
    for (int i = 0; i < allocation.origins().size(); i++) {
      if (allocation.origins().get(i) == Allocation.INSERTED) {
        result.add(allocation.output().elements().get(i));
      }
    }
    return result;
  }

  /** The one output element that stems from an input element. */
  static Element<Phys> outputOf(Allocation allocation, int origin) {
    return allocation.output().elements().get(allocation.origins().indexOf(origin));
  }

  /** Loads so many values, live at the same time and no constants. */
  static List<Virt> liveValues(CodeBuilder b, int count) {
    List<Virt> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(b.load(Size.W, Virt.FRAME, -8));
    }
    return values;
  }

  /** Reads all values at the end. */
  static void exitWithSum(CodeBuilder b, List<Virt> values) {
    Virt sum = b.constant(0);
    values.forEach(value -> b.alu(AluOp.ADD, sum, value));
    b.exit(sum);
  }
}
