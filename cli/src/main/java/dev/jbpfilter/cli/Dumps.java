package dev.jbpfilter.cli;

import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.CodePrinter;
import dev.jbpfilter.bytecode.Dump;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.elf.ObjectFile;
import dev.jbpfilter.cgen.CompiledChain;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Compiled chains as text, at any level, or as an object file. */
final class Dumps {
  private Dumps() {}

  /** What is printed of {@code chains}: text with each under its name, or an object file. */
  static byte[] bytes(DumpFormat format, List<CompiledChain> chains) {
    return switch (format) {
      case ASM -> utf8(listing(chains));
      case HEX -> utf8(Dump.hex(objects(chains)));
      case C -> utf8(Dump.c(objects(chains)));
      case JSON -> utf8(Dump.json(objects(chains)));
      case ELF -> ObjectFile.write(objects(chains));
      case IR -> utf8(texts(chains, chain -> chain.filter().print()));
      case VIRT -> utf8(texts(chains, Dumps::functions));
    };
  }

  /** The listings of the programs of {@code chains}. */
  static String listing(List<CompiledChain> chains) {
    return Dump.asm(objects(chains));
  }

  private static String functions(CompiledChain chain) {
    StringBuilder text = new StringBuilder();
    for (Code<Virt> function : chain.functions()) {
      text.append(CodePrinter.print(function));
    }
    return text.toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String texts(List<CompiledChain> chains, Function<CompiledChain, String> text) {
    List<String> texts = new ArrayList<>();
    for (CompiledChain chain : chains) {
      texts.add("; chain " + chain.chain().name() + "\n" + text.apply(chain));
    }
    return String.join("\n", texts);
  }

  private static List<ObjectSpec> objects(List<CompiledChain> chains) {
    List<ObjectSpec> objects = new ArrayList<>();
    for (CompiledChain chain : chains) {
      objects.add(chain.object());
    }
    return objects;
  }
}
