package dev.jbpfilter.ruleset;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the elements of sets: components joined by commas. */
final class ElementReader {
  private final SetKey key;
  private final List<MatcherType> components;
  private final PayloadReader payloads;
  private final NumberReader numbers = new NumberReader();

  ElementReader(SetKey key, PayloadReader payloads) {
    this.key = key;
    this.components = key.components();
    this.payloads = payloads;
  }

  /**
   * Adds the element between {@code from} and {@code to} to {@code elements}. Returns what tells
   * what is wrong with it; null if nothing is.
   *
   * @param base what to add to positions in {@code text}
   */
  @Nullable Supplier<Diagnostic> read(
      String text, int from, int to, int base, SetElementsBuilder elements) {
    elements.begin();
    int count = 0;
    int start = from;
    while (start < to) {
      if (text.charAt(start) == ',') {
        // Runs of commas count as one, also at the ends.
        start++;
        continue;
      }
      int comma = text.indexOf(',', start, to);
      int end = comma < 0 ? to : comma;
      if (count == components.size()) {
        Span span = new Span(base + from, base + to);
        return () -> ElementAdvice.tooMany(key, text.substring(from, to), span);
      }
      MatcherType type = components.get(count);
      int first = SetParser.skipBlanks(text, start, end);
      int last = SetParser.trimEnd(text, first, end);
      if (numbers.read(type.payloadKind(), text, first, last)) {
        numbers.putTo(elements, type.payloadKind());
      } else {
        String component = text.substring(first, last);
        Optional<Payload> payload = payloads.read(type, Operator.IN, component);
        if (payload.isEmpty()) {
          Span span =
              component.isEmpty()
                  ? new Span(base + from, base + to)
                  : new Span(base + first, base + last);
          boolean complete = count == components.size() - 1;
          return () -> ElementAdvice.badComponent(key, type, component, span, complete, payloads);
        }
        elements.put(type.payloadKind(), payload.get());
      }
      count++;
      start = end;
    }
    if (count < components.size()) {
      Span span = new Span(base + from, base + to);
      return () -> ElementAdvice.tooFew(key, text.substring(from, to), span);
    }
    elements.end();
    return null;
  }
}
