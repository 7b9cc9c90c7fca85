package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Random functions through allocation, dead code removal, encoding and decoding. */
final class EncoderRandomTest {
  private static final int FUNCTIONS = 120;

  @Test
  void decodedCodeEncodesToTheSameBytes() {
    for (int seed = 0; seed < FUNCTIONS; seed++) {
      ProgramSpec program = program(allocated(seed));
      assertThat(program(Decoder.decode(program).getFirst()))
          .as("seed %s", seed)
          .isEqualTo(program);
    }
  }

  @Test
  void deadCodeDoesNothing() {
    int smaller = 0;
    for (int seed = 0; seed < FUNCTIONS; seed++) {
      Code<Phys> code = allocated(seed);
      Code<Phys> live = DeadCode.remove(code);
      assertThat(DeadCode.remove(live)).isSameAs(live);
      smaller += live.elements().size() < code.elements().size() ? 1 : 0;
      for (int run = 0; run < 3; run++) {
        List<String> before = Machine.runPhysical(code, 0, run, 60);
        List<String> after = Machine.runPhysical(live, 0, run, 60);
        // A run is cut at a number of labels; dead ones go, and a jump may have skipped some.
        int common = before.size();
        if (before.getLast().equals("stopped") || after.getLast().equals("stopped")) {
          common = Math.min(before.size(), after.size()) - 1;
        }
        assertThat(after.subList(0, common))
            .as("seed %s, run %s", seed, run)
            .isEqualTo(before.subList(0, common));
      }
    }
    assertThat(smaller).isGreaterThan(FUNCTIONS / 4);
  }

  private static Code<Phys> allocated(int seed) {
    return RegisterAllocator.allocate(RandomCode.functionAlone(seed, seed % 16, 40)).output();
  }

  private static ProgramSpec program(Code<Phys> code) {
    return Encoder.program("random", ProgramType.XDP, AttachType.XDP, 0, "GPL", code);
  }
}
