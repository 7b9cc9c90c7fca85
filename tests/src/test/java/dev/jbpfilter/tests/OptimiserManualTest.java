package dev.jbpfilter.tests;

import dev.jbpfilter.bytecode.CodePrinter;
import dev.jbpfilter.bytecode.testing.Golden;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * What doc/optimiser.md shows of its chain is what the compiler makes of it. With {@code
 * -Dgolden.update=true} it becomes so.
 */
class OptimiserManualTest {
  private static final Path MANUAL = Checkout.ROOT.resolve("doc/optimiser.md");
  private static final String FROM = "find the class of the packet";
  private static final String TO = "log, count and return";

  @Test
  void theLevelsAreThoseOfTheCompiler() throws IOException {
    String manual = Files.readString(MANUAL);
    String rules = Markdown.texts(MANUAL, "rules").getFirst();
    CompiledChain compiled = Compiler.compile(ThreeWayChain.parse(rules));
    manual = withBlock(manual, "ir", compiled.filter().print());
    manual = withBlock(manual, "plan", compiled.plan().print());
    manual = withBlock(manual, "asm", dispatch(compiled));
    Golden.check(MANUAL, manual);
  }

  /** The listing from the lookup to the end of the rules. */
  private static String dispatch(CompiledChain compiled) {
    StringBuilder part = new StringBuilder();
    boolean shown = false;
    for (String line : CodePrinter.print(compiled.functions().getFirst()).lines().toList()) {
      if (line.contains(FROM)) {
        shown = true;
      } else if (line.contains(TO)) {
        shown = false;
      }
      if (shown) {
        part.append(line).append('\n');
      }
    }
    return part.toString();
  }

  private static String withBlock(String page, String info, String text) {
    String fence = "\n```" + info + "\n";
    int begin = page.indexOf(fence) + fence.length();
    int end = page.indexOf("```", begin);
    return page.substring(0, begin) + text + page.substring(end);
  }
}
