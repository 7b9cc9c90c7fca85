package dev.jbpfilter.cgen.analysis.lint;

import java.util.ArrayList;
import java.util.List;

/** What is left of boxes once others are taken away, within a budget. */
final class Coverage {
  private static final int MOST_BOXES = 1024;

  private final Space space;
  private final Budget budget;
  private List<Box> left;
  private boolean exceeded;

  Coverage(List<Box> boxes, Space space, Budget budget) {
    this.space = space;
    this.budget = budget;
    this.left = boxes;
  }

  /** Takes a box away; returns whether something of it was there. */
  boolean remove(Box box) {
    List<Box> rest = new ArrayList<>();
    boolean found = false;
    exceeded |= !budget.allows(left.size());
    for (Box piece : left) {
      if (box.intersects(piece)) {
        found = true;
        rest.addAll(piece.minus(box, space));
        if (rest.size() > MOST_BOXES || !budget.allows(1)) {
          exceeded = true;
          return true;
        }
      } else {
        rest.add(piece);
      }
    }
    left = rest;
    return found;
  }

  /** Whether it became too much work, so that nothing is known. */
  boolean isExceeded() {
    return exceeded;
  }

  /** Whether nothing is left. */
  boolean isComplete() {
    return !exceeded && left.isEmpty();
  }

  /** Whether something of a box may be left. */
  boolean touches(Box box) {
    boolean known = !exceeded && budget.allows(left.size());
    for (Box piece : left) {
      if (!known || piece.intersects(box)) {
        return true;
      }
    }
    return false;
  }
}
