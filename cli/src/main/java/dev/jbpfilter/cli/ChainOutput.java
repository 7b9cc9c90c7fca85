package dev.jbpfilter.cli;

import dev.jbpfilter.loader.Bpfilter;
import dev.jbpfilter.loader.Event;
import dev.jbpfilter.loader.LoadedChain;
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
      case RULES -> printRules(chains.stream().map(LoadedChain::chain).toList(), out);
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
   * Prints chains as rules, in the order given.
   *
   * @throws CommandException if one can't be written as rules; then nothing is printed
   */
  static void printRules(List<Chain> chains, PrintStream out) {
    SavedRules.checkWritable(chains);
    for (Chain chain : chains) {
      RulesPrinter.print(chain, out);
    }
  }
}
