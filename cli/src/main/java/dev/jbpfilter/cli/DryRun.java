package dev.jbpfilter.cli;

import dev.jbpfilter.bytecode.CodegenException;
import dev.jbpfilter.bytecode.CodegenException.Reason;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.ruleset.Chain;
import java.util.ArrayList;
import java.util.List;

/** Compiles chains without loading them, and prints what came of it. */
final class DryRun {
  private DryRun() {}

  /**
   * Compiles {@code chains}, prints what {@code --dump} asks for, and tells that nothing else
   * happens.
   *
   * @param notice what does not happen
   * @throws CommandException if a chain can't be compiled or the output can't be written
   */
  static void run(List<Chain> chains, Arguments arguments, Console console, String notice) {
    DumpFormat format = arguments.value(Option.DUMP).map(DumpFormat::of).orElse(null);
    if (format != null) {
      Output.write(Dumps.bytes(format, compile(chains)), arguments, console);
    } else {
      check(chains, console);
    }
    console.info("--dry-run used, " + notice);
  }

  /**
   * Compiles {@code chains}.
   *
   * @throws CommandException if one can't be compiled
   */
  static List<CompiledChain> compile(List<Chain> chains) {
    List<CompiledChain> compiled = new ArrayList<>();
    for (Chain chain : chains) {
      try {
        compiled.add(Compiler.compile(chain));
      } catch (CodegenException e) {
        throw refusal(e);
      }
    }
    return compiled;
  }

  /** What this version can't compile yet is valid all the same. */
  private static void check(List<Chain> chains, Console console) {
    for (Chain chain : chains) {
      try {
        Compiler.compile(chain);
      } catch (CodegenException e) {
        if (!isMissing(e)) {
          throw refusal(e);
        }
        console.warning(String.valueOf(e.getMessage()));
      }
    }
  }

  /** How a command ends that was to compile what can't be. */
  static CommandException refusal(CodegenException e) {
    return CommandException.of(
        isMissing(e) ? Errno.EOPNOTSUPP : Errno.EINVAL, String.valueOf(e.getMessage()));
  }

  private static boolean isMissing(CodegenException e) {
    return e.reason() instanceof Reason.Unsupported;
  }
}
