package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

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
    if (byName.putIfAbsent(name, sets.size()) != null) {
      reporter.report(
          Diagnostic.warning(
              declaration.span(), "set '" + name + "' is defined again, only the first is used"));
    }
    sets.add(new FilterSet(name, declaration.elements().get(), declaration.span()));
  }

  int addAnonymous(SetElements elements, Span span) {
    sets.add(new FilterSet(null, elements, span));
    return sets.size() - 1;
  }

  /** The position of the set called {@code name}; reports the error if there is none. */
  OptionalInt find(String name, SetKey key, Span span, Optional<String> elementsHint) {
    Integer index = byName.get(name);
    if (index == null) {
      if (!announced.contains(name)) {
        reporter.error(() ->
            Diagnostic.error(
                span,
                "can't find set " + Printable.quote(name),
                elementsHint.or(() -> nearest(name)).orElse(null)));
      }
      return OptionalInt.empty();
    }
    SetKey defined = sets.get(index).key();
    if (!defined.equals(key)) {
      reporter.error(() ->
          Diagnostic.error(
              span,
              "using named set " + Printable.quote(name) + ", but key doesn't match",
              "the set is defined with " + defined));
      return OptionalInt.empty();
    }
    return OptionalInt.of(index);
  }

  private Optional<String> nearest(String name) {
    if (name.indexOf(',') >= 0) {
      return Optional.of("one set is used at a time: write a rule for each");
    }
    Optional<String> near = Suggestions.closest(name, byName.keySet().stream().sorted().toList());
    return byName.isEmpty() && announced.isEmpty()
        ? Optional.of("sets belong to a chain: this one has none")
        : near;
  }

  /** How a rule refers to the set called {@code name}, if there is one. */
  Optional<String> reference(String name) {
    Integer index = byName.get(name);
    return index == null ? Optional.empty() : Optional.of(sets.get(index).key() + " in " + name);
  }

  List<FilterSet> all() {
    return sets;
  }
}
