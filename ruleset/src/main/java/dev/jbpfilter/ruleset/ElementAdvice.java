package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to say about elements of sets that were refused. */
final class ElementAdvice {
  private static final String INVALID = ": Invalid argument";

  private ElementAdvice() {}

  /** For an element with more components than the key. */
  static Diagnostic tooMany(SetKey key, String element, Span span) {
    return wrongCount(key, "more components than defined in", element, span);
  }

  /** For an element with fewer components than the key. */
  static Diagnostic tooFew(SetKey key, String element, Span span) {
    return wrongCount(key, "a missing component of", element, span);
  }

  private static Diagnostic wrongCount(SetKey key, String what, String element, Span span) {
    return Diagnostic.error(
        span,
        "set element " + Printable.quote(element) + " has " + what + " the key " + key + INVALID,
        countHint(key, element));
  }

  private static @Nullable String countHint(SetKey key, String element) {
    int wanted = key.components().size();
    if (element.replace(",", "").isBlank()) {
      return "leave it out";
    }
    if (wanted == 1) {
      return "separate elements by ';' or a line end, not by ','";
    }
    String inner = element.replace("(", "").replace(")", "");
    return joined(key, inner.split("[,\\s]+", -1))
        .or(() -> joined(key, inner.split(":", -1)))
        .or(() -> Optional.of("each element has " + wanted + " components, joined by ','"))
        .get();
  }

  /**
   * For a component that is no value of its type.
   *
   * @param last whether it belongs to the last component of the key
   */
  static Diagnostic badComponent(
      SetKey key,
      MatcherType type,
      String component,
      Span span,
      boolean last,
      PayloadReader payloads) {
    BadValue value = new BadValue(type, Operator.IN, false, component);
    Diagnostic plain = payloads.refusal(value, span);
    if (component.isEmpty()) {
      return Diagnostic.error(
          span, plain.message(), "a component of the element is empty: leave the ',' out");
    }
    Optional<String> better = last ? Optional.empty() : joined(key, parts(component));
    return better.isPresent() ? Diagnostic.error(span, plain.message(), better.get()) : plain;
  }

  /** Other tools join components by a colon, a dot between blanks, or in parentheses. */
  private static String[] parts(String component) {
    String inner = component.replace("(", "").replace(")", "").replace(" . ", " ");
    String[] words = inner.strip().split("\\s+", -1);
    return words.length > 1 ? words : inner.split(":", -1);
  }

  /** A hint to join {@code parts}, if they are an element. */
  private static Optional<String> joined(SetKey key, String... parts) {
    List<String> values = new ArrayList<>();
    for (String part : parts) {
      if (!part.isEmpty()) {
        values.add(part);
      }
    }
    if (values.size() != key.components().size()) {
      return Optional.empty();
    }
    for (int i = 0; i < values.size(); i++) {
      if (!MatcherNames.isFor(key.components().get(i), values.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of("components are joined by ',': '" + String.join(", ", values) + "'");
  }
}
