package dev.jbpfilter.cgen.analysis;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.Verdict;
import dev.jbpfilter.ruleset.packet.Evaluation;
import dev.jbpfilter.ruleset.packet.LogEntry;
import dev.jbpfilter.ruleset.packet.LogLayout;
import dev.jbpfilter.ruleset.packet.WireBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/**
 * What one run of a chain's program did.
 *
 * @param counters by how much each entry of the counter map grew
 * @param mark the mark afterwards, where programs can set it
 * @param log the records that were logged, with time 0
 */
public record Outcome(int returned, List<Count> counters, OptionalLong mark, List<WireBytes> log) {

  /** A run that neither could set a mark nor logged. */
  public Outcome(int returned, List<Count> counters) {
    this(returned, counters, OptionalLong.empty(), List.of());
  }

  /** What the reference evaluator says a run has to do. */
  public static Outcome expected(Chain chain, Evaluation evaluation) {
    int rules = chain.rules().size();
    List<Count> counters = new ArrayList<>(Collections.nCopies(rules + 2, Count.ZERO));
    Count hit = new Count(1, evaluation.size());
    for (int rule : evaluation.countedRules()) {
      counters.set(rule, hit);
    }
    if (evaluation.policyCounted()) {
      counters.set(rules, hit);
    }
    if (evaluation.malformed()) {
      counters.set(rules + 1, hit);
    }
    OptionalLong mark =
        chain.hook().flavor().canSetMark()
            ? OptionalLong.of(evaluation.mark())
            : OptionalLong.empty();
    List<WireBytes> log = evaluation.log().stream().map(LogEntry::record).toList();
    return new Outcome(code(chain.hook(), evaluation.verdict()), counters, mark, log);
  }

  /** The record without its time. */
  public static WireBytes timeless(byte[] logRecord) {
    byte[] bytes = logRecord.clone();
    Arrays.fill(bytes, LogLayout.TIME, LogLayout.TIME + Long.BYTES, (byte) 0);
    return WireBytes.of(bytes);
  }

  /** What a program returns for a verdict (linux/bpf.h, linux/netfilter.h). */
  static int code(Hook hook, Verdict verdict) {
    return switch (hook.flavor()) {
      case XDP ->
          switch (verdict) {
            case Verdict.Basic.ACCEPT, Verdict.Basic.NEXT -> 2;
            case Verdict.Basic.DROP -> 1;
            case Verdict.Redirect redirect -> 4;
            case Verdict.Basic.CONTINUE -> throw undecided();
          };
      case TC ->
          switch (verdict) {
            case Verdict.Basic.ACCEPT -> 0;
            case Verdict.Basic.DROP -> 2;
            case Verdict.Basic.NEXT -> -1;
            case Verdict.Redirect redirect -> 7;
            case Verdict.Basic.CONTINUE -> throw undecided();
          };
      case NETFILTER, CGROUP_SKB, CGROUP_SOCK_ADDR ->
          switch (verdict) {
            case Verdict.Basic.ACCEPT, Verdict.Basic.NEXT -> 1;
            case Verdict.Basic.DROP -> 0;
            case Verdict.Redirect redirect ->
                throw new IllegalArgumentException(redirect.toString());
            case Verdict.Basic.CONTINUE -> throw undecided();
          };
    };
  }

  private static IllegalArgumentException undecided() {
    return new IllegalArgumentException("no verdict");
  }
}
