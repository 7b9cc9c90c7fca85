package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.interpreter.Frame;
import dev.jbpfilter.bytecode.interpreter.Interpreter;
import java.util.function.Consumer;
import java.util.function.Function;

/** What tests of the builders share: the listing of code, and what it does. */
final class Dsl {
  static final Frame FRAME = Frame.of(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13});

  private Dsl() {}

  /** The listing without its first line and indentation, on one line. */
  static String listing(Consumer<CodeBuilder> body) {
    String text = CodePrinter.print(CodeBuilder.function("f", body));
    return text.substring(text.indexOf('\n') + 1).strip().replaceAll("\n *", "; ");
  }

  /** An XDP program of one function. */
  static ObjectSpec object(Consumer<CodeBuilder> main) {
    return ProgramBuilder.object("test", ProgramType.XDP, AttachType.XDP, "GPL", p -> p.main(main));
  }

  /** What an XDP program returns, in which the checker must find nothing. */
  static int run(Consumer<CodeBuilder> main) {
    return run(object(main));
  }

  static int run(ObjectSpec object) {
    Checker.verify(object.program());
    return Interpreter.of(object).run(FRAME);
  }

  /** All 64 bits of what a function computes. */
  static long value(Function<CodeBuilder, Virt> body) {
    long low = run(b -> b.exit(body.apply(b)));
    long high = run(b -> b.exit(b.shiftRight(body.apply(b), 32)));
    return high << 32 | (low & 0xffff_ffffL);
  }
}
