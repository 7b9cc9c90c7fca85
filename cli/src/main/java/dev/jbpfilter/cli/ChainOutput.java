package dev.jbpfilter.cli;

import dev.jbpfilter.loader.Bpfilter;
import dev.jbpfilter.loader.Event;
import dev.jbpfilter.loader.LoadedChain;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.PayloadText;
import dev.jbpfilter.ruleset.RulesPrinter;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads chains from the kernel and prints them in one of the formats. */
final class ChainOutput {
  private ChainOutput() {}

  /**
   * Prints the chains that {@code reader} finds. A JSON document comes in any case: if they can't
   * be read, it says why.
   *
   * @param failure begins the last line when they can't be read
   * @throws CommandException if they can't be read, or not be written in the format
   */
  static void print(
      Arguments arguments,
      Session session,
      String failure,
      Function<Bpfilter, List<LoadedChain>> reader) {
    ListFormat format = ListFormat.of(arguments);
    PrintStream out = session.console().out();
    List<JsonDiagnostic> diagnostics = new ArrayList<>();
    List<LoadedChain> chains;
    try {
      chains = read(session, failure, reader, diagnostics);
    } catch (CommandException e) {
      if (format == ListFormat.JSON) {
        RulesetJson.failure(out, JsonDiagnostic.withCause(diagnostics, e));
      }
      throw e;
    }
    boolean setContent = !arguments.has(Option.NO_SET_CONTENT);
    InterfaceResolver interfaces = new KernelInterfaces();
    switch (format) {
      case TEXT -> {
        Listing listing = new Listing(out, PayloadText.listing(interfaces), setContent);
        chains.forEach(listing::print);
      }
      case JSON -> new RulesetJson(out, interfaces, setContent).listing(diagnostics, chains);
      case RULES -> printRules(chains, out);
    }
  }

  private static List<LoadedChain> read(
      Session session,
      String failure,
      Function<Bpfilter, List<LoadedChain>> reader,
      List<JsonDiagnostic> diagnostics) {
    List<LoadedChain> chains = new ArrayList<>();
    session.console().beginWork("reading chains");
    try {
      KernelAccess.run(
          session,
          failure,
          event -> addWarning(event, diagnostics),
          bpfilter -> chains.addAll(reader.apply(bpfilter)));
    } finally {
      session.console().endWork();
    }
    return chains;
  }

  private static void addWarning(Event event, List<JsonDiagnostic> diagnostics) {
    if (event.level() == Event.Level.WARNING) {
      diagnostics.add(JsonDiagnostic.of(event));
    }
  }

  /**
   * Prints chains as rules, the oldest first, so that loading them again gives the same order.
   *
   * @param newestFirst as they are listed
   * @throws CommandException if one can't be written as rules; then nothing is printed
   */
  static void printRules(List<LoadedChain> newestFirst, PrintStream out) {
    List<Chain> chains = new ArrayList<>();
    for (LoadedChain loaded : newestFirst.reversed()) {
      chains.add(loaded.chain());
    }
    for (Chain chain : chains) {
      String refusal = RulesPrinter.refusal(chain).orElse(null);
      if (refusal != null) {
        throw CommandException.of(Errno.EINVAL, refusal);
      }
    }
    for (Chain chain : chains) {
      RulesPrinter.print(chain, out);
    }
  }
}
