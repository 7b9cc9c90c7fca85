package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import dev.jbpfilter.bytecode.ProgramSpec.Relocation;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes instructions (RFC 9669), strictly: fields that an instruction does not use must be zero,
 * as the kernel demands. It takes bytes that relocations go with, and bytes of which all numbers
 * are filled in.
 *
 * <p>A function begins where the program says so, and where a call or a constant refers to; one
 * without a name is called {@code function_SLOT}.
 *
 * <p>Decoding what {@link Encoder} wrote gives the elements back, but for what bytes do not tell:
 * label names, how many arguments a call has (five are assumed), how many parameters a function has
 * that only instructions tell of (five, too), and that a branch out of range was one element.
 */
public final class Decoder {
  private Decoder() {}

  /**
   * An instruction and its place.
   *
   * @param slot index of its first slot
   * @param element a jump's label has its target's slot as id
   */
  public record Decoded(int slot, Element<Phys> element) {}

  /**
   * The functions of a program that is nothing but instructions, whose numbers are filled in. The
   * first one takes the context.
   *
   * @throws DecodeException as {@link #decode(ProgramSpec)} does
   */
  public static List<Code<Phys>> decode(Instructions instructions) {
    return decode(instructions, List.of(), List.of(), List.of());
  }

  /**
   * The functions of a program, with its notes, in their order. Frames are taken to be in use
   * completely, as bytes do not tell.
   *
   * @throws DecodeException if {@link #functions} does, or control leaves a function other than by
   *     a call or an exit
   */
  public static List<Code<Phys>> decode(ProgramSpec program) {
    return decode(
        program.instructions(), program.relocations(), program.functions(), program.notes());
  }

  private static List<Code<Phys>> decode(
      Instructions instructions,
      List<Relocation> relocations,
      List<ProgramSpec.Function> known,
      List<LineNote> notes) {
    FunctionStarts starts = new FunctionStarts(instructions.count(), known);
    List<Decoded> list = new InstructionDecoder(instructions, relocations, starts).list();
    boolean[] targets = starts.targets(list);
    List<ProgramSpec.Function> functions = starts.functions(list);
    List<Code<Phys>> codes = new ArrayList<>(functions.size());
    int next = 0;
    int note = 0;
    for (int i = 0; i < functions.size(); i++) {
      int end = i + 1 < functions.size() ? functions.get(i + 1).slot() : instructions.count();
      List<Element<Phys>> elements = new ArrayList<>();
      for (; next < list.size() && list.get(next).slot() < end; next++) {
        Decoded decoded = list.get(next);
        if (targets[decoded.slot()]) {
          elements.add(new Element.Bind<>(FunctionStarts.label(decoded.slot())));
        }
        for (; note < notes.size() && notes.get(note).slot() <= decoded.slot(); note++) {
          elements.add(new Element.Note<>(notes.get(note).text()));
        }
        elements.add(decoded.element());
      }
      ProgramSpec.Function function = functions.get(i);
      codes.add(
          new Code<>(
              function.name(), parameters(function.parameters()), elements, Code.MAX_FRAME_BYTES));
    }
    return codes;
  }

  private static List<Phys> parameters(int count) {
    List<Phys> parameters = new ArrayList<>(count);
    for (int i = 1; i <= count; i++) {
      parameters.add(Phys.of(i));
    }
    return parameters;
  }

  /**
   * The functions of a program by ascending slot: those that it tells of, and those that only its
   * instructions refer to.
   *
   * @throws DecodeException if {@link #list(ProgramSpec)} does, or a function begins in the middle
   *     of an instruction
   */
  public static List<ProgramSpec.Function> functions(ProgramSpec program) {
    FunctionStarts starts = new FunctionStarts(program.instructions().count(), program.functions());
    return starts.functions(list(program, starts));
  }

  /**
   * Which slots jumps lead to, in a program of one function.
   *
   * @throws DecodeException if control leaves the code, or enters an instruction in its middle
   */
  static boolean[] targets(List<Decoded> list, int slots) {
    return new FunctionStarts(slots, List.of()).targets(list);
  }

  /**
   * The instructions one by one.
   *
   * @param relocations by ascending slot; they name what maps and kernel functions are meant
   * @throws DecodeException if an instruction is malformed or not one that {@link Element} has, a
   *     jump leads before the first slot, a call leads to no slot, or a relocation does not fit its
   *     instruction
   */
  public static List<Decoded> list(Instructions instructions, List<Relocation> relocations) {
    FunctionStarts starts = new FunctionStarts(instructions.count(), List.of());
    return new InstructionDecoder(instructions, relocations, starts).list();
  }

  /**
   * The instructions of a program one by one, with the names of its functions.
   *
   * @throws DecodeException as {@link #list(Instructions, List)} does, or if the program has no
   *     instruction where it says that a function begins
   */
  public static List<Decoded> list(ProgramSpec program) {
    return list(program, new FunctionStarts(program.instructions().count(), program.functions()));
  }

  static List<Decoded> list(ProgramSpec program, FunctionStarts starts) {
    return new InstructionDecoder(program.instructions(), program.relocations(), starts).list();
  }
}
