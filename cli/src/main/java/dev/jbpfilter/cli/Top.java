package dev.jbpfilter.cli;

import dev.jbpfilter.loader.Bpfilter;
import dev.jbpfilter.loader.kernel.RunTimes;
import java.util.List;

/** {@code top}: what rules count now. */
final class Top extends Command {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int MOST_SECONDS = 86_400;

  Top() {
    super(
        "top",
        "Shows what the rules of chains count, now and in all.",
        List.of(),
        List.of(
            Option.NAME, Option.INTERVAL, Option.SORT, Option.ONCE, Option.FORMAT, Option.STATS));
  }

  @Override
  List<String> details() {
    return List.of(
        "Rules with counter are shown with the packets and bytes that they matched: in a second, and"
            + " since the counters began. SHARE is the part of the chain's packets since the last"
            + " look, of those that it counted: by rules with counter that end it, the policy and"
            + " errors. Socket calls count as packets, without bytes.",
        "On a terminal, the keys r, p, b and n sort by rate, packets, bytes and the number of the"
            + " rule, and q ends it. Elsewhere one table comes after the other, without end.",
        "Chains may come, change and go meanwhile. After chain set and chain update, counters start"
            + " anew.",
        "If the kernel measures run times, the mean time of a run is shown. --stats lets it measure"
            + " them as long as the command runs, which makes every program a little slower.",
        "--format json prints a document a line, or, with --once, one document; doc/json.md"
            + " describes them.");
  }

  @Override
  List<Example> examples() {
    return List.of(
        new Example("Watch all chains", "bfcli top"),
        new Example(
            "Find the busiest rule of a chain",
            "bfcli top --name web --once --format json |\n"
                + "    jq '.chains[].rules | max_by(.packets_per_second)'"));
  }

  @Override
  String help(Option option) {
    return switch (option) {
      case NAME -> "only the chain of that name; default: all";
      case FORMAT -> "how to show counters: text (default), or json for programs";
      default -> super.help(option);
    };
  }

  @Override
  void check(Arguments arguments) {
    super.check(arguments);
    ListFormat.requireTextOrJson(arguments, this);
    interval(arguments);
  }

  private long interval(Arguments arguments) {
    String given = arguments.value(Option.INTERVAL).orElse("1");
    return WholeNumber.of(this, Option.INTERVAL, given, 1, MOST_SECONDS) * NANOS_PER_SECOND;
  }

  @Override
  void run(Arguments arguments, Session session) {
    TopLoop.Wishes wishes =
        new TopLoop.Wishes(
            arguments.value(Option.NAME).orElse(null),
            interval(arguments),
            TopSort.of(arguments),
            arguments.has(Option.ONCE),
            ListFormat.of(arguments) == ListFormat.JSON);
    KernelAccess.run(
        session,
        "failed to watch chains",
        bpfilter -> {
          if (!arguments.has(Option.STATS)) {
            watch(bpfilter, wishes, session);
            return;
          }
          RunTimes measured = RunTimes.measure();
          try {
            watch(bpfilter, wishes, session);
          } finally {
            measured.close();
          }
        });
  }

  private static void watch(Bpfilter bpfilter, TopLoop.Wishes wishes, Session session) {
    try {
      TopLoop.run(bpfilter, wishes, session.console());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
