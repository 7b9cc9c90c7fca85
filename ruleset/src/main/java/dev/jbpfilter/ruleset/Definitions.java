package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The names that a text defines, and what is wrong with definitions and uses.
 *
 * <p>Values are expanded where they are defined, so a name stands for final text, and no name can
 * lead back to itself. Values that double one another would still grow without bound: all
 * expansions together may make so many characters and no more.
 */
final class Definitions {
  static final int MOST_EXPANDED = 1 << 24;

  private static final int MOST_PROBLEMS = 100;

  private final Map<String, Expansion> values = new HashMap<>();

  /** Where names are defined whose value is at fault. */
  private final Map<String, Location> unusable = new HashMap<>();

  private final List<Problem> problems = new ArrayList<>();

  /** Uses that were not expanded. */
  private final List<Span> unexpanded = new ArrayList<>();

  private int expanded;
  private boolean exhausted;

  /**
   * An error.
   *
   * @param undefined the name that is not defined, if that is the error
   */
  private record Problem(
      Span span, String message, @Nullable String hint, @Nullable String undefined) {}

  /** Whether reading on makes no sense. */
  boolean isFull() {
    return exhausted || problems.size() >= MOST_PROBLEMS;
  }

  /** Takes note of an error at {@code span} of the whole. */
  void error(Span span, String message, @Nullable String hint) {
    problems.add(new Problem(span, message, hint, null));
  }

  /**
   * What {@code $name} stands for; if nothing, takes note of the error.
   *
   * @param use where that is written, in the whole
   */
  Optional<Expansion> use(String name, Span use) {
    Expansion value = values.get(name);
    if (value != null && value.value().length() > MOST_EXPANDED - expanded) {
      exhausted = true;
      error(use, "names expand to more than " + MOST_EXPANDED + " characters", null);
      value = null;
    } else if (value != null) {
      expanded += value.value().length();
    } else if (!unusable.containsKey(name)) {
      problems.add(new Problem(use, "'$" + name + "' is not defined", null, name));
    }
    if (value == null) {
      unexpanded.add(use);
    }
    return Optional.ofNullable(value);
  }

  /**
   * {@code span} of {@code source} with its names expanded; empty if one is at fault.
   *
   * @param base what to add to positions in the source to get those in the whole
   */
  Optional<String> expand(Source source, Span span, int base) {
    String text = source.text();
    StringBuilder out = new StringBuilder(span.end() - span.start());
    boolean good = true;
    int i = span.start();
    while (i < span.end() && !isFull()) {
      // Only behind a dollar sign: a value may be one long word.
      boolean dollar = text.charAt(i) == '$';
      int end = dollar ? Math.min(Directive.wordEnd(text, i + 1), span.end()) : i;
      if (end > i + 1) {
        Optional<Expansion> value = use(text.substring(i + 1, end), new Span(base + i, base + end));
        value.ifPresent(v -> out.append(v.value()));
        good &= value.isPresent();
        i = end;
      } else {
        out.append(text.charAt(i++));
      }
    }
    return good ? Optional.of(out.toString()) : Optional.empty();
  }

  /** Enters a definition that was just laid in the map, from {@code base} on. */
  void define(Source source, Directive.Define define, int base) {
    String name = source.text(define.name());
    Location location = new Location(source, define.name(), null);
    int shift = base - define.span().start();
    Span span = new Span(shift + define.name().start(), shift + define.name().end());
    if (define.value().start() == define.value().end()) {
      error(span, "'" + name + "' is defined without a value", null);
      unusable.putIfAbsent(name, location);
      return;
    }
    // Until its value is known, a name is one of those whose uses are errors of their own.
    Optional<String> value = expand(source, define.value(), shift);
    if (value.isEmpty()) {
      unusable.putIfAbsent(name, location);
      return;
    }
    Expansion old = values.putIfAbsent(name, new Expansion(name, value.get(), location));
    if (old != null && !old.value().equals(value.get())) {
      error(
          span,
          "'" + name + "' is defined again with another value",
          "it is '" + old.value() + "' since " + old.location().text());
    }
  }

  /** Reports the errors, and keeps quiet about what follows from them. */
  void report(Reporter reporter) {
    for (Problem problem : problems) {
      String hint = problem.hint();
      if (problem.undefined() != null) {
        hint = undefinedHint(problem.undefined()).orElse(null);
      }
      reporter.report(Diagnostic.error(problem.span(), problem.message(), hint));
    }
    unexpanded.forEach(reporter::ignore);
  }

  private Optional<String> undefinedHint(String name) {
    Expansion later = values.get(name);
    Location location = later == null ? unusable.get(name) : later.location();
    if (location != null) {
      return Optional.of("it is defined only at " + location.text());
    }
    return Suggestions.closest(name, values.keySet().stream().sorted().toList());
  }
}
