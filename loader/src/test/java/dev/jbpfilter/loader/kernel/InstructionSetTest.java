package dev.jbpfilter.loader.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.DecodeException;
import dev.jbpfilter.bytecode.Decoder;
import dev.jbpfilter.bytecode.Disassembler;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What the verifier takes for an instruction, and how it prints it. Each program is refused in any
 * case, so that there is a log: what follows the instruction copies a register without a value.
 */
@RequiresBpf
class InstructionSetTest {
  private static final long COPY_R9 = 0x90bf;
  private static final int[] REGISTERS = {0, 1, 10, 11};
  private static final int[] SOURCES = {0, 1, 2, 3, 7, 10, 11};
  private static final int[] OFFSETS = {0, 1, 8, 16, 32, -8};
  private static final int[] NUMBERS = {
    0, 1, 2, 16, 32, 64, 0x41, 0xe1, 0xf1, 0x100, 0x110, 0x10000, -1
  };

  /** How the verifier says that an instruction is none. */
  private static final List<String> MALFORMED =
      List.of(
          "unknown opcode",
          "uses reserved fields",
          "is invalid",
          "unrecognized bpf_ld_imm64 insn",
          "invalid atomic o",
          "uses invalid atomic opcode",
          "invalid may_goto",
          "can only convert between address space");

  private final Kernel kernel = Kernel.system();

  @Test
  void eachOpcodeIsDecodedIfAndOnlyIfTheKernelKnowsIt() {
    List<String> different = new ArrayList<>();
    int valid = 0;
    int malformed = 0;
    for (int opcode = 0; opcode < 256; opcode++) {
      for (long slot : instructions(opcode)) {
        String problem = problem(slot);
        boolean known = !isMalformed(problem);
        if (isLookedAt(slot, problem)) {
          Optional<String> refusal = refusal(slot);
          valid += known ? 1 : 0;
          malformed += known ? 0 : 1;
          if (refusal.isPresent() == known) {
            different.add(Long.toHexString(slot) + ": " + problem + " | " + refusal.orElse("ok"));
          }
        }
      }
    }
    assertThat(different).isEmpty();
    assertThat(valid).isGreaterThan(2_000);
    assertThat(malformed).isGreaterThan(10_000);
  }

  @Test
  void eachInstructionIsPrintedAsTheKernelDoes() {
    List<String> different = new ArrayList<>();
    int compared = 0;
    for (int opcode = 0; opcode < 256; opcode++) {
      for (long slot : instructions(opcode)) {
        if (refusal(slot).isPresent()) {
          continue;
        }
        ProgramSpec program = program(slot);
        for (String line : log(program).lines().toList()) {
          if (line.startsWith("0: (") && !isFunctionConstant(slot)) {
            String ours = Disassembler.disassemble(program).lines().findFirst().orElseThrow();
            String theirs = line.contains(";") ? line.substring(0, line.indexOf(';')) : line;
            compared++;
            if (!ours.strip().equals(theirs.strip())) {
              different.add(ours.strip() + " | " + theirs);
            }
          }
        }
      }
    }
    assertThat(different).isEmpty();
    assertThat(compared).isGreaterThan(2_000);
  }

  private static List<Long> instructions(int opcode) {
    List<Long> slots = new ArrayList<>();
    for (int dst : REGISTERS) {
      for (int src : SOURCES) {
        for (int offset : OFFSETS) {
          for (int number : NUMBERS) {
            // One field in full at a time, the others with their usual values.
            int unusual = (dst > 1 ? 1 : 0) + (src > 2 ? 1 : 0) + (offset > 1 ? 1 : 0);
            boolean jumps = (opcode & 0x07) == 0x05 || (opcode & 0x07) == 0x06;
            if (unusual <= 1 && !(jumps && (offset != 0 || leads(opcode, src, number)))) {
              slots.add(opcode | dst << 8 | src << 12 | (offset & 0xffffL) << 16
                  | (long) number << 32);
            }
          }
        }
      }
    }
    return slots;
  }

  /** Whether a number is a distance to where there is nothing. */
  private static boolean leads(int opcode, int src, int number) {
    return (opcode == 0x06 || (opcode == 0x85 && src == 1)) && number != 0;
  }

  private static boolean isFunctionConstant(long slot) {
    return (slot & 0xff) == 0x18 && (slot >>> 12 & 0xf) == 4;
  }

  private static boolean isMalformed(String problem) {
    return MALFORMED.stream().anyMatch(problem::contains);
  }

  /**
   * Whether the verifier got so far as to look at the instruction: it may find something wrong with
   * the program before, does not look at all fields of an exit, and looks at registers before it
   * looks at some fields.
   */
  private static boolean isLookedAt(long slot, String problem) {
    int opcode = (int) slot & 0xff;
    boolean unread = problem.contains("!read_ok") && refusal(slot).isPresent();
    boolean earlier =
        problem.contains("valid bpf_map")
            || problem.contains("btf_id")
            || problem.contains("BTF")
            || problem.contains("fd_array")
            || problem.contains("invalid destination")
            || problem.contains("LD_[ABS|IND]")
            || problem.contains("last insn");
    return opcode != 0x95 && !unread && !earlier;
  }

  private static Optional<String> refusal(long slot) {
    try {
      Decoder.list(program(slot));
      return Optional.empty();
    } catch (DecodeException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private String problem(long slot) {
    return VerifierLog.lastUsefulLine(log(program(slot)));
  }

  private String log(ProgramSpec program) {
    try (BpfProgram loaded = kernel.loadProgram(program, Map.of())) {
      throw new AssertionError("loaded: " + loaded);
    } catch (BpfException e) {
      return e.verifierLog().orElse("");
    }
  }

  private static ProgramSpec program(long slot) {
    return (slot & 0xff) == 0x18
        ? Specs.program(List.of(), slot, 0, COPY_R9, Specs.EXIT)
        : Specs.program(List.of(), slot, COPY_R9, Specs.EXIT);
  }
}
