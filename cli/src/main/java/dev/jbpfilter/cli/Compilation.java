package dev.jbpfilter.cli;

import dev.jbpfilter.cgen.CompileOptions;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.ruleset.Chain;
import java.util.List;

/**
 * How a command compiles chains.
 *
 * @param explains whether it prints how each chain's rules are looked up
 */
record Compilation(CompileOptions options, boolean explains) {
  /** The options of commands that compile chains. */
  static final List<Option> OPTIONS =
      List.of(Option.EXPLAIN_PLAN, Option.MAX_TABLE_MEMORY, Option.OPTIMISE);

  private static final String UNITS = "KMG";
  private static final int UNIT_BITS = 10;
  private static final long MOST_BYTES = 1L << 30;

  /** What arguments say of a command that may have these options. */
  static Compilation of(Command command, Arguments arguments, Settings settings) {
    CompileOptions options = CompileOptions.DEFAULT.withTraceFailures(settings.says(Verbosity.BPF));
    String level = arguments.value(Option.OPTIMISE).orElse("1");
    options = options.withOptimise(!level.equals("0"));
    String memory = arguments.value(Option.MAX_TABLE_MEMORY).orElse(null);
    if (memory != null) {
      options = options.withMaxTableMemory(bytes(command, memory));
    }
    return new Compilation(options, arguments.has(Option.EXPLAIN_PLAN));
  }

  private static long bytes(Command command, String text) {
    int digits = text.length();
    long factor = 1;
    if (digits > 0 && UNITS.indexOf(text.charAt(digits - 1)) >= 0) {
      digits--;
      factor = 1L << (UNIT_BITS * (UNITS.indexOf(text.charAt(digits)) + 1));
    }
    long number = -1;
    try {
      number = Long.parseUnsignedLong(text, 0, digits, 10);
    } catch (NumberFormatException e) {
      // Said below, as for numbers that are too large.
    }
    if (number < 0 || number > MOST_BYTES / factor) {
      throw command.error(
          "--max-table-memory expects bytes up to 1G, such as 64M or 512K, not '" + text + "'");
    }
    return number * factor;
  }

  /** Compiles a chain, and prints its plan if that is wanted. */
  CompiledChain compile(Chain chain, Console console) {
    CompiledChain compiled = Compiler.compile(chain, options);
    explain(compiled, console);
    return compiled;
  }

  /** Prints the plan of a chain if that is wanted. */
  void explain(CompiledChain compiled, Console console) {
    if (explains) {
      console.out().print(compiled.plan().print());
    }
  }
}
