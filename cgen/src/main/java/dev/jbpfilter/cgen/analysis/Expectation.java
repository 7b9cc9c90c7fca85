package dev.jbpfilter.cgen.analysis;

import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.ruleset.Span;
import dev.jbpfilter.ruleset.packet.Evaluation;
import dev.jbpfilter.ruleset.packet.LogEntry;
import dev.jbpfilter.ruleset.packet.PacketDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a chain is to do with a packet or a socket call: a line of a {@link Expectations}.
 *
 * @param chain the name of the chain; null for the only one
 * @param verdict as rules have it: {@code DROP}, or {@code REDIRECT 3 out}
 * @param decider {@code rule N}, {@code policy} or {@code error}; null if it does not matter
 * @param mark the mark afterwards; null if it does not matter
 * @param counted the rules whose counters grow; null if they do not matter
 * @param logged the rules that log; null if they do not matter
 * @param span of what is expected, in the test's text
 */
public record Expectation(
    PacketDescription packet,
    @Nullable String chain,
    String verdict,
    @Nullable String decider,
    @Nullable Long mark,
    @Nullable List<Integer> counted,
    @Nullable List<Integer> logged,
    Span span) {
  /** Copies the lists. */
  public Expectation {
    counted = counted == null ? null : List.copyOf(counted);
    logged = logged == null ? null : List.copyOf(logged);
  }

  /**
   * What came of it.
   *
   * @param actual what is different; empty if all is as expected
   */
  public record Result(Explanation explanation, List<String> actual) {
    /** Copies the list. */
    public Result {
      actual = List.copyOf(actual);
    }

    /** Whether all is as expected. */
    public boolean holds() {
      return actual.isEmpty();
    }
  }

  /**
   * Finds out whether a chain does what is expected.
   *
   * @throws IllegalArgumentException if the chain's hook sees no such packets or calls
   */
  public Result check(CompiledChain compiled) {
    Explanation explanation = Explanation.of(compiled, packet);
    Evaluation evaluation = explanation.trace().evaluation();
    List<String> actual = new ArrayList<>();
    String decides = decider(evaluation);
    boolean decided =
        verdict.equals(evaluation.verdict().text()) && (decider == null || decider.equals(decides));
    if (!decided) {
      actual.add(evaluation.verdict().text() + " by " + decides);
    }
    if (mark != null && mark != evaluation.mark()) {
      actual.add("mark 0x" + Long.toHexString(evaluation.mark()));
    }
    if (counted != null && !counted.equals(evaluation.countedRules())) {
      actual.add("counted " + text(evaluation.countedRules()));
    }
    List<Integer> logs = evaluation.log().stream().map(LogEntry::rule).toList();
    if (logged != null && !logged.equals(logs)) {
      actual.add("logged " + text(logs));
    }
    return new Result(explanation, actual);
  }

  /** What decided: {@code rule N}, {@code policy} or {@code error}. */
  public static String decider(Evaluation evaluation) {
    if (evaluation.malformed()) {
      return "error";
    }
    return evaluation.policyCounted() ? "policy" : "rule " + evaluation.matchedRules().getLast();
  }

  private static String text(List<Integer> rules) {
    return rules.isEmpty()
        ? ExpectationsParser.NO_RULES
        : String.join(",", rules.stream().map(Objects::toString).toList());
  }

  /** What is expected, as it is written. */
  public String text() {
    StringBuilder text = new StringBuilder(verdict);
    if (decider != null) {
      text.append(" by ").append(decider);
    }
    if (mark != null) {
      text.append(" mark 0x").append(Long.toHexString(mark));
    }
    if (counted != null) {
      text.append(" counted ").append(text(counted));
    }
    if (logged != null) {
      text.append(" logged ").append(text(logged));
    }
    return text.toString();
  }
}
