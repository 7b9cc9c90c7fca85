package dev.jbpfilter.cgen.analysis.lint;

import dev.jbpfilter.ruleset.Chain;
import java.util.List;

/**
 * What was found in a chain.
 *
 * @param findings by the rule that they are about; first those about no rule
 * @param unexamined what was not examined as it would have been too much work, in sentences
 */
public record LintReport(Chain chain, List<Finding> findings, List<String> unexamined) {
  /** Copies the lists. */
  public LintReport {
    findings = List.copyOf(findings);
    unexamined = List.copyOf(unexamined);
  }
}
