package dev.jbpfilter.ruleset;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a rule: {@link Matchers#match} starts it, its verdict ends it. In between come more
 * matchers and the options, each at most once and in any order. Every step returns a new builder,
 * so that rules can begin alike.
 *
 * <pre>{@code
 * RuleDraft rule = match(TCP_DPORT.eq(22)).counter().log().every(Duration.ofSeconds(1)).drop();
 * }</pre>
 */
public sealed class RuleBuilder {
  private final List<Criterion> criteria;
  private final @Nullable Log log;
  private final boolean counter;
  private final @Nullable Long mark;

  private RuleBuilder(
      List<Criterion> criteria, @Nullable Log log, boolean counter, @Nullable Long mark) {
    this.criteria = criteria;
    this.log = log;
    this.counter = counter;
    this.mark = mark;
  }

  static RuleBuilder of(List<Criterion> criteria) {
    return new RuleBuilder(List.copyOf(criteria), null, false, null);
  }

  /** Right after {@code log}, where an interval can be given. */
  public static final class Logging extends RuleBuilder {
    private final RuleBuilder before;
    private final int headers;

    private Logging(RuleBuilder before, int headers) {
      super(before.criteria, new Log(headers, 0), before.counter, before.mark);
      this.before = before;
      this.headers = headers;
    }

    /**
     * {@code every RATE}: logs at most one match in that time.
     *
     * @param interval 1 ns to 2^64-1 ns
     */
    public RuleBuilder every(Duration interval) {
      Log limited = new Log(headers, RateText.nanos(interval));
      return new RuleBuilder(before.criteria, limited, before.counter, before.mark);
    }
  }

  /** What must hold, too. */
  public RuleBuilder match(Criterion... more) {
    List<Criterion> all = new ArrayList<>(criteria);
    all.addAll(List.of(more));
    return new RuleBuilder(List.copyOf(all), log, counter, mark);
  }

  /** {@code counter}: counts the matches. */
  public RuleBuilder counter() {
    requireFirst("counter", !counter);
    return new RuleBuilder(criteria, log, true, mark);
  }

  /**
   * {@code log}: logs the matches.
   *
   * @param headers what to log of the packet; none for {@code log} alone, which is everything
   */
  public Logging log(Layer... headers) {
    requireFirst("log", log == null);
    int bits = headers.length == 0 ? Log.ALL_HEADERS : 0;
    for (Layer layer : headers) {
      bits |= layer.logBit();
    }
    return new Logging(this, bits);
  }

  /**
   * {@code mark N}: sets the packet's mark.
   *
   * @param value 0 to 2^32-1
   */
  public RuleBuilder mark(long value) {
    requireFirst("mark", mark == null);
    RuleText.checkMark(value);
    return new RuleBuilder(criteria, log, counter, value);
  }

  /** {@code ACCEPT}: lets the packet pass. */
  public RuleDraft accept() {
    return verdict(Verdict.Basic.ACCEPT);
  }

  /** {@code DROP}: drops the packet. */
  public RuleDraft drop() {
    return verdict(Verdict.Basic.DROP);
  }

  /** {@code NEXT}: leaves the decision to the next program of the hook. */
  public RuleDraft next() {
    return verdict(Verdict.Basic.NEXT);
  }

  /** {@code CONTINUE}: goes on with the next rule. */
  public RuleDraft continueChain() {
    return verdict(Verdict.Basic.CONTINUE);
  }

  /**
   * {@code REDIRECT}: sends the packet through another interface.
   *
   * @param ifindex the interface, 1 to 2^32-1
   */
  public RuleDraft redirect(long ifindex, Direction direction) {
    return verdict(new Verdict.Redirect(ifindex, direction));
  }

  /** Ends the rule with any verdict. */
  public RuleDraft verdict(Verdict verdict) {
    return new RuleDraft(criteria, log, counter, mark, verdict);
  }

  private static void requireFirst(String keyword, boolean first) {
    if (!first) {
      throw new IllegalArgumentException(RuleText.duplicateOption(keyword));
    }
  }
}
