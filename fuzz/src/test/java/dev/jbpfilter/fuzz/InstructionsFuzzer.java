package dev.jbpfilter.fuzz;

import static dev.jbpfilter.fuzz.Fuzzing.require;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.Checker;
import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.DecodeException;
import dev.jbpfilter.bytecode.Decoder;
import dev.jbpfilter.bytecode.Disassembler;
import dev.jbpfilter.bytecode.Encoder;
import dev.jbpfilter.bytecode.Instructions;
import dev.jbpfilter.bytecode.LlvmDisassembler;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.assembler.Assembler;
import java.util.Arrays;
import java.util.List;

/** Any bytes are instructions, which can be written in every form, or there is an exception. */
public final class InstructionsFuzzer {
  private InstructionsFuzzer() {}

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] data) {
    check(data);
  }

  /**
   * Decodes bytes, but for what is behind the last whole slot.
   *
   * @return whether they are a program
   */
  static boolean check(byte[] bytes) {
    Instructions instructions =
        Instructions.ofBytes(Arrays.copyOf(bytes, bytes.length & -Long.BYTES));
    ProgramSpec program =
        new ProgramSpec(
            "fuzz", ProgramType.XDP, AttachType.XDP, 0, "", instructions, List.of(), List.of());
    List<Code<Phys>> functions;
    try {
      functions = Decoder.decode(program);
    } catch (DecodeException e) {
      checkListing(program);
      return false;
    }
    String listing = Disassembler.disassemble(program);
    require(
        Assembler.assemble(listing).program().instructions().equals(instructions),
        "assembled to something else",
        listing);
    require(!LlvmDisassembler.disassemble(program).isEmpty(), "no listing");
    Checker.check(program).forEach(problem -> require(problem.slot() >= 0, "no slot", problem));
    // What is never reached is gone, but no more than that.
    Encoder.Encoded encoded = Encoder.encode(functions);
    require(encoded.instructions().count() <= instructions.count(), "longer than before", listing);
    Decoder.decode(encoded.instructions());
    return true;
  }

  /** Bytes that are no program may still be instructions. */
  private static void checkListing(ProgramSpec program) {
    boolean empty = program.instructions().count() == 0;
    try {
      require(empty == Disassembler.disassemble(program).isEmpty(), "no listing");
      require(empty == LlvmDisassembler.disassemble(program).isEmpty(), "no listing");
    } catch (DecodeException e) {
      require(Fuzzing.isPrintable(String.valueOf(e.getMessage())), "control characters", e);
    }
  }
}
