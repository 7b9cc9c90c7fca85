package dev.jbpfilter.cli;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.DecodeException;
import dev.jbpfilter.bytecode.Disassembler;
import dev.jbpfilter.bytecode.Instructions;
import dev.jbpfilter.bytecode.LlvmDisassembler;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.elf.ObjectFile;
import dev.jbpfilter.bytecode.elf.ObjectFileException;
import dev.jbpfilter.bytecode.elf.ObjectMap;
import dev.jbpfilter.bytecode.elf.ObjectProgram;
import dev.jbpfilter.loader.kernel.Errno;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** {@code disasm}: instructions to text. */
final class Disasm extends FileCommand {
  private static final byte[] ELF_MAGIC = {0x7f, 'E', 'L', 'F'};

  Disasm() {
    super(
        "disasm",
        "Prints the programs of an object file, or instructions as bytes or in hexadecimal.",
        List.of(Option.SYNTAX, Option.BIG_ENDIAN, Option.OUTPUT));
  }

  @Override
  List<String> details() {
    return List.of("Finds out by itself which of the three the file is. Nothing is loaded.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example("Print the programs of an object file", "bfcli disasm count.o"),
        new Example("The same as llvm-objdump would", "bfcli disasm --syntax llvm count.o"),
        new Example(
            "Print what an encoded program says",
            "bfcli ruleset set -f web.rules --dry-run --dump hex | bfcli disasm -"));
  }

  @Override
  void run(Arguments arguments, Session session) {
    byte[] input = read(arguments, session.console());
    Syntax syntax = arguments.value(Option.SYNTAX).map(Syntax::of).orElse(Syntax.KERNEL);
    String text;
    try {
      text =
          isElf(input)
              ? objectFile(input, syntax)
              : programs(instructions(input, arguments), syntax);
    } catch (DecodeException | ObjectFileException e) {
      throw refusal(arguments, String.valueOf(e.getMessage()));
    }
    Output.write(text, arguments, session.console());
  }

  private static boolean isElf(byte[] input) {
    return input.length >= ELF_MAGIC.length
        && Arrays.equals(input, 0, ELF_MAGIC.length, ELF_MAGIC, 0, ELF_MAGIC.length);
  }

  private static ByteOrder order(Arguments arguments) {
    return arguments.has(Option.BIG_ENDIAN) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  /**
   * The programs of an object file.
   *
   * @throws ObjectFileException if it is damaged
   */
  private static String objectFile(byte[] input, Syntax syntax) {
    ObjectFile file = ObjectFile.read(input);
    List<MapSpec> maps = file.maps().stream().map(ObjectMap::spec).toList();
    StringJoiner out = new StringJoiner("\n");
    for (ObjectProgram program : file.programs()) {
      ProgramSpec spec = program.spec();
      out.add(
          switch (syntax) {
            case KERNEL -> Disassembler.disassemble(new ObjectSpec(spec.name(), spec, maps));
            case LLVM -> LlvmDisassembler.disassemble(spec);
          });
    }
    return out.toString();
  }

  /**
   * The instructions of each program in bytes or in hexadecimal.
   *
   * @throws CommandException if there are none, or no whole number of them
   */
  private static List<Instructions> instructions(byte[] input, Arguments arguments) {
    List<Instructions> programs = new ArrayList<>();
    try {
      for (byte[] bytes : HexText.isHex(input) ? HexText.parse(input) : List.of(input)) {
        programs.add(Instructions.ofBytes(bytes, order(arguments)));
      }
    } catch (IllegalArgumentException e) {
      throw refusal(arguments, String.valueOf(e.getMessage()));
    }
    for (Instructions program : programs) {
      if (program.count() == 0) {
        throw refusal(arguments, "no instructions");
      }
    }
    return programs;
  }

  private static CommandException refusal(Arguments arguments, String problem) {
    return CommandException.of(Errno.EINVAL, name(arguments) + ": " + problem);
  }

  /** Programs of which nothing but the instructions is known. */
  private static String programs(List<Instructions> programs, Syntax syntax) {
    StringJoiner out = new StringJoiner("\n");
    for (Instructions instructions : programs) {
      ProgramSpec program = program(instructions);
      out.add(
          switch (syntax) {
            case KERNEL -> Disassembler.disassemble(program);
            case LLVM -> LlvmDisassembler.disassemble(program);
          });
    }
    return out.toString();
  }

  private static ProgramSpec program(Instructions instructions) {
    return new ProgramSpec(
        "main",
        ProgramType.UNSPEC,
        AttachType.CGROUP_INET_INGRESS,
        0,
        "",
        instructions,
        List.of(),
        List.of());
  }

  /** The notation of the listing. */
  enum Syntax {
    /** That of the verifier and of bpftool. */
    KERNEL("kernel"),
    /** That of llvm-objdump and clang. */
    LLVM("llvm");

    /** All words, for messages. */
    static final String WORDS = "kernel or llvm";

    private final String word;

    Syntax(String word) {
      this.word = word;
    }

    /** The syntax called {@code word}; null if there is none. */
    static @Nullable Syntax of(String word) {
      for (Syntax syntax : values()) {
        if (syntax.word.equals(word)) {
          return syntax;
        }
      }
      return null;
    }
  }
}
