package dev.jbpfilter.cli;

import dev.jbpfilter.bytecode.CodegenException;
import dev.jbpfilter.bytecode.CodegenException.Reason;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.ruleset.Chain;
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
  static void run(
      RuleSource rules,
      Function<RuleSource, List<Chain>> selection,
      Session session,
      String notice) {
    Console console = session.console();
    DumpFormat dump = rules.arguments().value(Option.DUMP).map(DumpFormat::of).orElse(null);
    if (dump != null) {
      byte[] bytes = Dumps.bytes(dump, compile(selection.apply(rules), session));
      Output.write(bytes, rules.arguments(), console);
    } else if (ListFormat.of(rules.arguments()) == ListFormat.JSON) {
      printJson(rules, selection, session);
    } else {
      compile(selection.apply(rules), session);
    }
    console.info("--dry-run used, " + notice);
  }

  private static void printJson(
      RuleSource rules, Function<RuleSource, List<Chain>> selection, Session session) {
    PrintStream out = session.console().out();
    List<Chain> chains;
    try {
      chains = selection.apply(rules);
      compile(chains, session);
    } catch (CommandException e) {
      RulesetJson.failure(out, JsonDiagnostic.withCause(rules.diagnostics(), e));
      throw e;
    }
    new RulesetJson(out, rules.interfaces(), true).rules(rules.diagnostics(), chains);
  }

  /**
   * Compiles {@code chains}.
   *
   * @throws CommandException if one can't be compiled
   */
  static List<CompiledChain> compile(List<Chain> chains, Session session) {
    Console console = session.console();
    List<CompiledChain> compiled = new ArrayList<>();
    console.beginWork(COMPILING);
    try {
      for (Chain chain : chains) {
        compiled.add(session.compilation().compile(chain, console));
      }
    } catch (CodegenException e) {
      throw refusal(e);
    } finally {
      console.endWork();
    }
    return compiled;
  }

  /** How a command ends that was to compile what can't be. */
  static CommandException refusal(CodegenException e) {
    boolean unsupported = e.reason() instanceof Reason.Unsupported;
    return CommandException.of(
        unsupported ? Errno.EOPNOTSUPP : Errno.EINVAL, String.valueOf(e.getMessage()));
  }
}
