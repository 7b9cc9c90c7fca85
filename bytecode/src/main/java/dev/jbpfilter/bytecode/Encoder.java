package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.CodegenException.Reason;
import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import dev.jbpfilter.bytecode.ProgramSpec.Relocation;
import java.util.List;

/**
 * Encodes allocated code (RFC 9669): functions one after another, the first being where the program
 * starts.
 *
 * <p>Only what can run is encoded, because the kernel refuses the rest: the {@linkplain DeadCode
 * live part} of the functions that the first one calls, or takes the address of, or that those do.
 *
 * <p>A target is the oldest kernel that is to take the program. It decides how jumps of more than
 * 32 767 slots are encoded, with {@code gotol} from Linux 6.6 on and over other jumps before, and
 * which instructions are refused. What a type of program may call or access, and how much of it the
 * verifier follows, is another matter. Without a target, the kernel is taken to know everything.
 *
 * <pre>{@code
 * ProgramSpec program =
 *     Encoder.program(
 *         "count", ProgramType.XDP, AttachType.XDP, 0, "GPL", functions, new KernelVersion(5, 15));
 * }</pre>
 */
public final class Encoder {
  private Encoder() {}

  /**
   * What code encodes to.
   *
   * @param instructions with zeros where a relocation goes
   * @param relocations by ascending slot
   * @param notes by ascending slot, at most one for each slot
   * @param functions by ascending slot
   */
  public record Encoded(
      Instructions instructions,
      List<Relocation> relocations,
      List<LineNote> notes,
      List<ProgramSpec.Function> functions) {
    /** Copies the lists. */
    public Encoded {
      relocations = List.copyOf(relocations);
      notes = List.copyOf(notes);
      functions = List.copyOf(functions);
    }
  }

  /** Encodes a program of one function, as {@link #encode(List)} does. */
  public static Encoded encode(Code<Phys> code) {
    return encode(List.of(code));
  }

  /** Encodes functions for a kernel that knows all instructions. */
  public static Encoded encode(List<Code<Phys>> functions) {
    return encode(functions, FirstKernel.NEWEST);
  }

  /**
   * Encodes functions.
   *
   * @param functions of which the first is where the program starts
   * @param target the oldest kernel that is to take them
   * @throws CodegenException if the target lacks an instruction, a memory offset has more than 16
   *     bits, or some jump cannot be made; names the note
   * @throws IllegalArgumentException if a call or an exit has other registers than the calling
   *     convention says, two functions have the same name, or one that is called is not there
   */
  public static Encoded encode(List<Code<Phys>> functions, KernelVersion target) {
    EncodedProgram program = new EncodedProgram();
    for (Code<Phys> function : CalledFunctions.of(functions)) {
      program.begin(function.name(), function.parameters().size());
      FunctionEncoder.encode(function, target, program);
    }
    if (program.count() > FirstKernel.SHORT_PROGRAM
        && !target.isAtLeast(FirstKernel.LONG_PROGRAM)) {
      throw new CodegenException(
          new Reason.Unsupported(
              "a program of " + program.count() + " instructions", FirstKernel.LONG_PROGRAM),
          null);
    }
    return program.link();
  }

  /** A program out of one function, {@linkplain #encode(List) encoded}. */
  public static ProgramSpec program(
      String name,
      ProgramType type,
      AttachType attachType,
      int flags,
      String license,
      Code<Phys> code) {
    return program(name, type, attachType, flags, license, List.of(code));
  }

  /** A program out of some functions, {@linkplain #encode(List) encoded}. */
  public static ProgramSpec program(
      String name,
      ProgramType type,
      AttachType attachType,
      int flags,
      String license,
      List<Code<Phys>> functions) {
    return program(name, type, attachType, flags, license, functions, FirstKernel.NEWEST);
  }

  /** A program out of some functions, {@linkplain #encode(List, KernelVersion) encoded}. */
  public static ProgramSpec program(
      String name,
      ProgramType type,
      AttachType attachType,
      int flags,
      String license,
      List<Code<Phys>> functions,
      KernelVersion target) {
    Encoded encoded = encode(functions, target);
    return new ProgramSpec(
        name,
        type,
        attachType,
        flags,
        license,
        encoded.instructions(),
        encoded.relocations(),
        encoded.notes(),
        encoded.functions());
  }
}
