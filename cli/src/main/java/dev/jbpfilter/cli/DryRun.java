package dev.jbpfilter.cli;

import dev.jbpfilter.bytecode.CodegenException;
import dev.jbpfilter.bytecode.CodegenException.Reason;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Severity;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Compiles chains without loading them, and prints what came of it. */
final class DryRun {
  private static final String COMPILING = "compiling rules";

  private DryRun() {}

  /**
   * Reads rules, compiles the chains that are meant, prints what {@code --dump} or {@code --format}
   * asks for, and tells that nothing else happens. A JSON document comes in any case: if there are
   * no such chains, it says why.
   *
   * @param selection takes the chains that are meant
   * @param notice what does not happen
   * @throws CommandException if the rules can't be read or compiled, or the output not be written
   */
  static void run(RuleSource rules, Function<RuleSource, List<Chain>> selection, String notice) {
    Console console = rules.console();
    DumpFormat dump = rules.arguments().value(Option.DUMP).map(DumpFormat::of).orElse(null);
    if (dump != null) {
      byte[] bytes = Dumps.bytes(dump, compile(selection.apply(rules), console));
      Output.write(bytes, rules.arguments(), console);
    } else if (ListFormat.of(rules.arguments()) == ListFormat.JSON) {
      printJson(rules, selection);
    } else {
      check(selection.apply(rules), console);
    }
    console.info("--dry-run used, " + notice);
  }

  private static void printJson(RuleSource rules, Function<RuleSource, List<Chain>> selection) {
    PrintStream out = rules.console().out();
    List<Chain> chains;
    List<JsonDiagnostic> missing;
    try {
      chains = selection.apply(rules);
      missing = check(chains, rules.console());
    } catch (CommandException e) {
      RulesetJson.failure(out, JsonDiagnostic.withCause(rules.diagnostics(), e));
      throw e;
    }
    List<JsonDiagnostic> diagnostics = rules.diagnostics();
    diagnostics.addAll(missing);
    new RulesetJson(out, rules.interfaces(), true).rules(diagnostics, chains);
  }

  /**
   * Compiles {@code chains}.
   *
   * @throws CommandException if one can't be compiled
   */
  static List<CompiledChain> compile(List<Chain> chains, Console console) {
    List<CompiledChain> compiled = new ArrayList<>();
    console.beginWork(COMPILING);
    try {
      for (Chain chain : chains) {
        compiled.add(Compiler.compile(chain));
      }
    } catch (CodegenException e) {
      throw refusal(e);
    } finally {
      console.endWork();
    }
    return compiled;
  }

  /** Compiles {@code chains}. Warns of what this version can't compile yet: it is valid. */
  private static List<JsonDiagnostic> check(List<Chain> chains, Console console) {
    List<JsonDiagnostic> missing = new ArrayList<>();
    console.beginWork(COMPILING);
    try {
      for (Chain chain : chains) {
        check(chain, console, missing);
      }
    } finally {
      console.endWork();
    }
    return missing;
  }

  private static void check(Chain chain, Console console, List<JsonDiagnostic> missing) {
    try {
      Compiler.compile(chain);
    } catch (CodegenException e) {
      if (!isMissing(e)) {
        throw refusal(e);
      }
      String warning = String.valueOf(e.getMessage());
      console.warning(warning);
      missing.add(JsonDiagnostic.of(Severity.WARNING, warning, chain.name()));
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
