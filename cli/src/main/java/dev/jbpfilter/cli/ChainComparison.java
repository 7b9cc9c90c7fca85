package dev.jbpfilter.cli;

import static dev.jbpfilter.cli.DiffText.BOTH;
import static dev.jbpfilter.cli.DiffText.FILE;
import static dev.jbpfilter.cli.DiffText.RUNNING;

import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.HookOptions.Priorities;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.SetElements;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Prints how a chain of a file differs from the one of that name that runs. */
final class ChainComparison {
  private final DiffText text;
  private final Chain running;
  private final Chain wanted;
  private boolean headed;

  ChainComparison(DiffText text, Chain running, Chain wanted) {
    this.text = text;
    this.running = running;
    this.wanted = wanted;
  }

  void print() {
    boolean same =
        running.hook() == wanted.hook()
            && running.policy() == wanted.policy()
            && sameOptions(running.options(), wanted.options());
    if (!same) {
      text.head(RUNNING, running);
      text.head(FILE, wanted);
      headed = true;
    }
    printSets();
    Alignment.compare(
        identities(running),
        identities(wanted),
        new Alignment.Listener() {
          @Override
          public void removed(int index) {
            printHead();
            text.rule(RUNNING, running, index);
          }

          @Override
          public void added(int index) {
            printHead();
            text.rule(FILE, wanted, index);
          }
        });
  }

  /** Above the first difference, unless the heads differ. */
  private void printHead() {
    if (!headed) {
      text.head(BOTH, wanted);
      headed = true;
    }
  }

  static boolean sameOptions(HookOptions one, HookOptions other) {
    return Objects.equals(one.ifindex(), other.ifindex())
        && Objects.equals(path(one.cgpath()), path(other.cgpath()))
        && samePriorities(one.priorities(), other.priorities());
  }

  /** Without slashes that mean nothing. */
  private static @Nullable Path path(@Nullable String path) {
    return path == null ? null : Path.of(path);
  }

  /** Replacements swap the priority in use and the spare one. */
  private static boolean samePriorities(@Nullable Priorities one, @Nullable Priorities other) {
    return Objects.equals(one, other)
        || (one != null && other != null && one.equals(swapped(other)));
  }

  private static Priorities swapped(Priorities priorities) {
    return new Priorities(priorities.spare(), priorities.active());
  }

  private void printSets() {
    Map<String, FilterSet> old = namedSets(running);
    namedSets(wanted)
        .forEach((name, set) -> {
          FilterSet before = old.remove(name);
          if (before == null || !before.key().equals(set.key())) {
            printHead();
            if (before != null) {
              text.set(RUNNING, before);
            }
            text.set(FILE, set);
          } else if (!before.elements().matchesLike(set.elements())) {
            printElements(before, set.elements());
          }
        });
    for (FilterSet set : old.values()) {
      printHead();
      text.set(RUNNING, set);
    }
  }

  private void printElements(FilterSet before, SetElements elements) {
    printHead();
    text.head(BOTH, before);
    text.elements(RUNNING, before.elements().minus(elements));
    text.elements(FILE, elements.minus(before.elements()));
    text.line(BOTH, ChainText.STEP, "}");
  }

  /** By name and, because names may occur again, how often it was there before. */
  private static Map<String, FilterSet> namedSets(Chain chain) {
    Map<String, Integer> occurrences = new HashMap<>();
    Map<String, FilterSet> sets = new LinkedHashMap<>();
    for (FilterSet set : chain.sets()) {
      String name = set.name();
      if (name != null) {
        sets.put(name + "#" + occurrences.merge(name, 1, Integer::sum), set);
      }
    }
    return sets;
  }

  private static List<RuleIdentity> identities(Chain chain) {
    List<RuleIdentity> identities = new ArrayList<>(chain.rules().size());
    for (Rule rule : chain.rules()) {
      identities.add(RuleIdentity.of(chain, rule));
    }
    return identities;
  }
}
