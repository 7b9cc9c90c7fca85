package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/** The sets of the chain that is being read: the named ones, then those written in rules. */
final class ChainSets {
  private final Reporter reporter;
  private final List<FilterSet> sets = new ArrayList<>();
  private final Map<String, Integer> byName = new HashMap<>();
  private final Set<String> announced = new HashSet<>();

  ChainSets(Reporter reporter) {
    this.reporter = reporter;
  }

  /** A named set as written; without elements if they could not be read. */
  record Declaration(String name, Optional<SetElements> elements, Span span) {}

  /** Remembers a name whose set may turn out to be unreadable, so that uses are not errors too. */
  void announce(String name) {
    announced.add(name);
  }

  void declare(Declaration declaration) {
    if (declaration.elements().isEmpty()) {
      return;
    }
    String name = declaration.name();
    if (!add(name, declaration.elements().get(), declaration.span())) {
      reporter.report(
          Diagnostic.warning(
              declaration.span(), "set '" + name + "' is defined again, only the first is used"));
    }
  }

  /** Adds a named set; false if rules refer to another of that name. */
  boolean add(String name, SetElements elements, Span span) {
    sets.add(new FilterSet(name, elements, span));
    return byName.putIfAbsent(name, sets.size() - 1) == null;
  }

  int addAnonymous(SetElements elements, Span span) {
    sets.add(new FilterSet(null, elements, span));
    return sets.size() - 1;
  }

  /**
   * The position of the set called {@code name}; reports the error if there is none.
   *
   * @param hint what to write if it is no name
   */
  OptionalInt find(String name, SetKey key, Span span, Supplier<Optional<String>> hint) {
    OptionalInt index = find(name, key);
    if (index.isEmpty() && (byName.containsKey(name) || !announced.contains(name))) {
      reporter.error(() -> refusal(name, span, hint.get()));
    }
    return index;
  }

  /** The position of the set called {@code name}; empty if there is none, or of another key. */
  OptionalInt find(String name, SetKey key) {
    Integer index = byName.get(name);
    return index != null && sets.get(index).key().equals(key)
        ? OptionalInt.of(index)
        : OptionalInt.empty();
  }

  /** Why the set called {@code name} was not found. */
  Diagnostic refusal(String name, Span span) {
    return refusal(name, span, Optional.empty());
  }

  private Diagnostic refusal(String name, Span span, Optional<String> hint) {
    Integer index = byName.get(name);
    return index == null
        ? Diagnostic.error(
            span,
            "can't find set " + Printable.quote(name),
            hint.or(() -> nearest(name)).orElse(null))
        : Diagnostic.error(
            span,
            "using named set " + Printable.quote(name) + ", but key doesn't match",
            "the set is defined with " + sets.get(index).key());
  }

  private Optional<String> nearest(String name) {
    if (name.indexOf(',') >= 0) {
      return Optional.of("one set is used at a time: write a rule for each");
    }
    return byName.isEmpty() && announced.isEmpty()
        ? Optional.of("sets belong to a chain: this one has none")
        : Suggestions.closest(name, byName.keySet().stream().sorted().toList());
  }

  /** How a rule refers to the set called {@code name}, if there is one. */
  Optional<String> reference(String name) {
    Integer index = byName.get(name);
    return index == null ? Optional.empty() : Optional.of(sets.get(index).key() + " in " + name);
  }

  /** Takes the anonymous sets back that were added since there were {@code size} sets. */
  void forgetAnonymousFrom(int size) {
    sets.subList(size, sets.size()).clear();
  }

  List<FilterSet> all() {
    return sets;
  }
}
