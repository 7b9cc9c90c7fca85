package dev.jbpfilter.cli;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** {@code chain logs}. */
final class ChainLogs extends Command {
  private static final long MOST_RULES = (1L << 32) - 1;
  private static final long MOST_ENTRIES = (1L << 53) - 1;
  private static final String STANDARD_OUTPUT = "-";

  ChainLogs() {
    super(
        "chain logs",
        "Prints what the log rules of a chain log, until interrupted.",
        List.of(List.of(Option.NAME)),
        List.of(Option.FORMAT, Option.WRITE, Option.RULE, Option.COUNT));
  }

  @Override
  List<String> details() {
    return List.of(
        "Entries that nobody has read yet come first. Each is printed once: two readers share"
            + " them.",
        "The log is that of the chain as it is now. After the chain was replaced or updated,"
            + " nothing new comes.",
        "The log holds about a thousand entries that nobody has read. When more were lost because"
            + " it was full, a warning tells how many.",
        "With --rule, only the entries of some rules are printed. Those of others are read too, and"
            + " gone: the log hands entries out in order. --count counts what is printed.",
        "--write writes packets to a file, as far as their headers were logged, instead of printing"
            + " them; with --format, they are printed as well. The file is complete after each"
            + " packet. Socket calls are no packets, and not written.",
        "--format json prints a JSON object on each line; doc/json.md describes them.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example("Follow a chain", "bfcli chain logs --name web"),
        new Example("Keep the log", "bfcli chain logs --name web >> web.log"),
        new Example(
            "Show who was dropped last",
            "bfcli chain logs --name web --format json --count 10 |\n"
                + "    jq -r 'select(.verdict == \"DROP\").internet.source'"),
        new Example(
            "Give logged packets to tcpdump or Wireshark",
            "bfcli chain logs --name web --count 100 --write web.pcapng"));
  }

  @Override
  String help(Option option) {
    return option == Option.FORMAT
        ? "how to print entries: text (default), or json for programs"
        : super.help(option);
  }

  @Override
  void check(Arguments arguments) {
    super.check(arguments);
    ListFormat.requireTextOrJson(arguments, this);
    wanted(arguments);
    if (arguments.has(Option.FORMAT)
        && arguments.value(Option.WRITE).equals(Optional.of(STANDARD_OUTPUT))) {
      throw error("option --format is incompatible with --write " + STANDARD_OUTPUT);
    }
  }

  private LogPrinter.Wanted wanted(Arguments arguments) {
    Set<Long> rules = new HashSet<>();
    for (String rule : arguments.all(Option.RULE)) {
      rules.add(WholeNumber.of(this, Option.RULE, rule, 0, MOST_RULES));
    }
    long count = 0;
    String given = arguments.value(Option.COUNT).orElse(null);
    if (given != null) {
      count = WholeNumber.of(this, Option.COUNT, given, 1, MOST_ENTRIES);
    }
    return new LogPrinter.Wanted(rules, count);
  }

  @Override
  void run(Arguments arguments, Session session) {
    String name = arguments.value(Option.NAME).orElseThrow();
    Console console = session.console();
    KernelAccess.run(
        session,
        "failed to request '" + name + "' logs buffer FD",
        bpfilter ->
            LogFollower.follow(
                bpfilter,
                name,
                console,
                wanted(arguments),
                bootTime -> sinks(name, arguments, console, bootTime)));
  }

  private static List<LogSink> sinks(
      String chain, Arguments arguments, Console console, LongSupplier bootTime) {
    List<LogSink> sinks = new ArrayList<>();
    String file = arguments.value(Option.WRITE).orElse(null);
    if (file != null) {
      sinks.add(
          file.equals(STANDARD_OUTPUT)
              ? LogCapture.onto(console.out(), chain, console)
              : LogCapture.into(file, chain, console));
    }
    if (file == null || arguments.has(Option.FORMAT)) {
      if (ListFormat.of(arguments) == ListFormat.JSON) {
        LogJson json = new LogJson(console, chain);
        json.begin();
        sinks.add(json);
      } else {
        LogText text = new LogText(ZoneId.systemDefault(), bootTime, console.colour());
        sinks.add(new LogLines(console, text));
      }
    }
    return sinks;
  }
}
