package dev.jbpfilter.ruleset;

import java.util.List;
import java.util.Optional;

/** Says which matcher was meant, together with the value that follows. */
final class Likely {
  private static final int LONGEST_BODY = 60;

  private Likely() {}

  /**
   * A hint to write one of {@code types}.
   *
   * @param end where the word at fault ends
   */
  static String of(List<MatcherType> types, Problem problem, int end) {
    int position = problem.skipBlanks(end);
    boolean negated = false;
    String word = problem.chunkAfter(position);
    while (Operators.isWord(word)) {
      negated |= Operators.negates(word);
      position = problem.skipBlanks(position + word.length());
      word = problem.chunkAfter(position);
    }
    if (word.equals("{")) {
      return ofSet(types, problem, position, negated);
    }
    if (word.length() > 2 && "\"'".indexOf(word.charAt(0)) >= 0) {
      word = word.substring(1, word.length() - 1);
    }
    if (types.size() == 1) {
      MatcherType only = types.getFirst();
      BadValue value = new BadValue(only, Operator.EQ, negated, word);
      Optional<String> range = value.asRange();
      if (range.isPresent()) {
        return range.get();
      }
    }
    Optional<MatcherType> type =
        types.size() == 1 && MatcherNames.isFor(types.getFirst(), word)
            ? Optional.of(types.getFirst())
            : MatcherNames.fitting(types, word);
    if (type.isPresent()) {
      return Advice.write(type.get().keyword() + (negated ? " not " : " ") + word);
    }
    return names(types);
  }

  private static String ofSet(List<MatcherType> types, Problem problem, int open, boolean negated) {
    MatcherType type = types.getFirst();
    String body = body(problem, open);
    if (types.size() > 1 || !type.isSetComponent() || body.isEmpty()) {
      return names(types);
    }
    return Advice.write(BadValue.set(type, negated, body));
  }

  /**
   * The elements of the set body at {@code open}, separated as they should be; empty if they are
   * too many to show.
   */
  static String body(Problem problem, int open) {
    int close = problem.text().indexOf('}', open);
    if (close < 0 || close - open > LONGEST_BODY) {
      return "";
    }
    StringBuilder body = new StringBuilder();
    for (String element : problem.text().substring(open + 1, close).split("[,;\\s]+", -1)) {
      if (!element.isEmpty()) {
        body.append(body.isEmpty() ? "" : "; ").append(element);
      }
    }
    return body.toString();
  }

  /** "did you mean …?" */
  static String names(List<MatcherType> types) {
    StringBuilder text = new StringBuilder("did you mean ");
    for (int i = 0; i < types.size(); i++) {
      if (i > 0) {
        text.append(i == types.size() - 1 ? " or " : ", ");
      }
      text.append('\'').append(types.get(i).keyword()).append('\'');
    }
    return text.append('?').toString();
  }
}
