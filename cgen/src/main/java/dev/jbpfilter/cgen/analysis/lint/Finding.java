package dev.jbpfilter.cgen.analysis.lint;

import dev.jbpfilter.ruleset.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something in a chain that probably is not meant.
 *
 * @param certainty {@link Certainty#IS} only if it is proven for all packets
 * @param rules the rules that it is about, ascending by index; none if it is about the chain or a
 *     set
 * @param others the rules because of which it is so, ascending
 * @param span where it is in the text that the chain was read from; {@link Span#NONE} if it was not
 * @param message one line that says what it is
 * @param hint what to do; null if that can't be said
 * @param replacement rules to write instead of {@link #rules}; null if there are none
 * @param witness a packet that shows it; null if none was found, or none can
 */
public record Finding(
    FindingKind kind,
    Certainty certainty,
    List<Integer> rules,
    List<Integer> others,
    Span span,
    String message,
    @Nullable String hint,
    @Nullable String replacement,
    @Nullable Witness witness) {
  /** Copies the lists. */
  public Finding {
    rules = List.copyOf(rules);
    others = List.copyOf(others);
  }

  /** How much it matters: what is not certain is at most a warning. */
  public FindingLevel level() {
    FindingLevel level = kind.level();
    return certainty == Certainty.MAY && level == FindingLevel.DEAD ? FindingLevel.WARNING : level;
  }
}
