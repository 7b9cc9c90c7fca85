package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import dev.jbpfilter.bytecode.ProgramSpec.Relocation;
import java.util.List;

/**
 * Encodes allocated code (RFC 9669): functions one after another, the first being where the program
 * starts.
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

  /**
   * Encodes the {@linkplain DeadCode live part} of some functions.
   *
   * @throws CodegenException if a memory offset has more than 16 bits; names the note
   * @throws IllegalArgumentException if a call or an exit has other registers than the calling
   *     convention says, two functions have the same name, or one that is called is not there
   */
  public static Encoded encode(List<Code<Phys>> functions) {
    EncodedProgram program = new EncodedProgram();
    for (Code<Phys> function : functions) {
      program.begin(function.name(), function.parameters().size());
      FunctionEncoder.encode(DeadCode.remove(function), program);
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
    Encoded encoded = encode(functions);
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
