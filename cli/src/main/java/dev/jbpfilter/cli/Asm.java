package dev.jbpfilter.cli;

import dev.jbpfilter.bytecode.CodegenException;
import dev.jbpfilter.bytecode.Dump;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.assembler.Assembler;
import dev.jbpfilter.bytecode.assembler.Assembly;
import dev.jbpfilter.bytecode.assembler.AssemblyException;
import dev.jbpfilter.bytecode.assembler.AssemblyException.Problem;
import dev.jbpfilter.bytecode.elf.ObjectFile;
import dev.jbpfilter.loader.kernel.Errno;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code asm}: a program's text to instructions. */
final class Asm extends FileCommand {
  Asm() {
    super(
        "asm",
        "Assembles a program in the notation of the kernel's verifier.",
        List.of(Option.TO, Option.BIG_ENDIAN, Option.OUTPUT));
  }

  @Override
  List<String> details() {
    return List.of(
        "Reads what disasm prints of an object file: programs with their maps. Nothing is loaded.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example("Print the encoded instructions", "bfcli asm count.s"),
        new Example(
            "Make an object file for bpftool", "bfcli asm --to elf --output count.o count.s"),
        new Example(
            "Make raw instructions, in a pipe", "bfcli asm --to bytes - < count.s > count.bin"));
  }

  @Override
  void check(Arguments arguments) {
    super.check(arguments);
    if (arguments.has(Option.BIG_ENDIAN) && format(arguments) != AsmFormat.BYTES) {
      throw error("option --big-endian needs --to bytes");
    }
  }

  private static AsmFormat format(Arguments arguments) {
    return arguments.value(Option.TO).map(AsmFormat::of).orElse(AsmFormat.HEX);
  }

  @Override
  void run(Arguments arguments, Session session) {
    AsmFormat format = format(arguments);
    Assembly assembly = assemble(arguments, session.console(), format == AsmFormat.ELF);
    List<ObjectSpec> objects = assembly.objects();
    byte[] output =
        switch (format) {
          case HEX -> utf8(Dump.hex(objects));
          case C -> utf8(Dump.c(objects));
          case JSON -> utf8(Dump.json(objects));
          case ELF -> objectFile(objects);
          case BYTES -> bytes(assembly, arguments);
        };
    Output.write(output, arguments, session.console());
  }

  /**
   * @param complete whether all maps have to be declared
   */
  private static Assembly assemble(Arguments arguments, Console console, boolean complete) {
    String source = new String(read(arguments, console), StandardCharsets.UTF_8);
    try {
      return complete ? Assembler.assembleComplete(source) : Assembler.assemble(source);
    } catch (AssemblyException e) {
      List<String> lines = lines(source);
      for (Problem problem : e.problems()) {
        console.error(text(name(arguments), lines, problem));
      }
      throw CommandException.of(Errno.EINVAL, "failed to assemble " + name(arguments));
    }
  }

  /** The lines that the assembler counts. What would move the cursor is not passed on. */
  private static List<String> lines(String source) {
    StringBuilder text = new StringBuilder(source.replace("\r\n", "\n"));
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && c != '\n' && c != '\t') {
        text.setCharAt(i, '\ufffd');
      }
    }
    return List.of(text.toString().split("\n", -1));
  }

  /** The problem, the line that has it, a mark under its column, and the hint. */
  private static String text(String file, List<String> lines, Problem problem) {
    StringBuilder out = new StringBuilder();
    out.append(file).append(':').append(problem.line()).append(':').append(problem.column());
    out.append(": ").append(problem.message());
    if (problem.line() <= lines.size()) {
      String line = lines.get(problem.line() - 1);
      out.append("\n  ").append(line).append("\n  ");
      for (int i = 0; i < problem.column() - 1; i++) {
        out.append(i < line.length() && line.charAt(i) == '\t' ? '\t' : ' ');
      }
      out.append('^');
    }
    if (problem.hint() != null) {
      out.append("\n  hint: ").append(problem.hint());
    }
    return out.toString();
  }

  private static byte[] objectFile(List<ObjectSpec> objects) {
    Set<String> maps = new HashSet<>();
    for (ObjectSpec object : objects) {
      for (MapSpec map : object.maps()) {
        // Each program of an object file of ours has its own maps.
        if (!maps.add(map.name())) {
          throw CommandException.of(
              Errno.EOPNOTSUPP,
              "several programs use map " + map.name() + ", --to elf can't share it");
        }
      }
    }
    try {
      return ObjectFile.write(objects);
    } catch (CodegenException e) {
      throw DryRun.refusal(e);
    }
  }

  private static byte[] bytes(Assembly assembly, Arguments arguments) {
    if (assembly.programs().size() > 1) {
      throw CommandException.of(
          Errno.E2BIG, name(arguments) + " has several programs, --to bytes writes one");
    }
    ByteOrder order =
        arguments.has(Option.BIG_ENDIAN) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return assembly.program().instructions().toBytes(order);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
