package dev.jbpfilter.cli;

import dev.jbpfilter.bytecode.CodegenException;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.loader.Bpfilter;
import dev.jbpfilter.loader.Event;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.ruleset.Chain;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What commands do with the kernel. Only this class and {@link KernelInterfaces} use the loader, so
 * a command that does without the kernel never loads it.
 */
final class KernelAccess {
  private KernelAccess() {}

  /**
   * Runs {@code action} on the chains in bpffs.
   *
   * @param failure begins the last line when that fails
   * @throws CommandException if it fails
   */
  static void run(Session session, String failure, Consumer<Bpfilter> action) {
    run(session, failure, event -> {}, action);
  }

  /**
   * Runs {@code action} on the chains in bpffs.
   *
   * @param failure begins the last line when that fails
   * @param listener told what is also shown on the way
   * @throws CommandException if it fails
   */
  static void run(
      Session session, String failure, Consumer<Event> listener, Consumer<Bpfilter> action) {
    Settings settings = session.settings();
    if (settings.token()) {
      throw CommandException.of(
          Errno.EOPNOTSUPP, "this version can't create BPF tokens (--with-bpf-token)");
    }
    Console console = session.console();
    if (settings.says(Verbosity.BPF)) {
      console.warning("--verbose bpf has no effect in this version");
    }
    Consumer<Event> shown = event -> show(event, console);
    try (Bpfilter bpfilter = open(settings, shown.andThen(listener))) {
      action.accept(bpfilter);
    } catch (BpfException e) {
      throw failure(e, failure, settings.says(Verbosity.DEBUG));
    }
  }

  private static Bpfilter open(Settings settings, Consumer<Event> events) {
    try {
      return Bpfilter.open(settings.bpffs(), events);
    } catch (IllegalStateException e) {
      // Not Linux, or a processor whose system calls are not known.
      throw CommandException.of(Errno.EOPNOTSUPP, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Runs {@code action}, which loads {@code chains}.
   *
   * @param failure begins the last line when that fails
   * @throws CommandException if it fails
   */
  static void load(Session session, List<Chain> chains, String failure, Consumer<Bpfilter> action) {
    if (session.settings().says(Verbosity.BYTECODE)) {
      List<CompiledChain> compiled = DryRun.compile(chains, session.console());
      Dumps.listing(compiled).lines().forEach(session.console()::debug);
    }
    session.console().beginWork("loading chains");
    try {
      run(session, failure, action);
    } catch (CodegenException e) {
      throw DryRun.refusal(e);
    } finally {
      session.console().endWork();
    }
  }

  private static void show(Event event, Console console) {
    switch (event.level()) {
      case INFO -> console.info(event.text());
      case WARNING -> console.warning(event.text());
    }
  }

  private static CommandException failure(BpfException e, String failure, boolean wholeLog) {
    String cause = String.valueOf(e.getMessage());
    List<String> lines = new ArrayList<>();
    lines.add(cause);
    if (wholeLog) {
      e.verifierLog().ifPresent(log -> lines.add("verifier log:\n" + log));
    }
    if (!cause.startsWith(failure)) {
      lines.add(CommandException.withError(failure, e.errno()));
    }
    return new CommandException(e.errno(), lines);
  }
}
