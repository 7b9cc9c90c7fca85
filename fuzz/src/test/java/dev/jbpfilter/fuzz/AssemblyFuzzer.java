package dev.jbpfilter.fuzz;

import static dev.jbpfilter.fuzz.Fuzzing.require;

import dev.jbpfilter.bytecode.CodegenException;
import dev.jbpfilter.bytecode.DecodeException;
import dev.jbpfilter.bytecode.Disassembler;
import dev.jbpfilter.bytecode.Dump;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.assembler.Assembler;
import dev.jbpfilter.bytecode.assembler.Assembly;
import dev.jbpfilter.bytecode.assembler.AssemblyException;
import dev.jbpfilter.bytecode.elf.ObjectFile;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Any source is a program, which can be written and read again, or there are problems. */
public final class AssemblyFuzzer {
  private AssemblyFuzzer() {}

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] data) {
    check(new String(data, StandardCharsets.UTF_8));
  }

  /**
   * Reads a source.
   *
   * @return whether it is accepted
   */
  static boolean check(String source) {
    Assembly assembly;
    try {
      assembly = Assembler.assemble(source);
    } catch (AssemblyException e) {
      checkProblems(e, source);
      return false;
    }
    List<ObjectSpec> objects = assembly.objects();
    require(!Dump.hex(objects).isEmpty() && !Dump.json(objects).isEmpty(), "empty dumps");
    objects.forEach(AssemblyFuzzer::checkListing);
    checkObjectFile(source);
    return true;
  }

  private static void checkProblems(AssemblyException exception, String source) {
    // Not lines(): a carriage return alone ends no line.
    List<String> lines = List.of(source.split("\n", -1));
    require(!exception.problems().isEmpty(), "an exception without problems");
    for (AssemblyException.Problem problem : exception.problems()) {
      require(problem.line() >= 1 && problem.column() >= 1, "no place", problem);
      require(Fuzzing.isPrintable(problem.message()), "control characters", problem);
      String line = problem.line() <= lines.size() ? lines.get(problem.line() - 1) : "";
      require(problem.column() <= line.length() + 1, "no such column", problem);
    }
  }

  private static void checkListing(ObjectSpec object) {
    String listing;
    try {
      listing = Disassembler.disassemble(object);
    } catch (DecodeException e) {
      // The assembler does not look at where functions end.
      return;
    }
    Assembly again = Assembler.assemble(listing);
    require(again.program().instructions().equals(object.program().instructions()), listing);
    require(again.program().relocations().equals(object.program().relocations()), listing);
    require(again.maps().equals(object.maps()), listing);
  }

  private static void checkObjectFile(String source) {
    byte[] file;
    Assembly assembly;
    try {
      assembly = Assembler.assembleComplete(source);
      file = ObjectFile.write(assembly.objects());
    } catch (AssemblyException | CodegenException e) {
      return;
    }
    int programs = ObjectFile.read(file).programs().size();
    require(programs == assembly.programs().size(), "programs in the object file", programs);
  }
}
