package dev.jbpfilter.cli;

import dev.jbpfilter.bytecode.CodePrinter;
import dev.jbpfilter.bytecode.Dump;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.cgen.CompiledChain;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Compiled chains as text, at any level. */
final class Dumps {
  private Dumps() {}

  /** The text of {@code chains}, each under its name. */
  static String text(DumpFormat format, List<CompiledChain> chains) {
    return switch (format) {
      case ASM -> Dump.asm(objects(chains));
      case HEX -> Dump.hex(objects(chains));
      case C -> Dump.c(objects(chains));
      case JSON -> Dump.json(objects(chains));
      case IR -> texts(chains, chain -> chain.filter().print());
      case VIRT -> texts(chains, chain -> CodePrinter.print(chain.code()));
    };
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
      objects.add(new ObjectSpec(chain.chain().name(), chain.program(), chain.maps()));
    }
    return objects;
  }
}
