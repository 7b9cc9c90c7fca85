package dev.jbpfilter.cgen.analysis.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which packets the rules of a chain decide before others. */
final class Decisions {
  /** So many boxes are looked at to find those that decide a box together. */
  private static final int MOST_LOOKS = 2048;

  /** Of so many rules it is found out which of them are needed. */
  private static final int MOST_MINIMISED = 32;

  private static final int SAMPLES = 6;

  private final Shapes shapes;
  private final Budget budget;
  private final BoxIndex index;
  private final Points points;

  Decisions(Shapes shapes, Budget budget) {
    this.shapes = shapes;
    this.budget = budget;
    index = new BoxIndex(shapes.space(), budget);
    for (RuleShape shape : shapes.enabled()) {
      if (shape.decides()) {
        for (Box box : shapes.deciding(shape)) {
          index.add(shape.index(), box);
        }
      }
    }
    index.build();
    points = new Points(shapes.space(), index);
  }

  /** What becomes of packets in boxes before they get to a rule. */
  Fate before(int rule, List<Box> boxes) {
    TreeSet<Integer> deciders = new TreeSet<>();
    boolean unknown = false;
    for (Box box : boxes) {
      switch (before(rule, box)) {
        case Fate.Decided(List<Integer> rules) -> deciders.addAll(rules);
        case Fate.Open open -> {
          return open;
        }
        case Fate.Unknown u -> unknown = true;
      }
    }
    return unknown ? new Fate.Unknown() : new Fate.Decided(List.copyOf(deciders));
  }

  private Fate before(int rule, Box box) {
    int one = index.firstCovering(box, rule);
    if (one >= 0) {
      return new Fate.Decided(List.of(one));
    }
    for (int i = 0; i < SAMPLES; i++) {
      if (index.firstContaining(points.in(box, i), 0, rule) < 0 && !budget.isExhausted()) {
        return new Fate.Open();
      }
    }
    List<BoxIndex.Entry> candidates = index.intersecting(box, 0, rule, MOST_LOOKS);
    return candidates == null ? new Fate.Unknown() : together(box, candidates);
  }

  private Fate together(Box box, List<BoxIndex.Entry> candidates) {
    Coverage coverage = new Coverage(List.of(box), shapes.space(), budget);
    List<BoxIndex.Entry> used = new ArrayList<>();
    for (BoxIndex.Entry candidate : candidates) {
      if (coverage.remove(candidate.box())) {
        used.add(candidate);
      }
      if (coverage.isComplete()) {
        return new Fate.Decided(rules(minimal(box, used)));
      }
    }
    return coverage.isExceeded() ? new Fate.Unknown() : new Fate.Open();
  }

  private List<BoxIndex.Entry> minimal(Box box, List<BoxIndex.Entry> entries) {
    List<BoxIndex.Entry> needed = new ArrayList<>(entries);
    if (needed.size() > MOST_MINIMISED) {
      return needed;
    }
    for (int i = needed.size() - 1; i >= 0; i--) {
      BoxIndex.Entry left = needed.remove(i);
      Coverage coverage = new Coverage(List.of(box), shapes.space(), budget);
      for (BoxIndex.Entry entry : needed) {
        coverage.remove(entry.box());
      }
      if (!coverage.isComplete()) {
        needed.add(i, left);
      }
    }
    return needed;
  }

  private static List<Integer> rules(List<BoxIndex.Entry> entries) {
    TreeSet<Integer> rules = new TreeSet<>();
    for (BoxIndex.Entry entry : entries) {
      rules.add(entry.rule());
    }
    return List.copyOf(rules);
  }

  /** The first rule before another that decides all of a box; -1 if none does. */
  int firstCovering(Box box, int rule) {
    return index.firstCovering(box, rule);
  }

  /** What rules before another decide of a box, ascending; null if that is too much to tell. */
  @Nullable List<BoxIndex.Entry> parts(Box box, int rule) {
    return index.intersecting(box, 0, rule, MOST_LOOKS);
  }

  /** Points that may be packets. */
  Points points() {
    return points;
  }
}
