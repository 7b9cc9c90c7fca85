package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever is allocated right, the checker accepts; what is spoilt it mostly does not. */
final class CheckerRandomTest {
  private static final int RUNS = 400;

  /** A helper that takes any arguments, as random code passes any. */
  private static final CallTarget ANY = new CallTarget.Helper(100_000);

  private static ProgramSpec program(int seed) {
    Code<Virt> code = RandomCode.functionAlone(seed, seed % 24, 20 + seed % 200);
    List<Element<Virt>> elements = new ArrayList<>();
    // Random code loads from its variable before it stores there.
    if (code.frameBytes() > 0) {
      elements.add(new Element.Store<>(Size.DW, Virt.FRAME, -8, Operand.imm(0)));
      elements.add(new Element.Store<>(Size.DW, Virt.FRAME, -16, Operand.imm(0)));
    }
    for (Element<Virt> element : code.elements()) {
      elements.add(
          element instanceof Element.Call<Virt> call
              ? new Element.Call<>(ANY, call.arguments(), call.result())
              : element);
    }
    List<Virt> parameters = code.parameters();
    // The function is where the program starts, so it has one argument.
    for (int i = 1; i < parameters.size(); i++) {
      elements.addFirst(new Element.Move<>(Width.W64, 0, parameters.get(i), Operand.imm(i)));
    }
    List<Virt> first = parameters.isEmpty() ? List.of() : parameters.subList(0, 1);
    Code<Virt> changed = new Code<>(code.name(), first, elements, code.frameBytes());
    Code<Phys> allocated = RegisterAllocator.allocate(changed).output();
    return Encoder.program("p", ProgramType.XDP, AttachType.XDP, 0, "GPL", allocated);
  }

  @Test
  void acceptsAllThatIsAllocated() {
    for (int seed = 0; seed < RUNS; seed++) {
      assertThat(Checker.check(program(seed))).as("seed %d", seed).isEmpty();
    }
  }

  /** Another register in some operand is often one that nothing has written. */
  @Test
  void noticesWrongRegisters() {
    int noticed = 0;
    SplittableRandom random = new SplittableRandom(1);
    for (int seed = 0; seed < RUNS; seed++) {
      ProgramSpec program = program(seed);
      long[] slots = program.instructions().toArray();
      // Names another register as the first instruction's destination.
      slots[0] ^= (1L + random.nextInt(7)) << 8;
      ProgramSpec spoilt =
          new ProgramSpec(
              "p",
              ProgramType.XDP,
              AttachType.XDP,
              0,
              "GPL",
              Instructions.of(slots),
              program.relocations(),
              program.notes());
      try {
        noticed += Checker.check(spoilt).isEmpty() ? 0 : 1;
      } catch (DecodeException e) {
        noticed++;
      }
    }
    assertThat(noticed).isGreaterThan(RUNS / 4);
  }
}
