package dev.jbpfilter.bytecode;

import java.util.List;

/** Turns predicates into branches. */
final class PredicateLowering {
  private final CodeBuilder builder;

  PredicateLowering(CodeBuilder builder) {
    this.builder = builder;
  }

  /** Jumps if a predicate is as expected, else goes on. */
  void jump(Predicate predicate, boolean expected, Label target) {
    switch (predicate) {
      case Predicate.Compare compare -> compare(compare, expected, target);
      case Predicate.Not(Predicate inner) -> jump(inner, !expected, target);
      case Predicate.All(List<Predicate> all) -> sequence(all, true, expected, target);
      case Predicate.Any(List<Predicate> any) -> sequence(any, false, expected, target);
      case Predicate.Deferred deferred -> jump(deferred.predicate().get(), expected, target);
    }
  }

  private void compare(Predicate.Compare compare, boolean expected, Label target) {
    Condition condition = expected ? compare.condition() : compare.condition().negation();
    if (condition != null) {
      branch(condition, compare, target);
    } else {
      Label holds = builder.label("holds");
      branch(compare.condition(), compare, holds);
      builder.jump(target);
      builder.bind(holds);
    }
  }

  private void branch(Condition condition, Predicate.Compare compare, Label target) {
    builder.with(
        new Element.Branch<>(condition, compare.width(), compare.left(), compare.right(), target));
  }

  /**
   * All of some predicates, or any: what is decided by the first that is not {@code neutral}.
   *
   * @param neutral what leaves the question open
   */
  private void sequence(List<Predicate> parts, boolean neutral, boolean expected, Label target) {
    if (expected != neutral) {
      for (Predicate part : parts) {
        jump(part, expected, target);
      }
    } else if (parts.isEmpty()) {
      builder.jump(target);
    } else {
      Label decided = builder.label("decided");
      for (Predicate part : parts.subList(0, parts.size() - 1)) {
        jump(part, !neutral, decided);
      }
      jump(parts.getLast(), neutral, target);
      builder.bind(decided);
    }
  }
}
