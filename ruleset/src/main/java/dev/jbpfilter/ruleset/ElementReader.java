package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the elements of sets: components joined by commas. */
final class ElementReader {
  private final SetKey key;
  private final PayloadReader payloads;
  private final List<Payload> element = new ArrayList<>();

  ElementReader(SetKey key, PayloadReader payloads) {
    this.key = key;
    this.payloads = payloads;
  }

  /**
   * Adds the element between {@code from} and {@code to} to {@code elements}, or says why not.
   *
   * @param offset where {@code text} starts in the source
   */
  Optional<Supplier<Diagnostic>> read(
      String text, int from, int to, int offset, SetElementsBuilder elements) {
    element.clear();
    Span span = new Span(offset + from, offset + to);
    int start = from;
    while (start < to) {
      if (text.charAt(start) == ',') {
        // Runs of commas count as one, also at the ends.
        start++;
        continue;
      }
      int end = start;
      while (end < to && text.charAt(end) != ',') {
        end++;
      }
      if (element.size() == key.components().size()) {
        return Optional.of(() ->
            ElementAdvice.wrongCount(
                key, "more components than defined in", text.substring(from, to), span));
      }
      int first = SetParser.skipBlanks(text, start, end);
      String component = text.substring(first, SetParser.trimEnd(text, first, end));
      MatcherType type = key.components().get(element.size());
      Optional<Payload> payload = payloads.read(type, Operator.IN, component);
      if (payload.isEmpty()) {
        int at = offset + first;
        Span componentSpan = component.isEmpty() ? span : new Span(at, at + component.length());
        boolean last = element.size() == key.components().size() - 1;
        return Optional.of(
            () -> ElementAdvice.badComponent(key, type, component, componentSpan, last, payloads));
      }
      element.add(payload.get());
      start = end;
    }
    if (element.size() < key.components().size()) {
      return Optional.of(() ->
          ElementAdvice.wrongCount(key, "a missing component of", text.substring(from, to), span));
    }
    elements.add(element);
    return Optional.empty();
  }
}
