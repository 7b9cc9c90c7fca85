package dev.jbpfilter.cli;

import dev.jbpfilter.bytecode.CodegenException;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.loader.Bpfilter;
import dev.jbpfilter.loader.BpfilterOptions;
import dev.jbpfilter.loader.Event;
import dev.jbpfilter.loader.RunningRuleset;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.Errno;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * What commands do with the kernel. Code that calls the loader stands here, in {@link
 * KernelInterfaces}, {@link LogFollower}, {@link TopLoop}, {@link Metrics}, {@link FeatureReport}
 * and {@link Confirmation}, and is reached only from commands that need the kernel: the others
 * never load it.
 */
final class KernelAccess {
  /** The system property that says how many seconds to wait for each lock. */
  private static final String LOCK_WAIT = "bfcli.lockWait";

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
    Consumer<Event> shown = event -> show(event, session.console());
    try (Bpfilter bpfilter = open(session, shown.andThen(listener))) {
      action.accept(bpfilter);
    } catch (BpfException e) {
      throw failure(e, failure, settings.says(Verbosity.DEBUG));
    }
  }

  /**
   * Reads all chains, with a warning for each that can't be read.
   *
   * @param failure begins the last line when that fails
   * @throws CommandException if it fails
   */
  static RunningRuleset ruleset(Session session, String failure) {
    AtomicReference<RunningRuleset> running = new AtomicReference<>();
    session.console().beginWork("reading chains");
    try {
      run(session, failure, bpfilter -> running.set(bpfilter.ruleset()));
    } finally {
      session.console().endWork();
    }
    return running.get();
  }

  private static Bpfilter open(Session session, Consumer<Event> events) {
    Settings settings = session.settings();
    Console console = session.console();
    Compilation compilation = session.compilation();
    BpfilterOptions options =
        BpfilterOptions.of(events)
            .withCompile(compilation.options())
            .withPrograms(chain -> show(chain, session));
    if (settings.says(Verbosity.DEBUG)) {
      options = options.withSteps(console::debug);
    }
    if (settings.token()) {
      options = options.withToken();
    }
    Long seconds = Long.getLong(LOCK_WAIT);
    if (seconds != null) {
      options = options.withLockWait(Duration.ofSeconds(seconds));
    }
    try {
      return Bpfilter.open(settings.bpffs(), options);
    } catch (IllegalStateException e) {
      // Not Linux, or a processor whose system calls are not known.
      throw CommandException.of(Errno.EOPNOTSUPP, String.valueOf(e.getMessage()));
    }
  }

  private static void show(CompiledChain chain, Session session) {
    Console console = session.console();
    session.compilation().explain(chain, console);
    if (session.settings().says(Verbosity.BYTECODE)) {
      Dumps.listing(List.of(chain)).lines().forEach(console::debug);
    }
  }

  /**
   * Runs {@code action}, which loads chains.
   *
   * @param failure begins the last line when that fails
   * @throws CommandException if it fails
   */
  static void load(Session session, String failure, Consumer<Bpfilter> action) {
    session.console().beginWork("loading chains");
    try {
      run(session, failure, action);
    } catch (CodegenException e) {
      throw DryRun.refusal(e);
    } finally {
      session.console().endWork();
    }
  }

  /**
   * Finds out what the kernel offers to this process.
   *
   * @throws CommandException if the token fails that settings want
   */
  static FeatureReport features(Session session) {
    Settings settings = session.settings();
    try {
      return FeatureReport.ofThisKernel(settings);
    } catch (BpfException e) {
      throw failure(e, "failed to list features", settings.says(Verbosity.DEBUG));
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
    } else if (!e.verifierEnd().isEmpty()) {
      lines.add(
          "end of the verifier log (all of it with --verbose debug):\n"
              + String.join("\n", e.verifierEnd()));
    }
    if (!cause.startsWith(failure)) {
      lines.add(CommandException.withError(failure, e.errno()));
    }
    return new CommandException(e.errno(), lines);
  }
}
