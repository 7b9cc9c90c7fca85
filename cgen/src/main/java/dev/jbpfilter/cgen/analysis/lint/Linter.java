package dev.jbpfilter.cgen.analysis.lint;

import dev.jbpfilter.ruleset.Chain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds what is probably not meant in chains. Needs no kernel and no privilege.
 *
 * <pre>{@code
 * for (Finding finding : Linter.lint(chain).findings()) {
 *   System.out.println(finding.message());
 * }
 * }</pre>
 *
 * <p><b>What is proven.</b> A finding that {@linkplain Certainty#IS is certain} is so for every
 * packet, or call, that the hook can see, by the meaning that the reference evaluator gives to
 * chains. A rule is <i>dead</i> if it matches none of them. Whether a packet is malformed depends
 * on how far the rules of a chain need it parsed, dead ones among them: to remove a dead rule can
 * change which packets are malformed, and then its finding says so. To remove rules that are
 * <i>redundant</i> changes no verdict, mark, log and counter but that of the policy; those that
 * would change which packets are malformed are called so with {@link Certainty#MAY} only.
 *
 * <p><b>What is not.</b> Time grows about linearly with the rules. Where more than a bounded number
 * of rules had to be taken together, nothing is said of a rule, and {@link LintReport#unexamined}
 * tells how many such rules there are.
 */
public final class Linter {
  private Linter() {}

  /** What there is to say of a chain. */
  public static LintReport lint(Chain chain) {
    Analysis analysis = new Analysis(chain);
    check(analysis);
    return analysis.report();
  }

  /** What there is to say of chains of one ruleset, in order. */
  public static List<LintReport> lint(List<Chain> chains) {
    List<LintReport> reports = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Chain chain : chains) {
      Analysis analysis = new Analysis(chain);
      if (!names.add(chain.name())) {
        analysis
            .about(FindingKind.DUPLICATE_NAME, Certainty.IS, List.of(), chain.span())
            .hint("give it another name")
            .say("chain '" + chain.name() + "' is defined again");
      }
      check(analysis);
      reports.add(analysis.report());
    }
    return reports;
  }

  private static void check(Analysis analysis) {
    new SetFindings(analysis).check();
    new DeadRules(analysis).check();
    new RedundantRules(analysis).check();
    new Effects(analysis).check();
    new NeedlessMatchers(analysis).check();
    new MergeableRules(analysis).check();
    policy(analysis);
  }

  private static void policy(Analysis analysis) {
    Chain chain = analysis.chain();
    int end = chain.rules().size();
    if (end > 0
        && analysis.decisions().before(end, analysis.shapes().all())
            instanceof Fate.Decided(List<Integer> deciders)) {
      analysis
          .about(FindingKind.IDLE_POLICY, Certainty.IS, List.of(), chain.span())
          .because(deciders)
          .hint("the policy " + chain.policy() + " is for packets that are malformed alone")
          .say(
              "no packet gets to the policy of chain '"
                  + chain.name()
                  + "': "
                  + Words.rules(deciders)
                  + (deciders.size() == 1 ? " decides" : " together decide")
                  + " them all");
    }
  }
}
