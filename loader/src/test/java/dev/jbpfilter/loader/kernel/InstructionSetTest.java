package dev.jbpfilter.loader.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.DecodeException;
import dev.jbpfilter.bytecode.Decoder;
import dev.jbpfilter.bytecode.Disassembler;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.loader.testing.RequiresBpf;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    assertThat(valid).isGreaterThan(1_000);
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
          if (line.startsWith("0: (") && !isShownOtherwise(slot)) {
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
    assertThat(compared).isGreaterThan(1_000);
  }

  /** The usual forms of an instruction, and those that differ from one in one field. */
  private static Set<Long> instructions(int opcode) {
    Set<Long> slots = new LinkedHashSet<>();
    for (int src = 0; src <= 2; src += 2) {
      for (int offset = 0; offset <= 1; offset++) {
        for (int number = 0; number <= 1; number++) {
          for (int other : REGISTERS) {
            add(slots, opcode, other, src, offset, number);
          }
          for (int other : SOURCES) {
            add(slots, opcode, 1, other, offset, number);
          }
          for (int other : OFFSETS) {
            add(slots, opcode, 1, src, other, number);
          }
          for (int other : NUMBERS) {
            add(slots, opcode, 1, src, offset, other);
          }
        }
      }
    }
    return slots;
  }

  private static void add(Set<Long> slots, int opcode, int dst, int src, int offset, int number) {
    boolean jumps = (opcode & 0x07) == 0x05 || (opcode & 0x07) == 0x06;
    if (!jumps || (offset == 0 && !leads(opcode, src, number))) {
      long low = opcode | dst << 8 | src << 12 | (offset & 0xffffL) << 16;
      slots.add(low | (long) number << 32);
    }
  }

  /** Whether a number is a distance to where there is nothing. */
  private static boolean leads(int opcode, int src, int number) {
    return (opcode == 0x06 || (opcode == 0x85 && src == 1)) && number != 0;
  }

  /** Constants of functions are shown as numbers, and the kernel function 0 is none. */
  private static boolean isShownOtherwise(long slot) {
    long source = slot >>> 12 & 0xf;
    return ((slot & 0xff) == 0x18 && source == 4)
        || ((slot & 0xff) == 0x85 && source == 2 && slot >>> 32 == 0);
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
    boolean unread = problem.contains("!read_ok") || problem.contains("associated arena");
    boolean earlier =
        problem.contains("valid bpf_map")
            || problem.contains("btf_id")
            || problem.contains("BTF")
            || problem.contains("fd_array")
            || problem.contains("invalid destination")
            || problem.contains("LD_[ABS|IND]")
            || problem.contains("last insn");
    return opcode != 0x95 && !(unread && refusal(slot).isPresent()) && !earlier;
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
