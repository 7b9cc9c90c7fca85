package dev.jbpfilter.fuzz;

import static dev.jbpfilter.fuzz.Fuzzing.require;

import dev.jbpfilter.bytecode.DecodeException;
import dev.jbpfilter.bytecode.Disassembler;
import dev.jbpfilter.bytecode.LlvmDisassembler;
import dev.jbpfilter.bytecode.elf.ObjectFile;
import dev.jbpfilter.bytecode.elf.ObjectFileException;
import dev.jbpfilter.bytecode.elf.ObjectProgram;

/** Any bytes are an object file, whose programs can be listed, or there is an exception. */
public final class ObjectFileFuzzer {
  private ObjectFileFuzzer() {}

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] data) {
    check(data);
  }

  /**
   * Reads bytes.
   *
   * @return whether they are an object file
   */
  static boolean check(byte[] bytes) {
    ObjectFile file;
    try {
      file = ObjectFile.read(bytes);
    } catch (ObjectFileException e) {
      require(!String.valueOf(e.getMessage()).isEmpty(), "no message");
      return false;
    }
    for (ObjectProgram program : file.programs()) {
      try {
        require(!Disassembler.disassemble(program.spec()).isEmpty(), "no listing");
        require(!LlvmDisassembler.disassemble(program.spec()).isEmpty(), "no listing");
      } catch (DecodeException e) {
        require(e.slot() >= 0, "no slot", e);
      }
    }
    return true;
  }
}
