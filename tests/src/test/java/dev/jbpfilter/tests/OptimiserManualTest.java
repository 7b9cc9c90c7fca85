package dev.jbpfilter.tests;

import dev.jbpfilter.bytecode.CodePrinter;
import dev.jbpfilter.bytecode.testing.Golden;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.cgen.analysis.PlanSvg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What doc/optimiser.md shows of its chain is what the compiler makes of it. With {@code
 * -Dgolden.update=true} it becomes so.
 */
class OptimiserManualTest {
  private static final Path MANUAL = Checkout.ROOT.resolve("doc/optimiser.md");
  private static final Path PICTURE = Checkout.ROOT.resolve("doc/plan.svg");
  private static final String LOOKUP = "find the first rule";
  private static final int PLAN_LINES = 15;

  @Test
  void theLevelsAreThoseOfTheCompiler() throws IOException {
    String manual = Files.readString(MANUAL);
    String rules = Markdown.texts(MANUAL, "rules edge.rules").getFirst();
    CompiledChain compiled = Compiler.compile(ThreeWayChain.parse(rules));
    manual = withBlock(manual, "ir", compiled.filter().print());
    manual = withBlock(manual, "plan", beginning(compiled.plan().print(), PLAN_LINES));
    manual = withBlock(manual, "asm", dispatch(compiled));
    Golden.check(MANUAL, manual);
    Golden.check(PICTURE, PlanSvg.print(compiled));
  }

  @Test
  @RequiresLauncher
  void theCommandDrawsThePicture(@TempDir Path directory) throws Exception {
    Path session = Files.createDirectory(directory.resolve("session"));
    PageSession.run(MANUAL, List.of("bash"), "", session);
    Golden.check(PICTURE, Files.readString(session.resolve("plan.svg")));
  }

  private static String beginning(String text, int lines) {
    return text.lines().limit(lines).collect(Collectors.joining("\n")) + "\n    …\n";
  }

  /** The listing from the lookup to the end of the rules, with the first lookup only. */
  private static String dispatch(CompiledChain compiled) {
    String listing = CodePrinter.print(compiled.functions().getFirst());
    int from = listing.lastIndexOf('\n', listing.indexOf("find the class of the packet")) + 1;
    int first = listing.indexOf(LOOKUP, from);
    int second = listing.lastIndexOf('\n', listing.indexOf(LOOKUP, first + 1)) + 1;
    int nothing = listing.indexOf("\nnothing.", second) + 1;
    int end = listing.lastIndexOf('\n', listing.indexOf("log, count and return")) + 1;
    return listing.substring(from, second) + "    …\n" + listing.substring(nothing, end);
  }

  private static String withBlock(String page, String info, String text) {
    String fence = "\n```" + info + "\n";
    int begin = page.indexOf(fence) + fence.length();
    int end = page.indexOf("```", begin);
    return page.substring(0, begin) + text + page.substring(end);
  }
}
