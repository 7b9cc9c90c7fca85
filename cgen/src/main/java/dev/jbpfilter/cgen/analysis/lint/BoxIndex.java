package dev.jbpfilter.cgen.analysis.lint;

import dev.jbpfilter.cgen.Spans;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Boxes of rules, so that those about a point or box are found without looking at all. Each box is
 * kept in the dimension in which it takes the smallest part, in a tree of the intervals between all
 * bounds there: a node has the boxes that take all of it but not all of its parent. So the boxes
 * about a number are on the path from its leaf to the root.
 */
final class BoxIndex {
  /** Boxes of more spans are in no tree, but in a list. */
  private static final int MOST_SPANS = 64;

  private final Space space;
  private final Budget budget;
  private final List<Entry> entries = new ArrayList<>();
  private Axis[] axes = {};

  /** The boxes that take all of every dimension, or of none as few spans as fit into a tree. */
  private final List<Integer> everywhere = new ArrayList<>();

  private int[] seen = {};
  private int stamp;

  /** A box of a rule. */
  record Entry(int rule, Box box) {}

  BoxIndex(Space space, Budget budget) {
    this.space = space;
    this.budget = budget;
  }

  /** Adds a box; rules come by ascending index. */
  void add(int rule, Box box) {
    entries.add(new Entry(rule, box));
  }

  /** Prepares for questions. */
  void build() {
    SpanCollector[] bounds = new SpanCollector[space.size()];
    for (Entry entry : entries) {
      Box box = entry.box;
      for (int i = 0; i < box.size(); i++) {
        long[] spans = box.spans(i);
        if (spans.length <= 2 * MOST_SPANS) {
          int dimension = box.dimension(i);
          if (bounds[dimension] == null) {
            bounds[dimension] = new SpanCollector(16);
          }
          for (int j = 0; j < spans.length; j += 2) {
            bounds[dimension].bound(spans[j]);
            if (spans[j + 1] != space.max(dimension)) {
              bounds[dimension].bound(spans[j + 1] + 1);
            }
          }
        }
      }
    }
    axes = new Axis[space.size()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = new Axis(bounds[i] == null ? new long[] {Long.MIN_VALUE} : bounds[i].toBounds());
    }
    for (int id = 0; id < entries.size(); id++) {
      place(id);
    }
    for (Axis axis : axes) {
      axis.finish();
    }
    seen = new int[entries.size()];
  }

  private void place(int id) {
    Box box = entries.get(id).box;
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < box.size(); i++) {
      long[] spans = box.spans(i);
      if (spans.length <= 2 * MOST_SPANS) {
        Axis axis = axes[box.dimension(i)];
        axis.count(spans);
        double part = axis.part(spans);
        if (part < least) {
          least = part;
          best = i;
        }
      }
    }
    if (best < 0) {
      everywhere.add(id);
    } else {
      axes[box.dimension(best)].insert(id, box.spans(best));
    }
  }

  /**
   * The first rule before another, of which a box covers all of a box; -1 if there is none, or it
   * was not found.
   */
  int firstCovering(Box target, int before) {
    int[] best = {before};
    Test covers = box -> box.covers(target);
    scan(everywhere, covers, 0, best);
    for (int i = 0; i < target.size(); i++) {
      int dimension = target.dimension(i);
      if (dimension < axes.length) {
        path(axes[dimension], target.spans(i)[0], covers, 0, best);
      }
    }
    return best[0] == before ? -1 : best[0];
  }

  /** The first rule of some, of which a box has a point; -1 if there is none. */
  int firstContaining(long[] point, int from, int before) {
    int[] best = {before};
    Test contains = box -> box.contains(point);
    scan(everywhere, contains, from, best);
    for (int dimension = 0; dimension < axes.length; dimension++) {
      path(axes[dimension], point[dimension], contains, from, best);
    }
    return best[0] == before ? -1 : best[0];
  }

  private interface Test {
    boolean holds(Box box);
  }

  private void path(Axis axis, long number, Test test, int from, int[] best) {
    for (int node = axis.leaf(number); node > 0; node >>= 1) {
      List<Integer> ids = axis.nodes.get(node);
      if (ids != null) {
        scan(ids, test, from, best);
      }
    }
  }

  private void scan(List<Integer> ids, Test test, int from, int[] best) {
    int start = from == 0 ? 0 : firstOf(ids, from);
    for (int i = start; i < ids.size() && budget.allows(1); i++) {
      Entry entry = entries.get(ids.get(i));
      if (entry.rule >= best[0]) {
        return;
      }
      if (test.holds(entry.box)) {
        best[0] = entry.rule;
        return;
      }
    }
  }

  /** The place of the first box of a rule or one behind it. */
  private int firstOf(List<Integer> ids, int rule) {
    int low = 0;
    int high = ids.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries.get(ids.get(middle)).rule < rule) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The boxes of some rules that have a part of a box, by ascending rule; null if it would be too
   * much work to tell.
   *
   * @param most so many boxes are looked at
   */
  @Nullable List<Entry> intersecting(Box target, int from, int before, int most) {
    stamp++;
    List<Integer> found = new ArrayList<>();
    Search search = new Search(target, from, before, most, found);
    boolean done = search.list(everywhere);
    for (int dimension = 0; done && dimension < axes.length; dimension++) {
      done = search.axis(axes[dimension], target.in(dimension));
    }
    if (!done) {
      return null;
    }
    found.sort(null);
    List<Entry> result = new ArrayList<>();
    for (int id : found) {
      result.add(entries.get(id));
    }
    return result;
  }

  /** The search for boxes about a box. */
  private final class Search {
    private final Box target;
    private final int from;
    private final int before;
    private int looks;
    private final List<Integer> found;

    Search(Box target, int from, int before, int looks, List<Integer> found) {
      this.target = target;
      this.from = from;
      this.before = before;
      this.looks = looks;
      this.found = found;
    }

    boolean axis(Axis axis, long @Nullable [] spans) {
      if (axis.isEmpty()) {
        return true;
      }
      if (spans == null || spans.length > 2 * MOST_SPANS) {
        return node(axis, 1, 0, axis.leaves, 0, axis.leaves);
      }
      for (int i = 0; i < spans.length; i += 2) {
        int first = axis.rank(spans[i]);
        int last = axis.rank(spans[i + 1]) + 1;
        if (!node(axis, 1, 0, axis.leaves, first, last)) {
          return false;
        }
      }
      return true;
    }

    private boolean node(Axis axis, int node, int low, int high, int first, int last) {
      if (last <= low || high <= first || !axis.used.get(node)) {
        return true;
      }
      if (--looks < 0 || !budget.allows(1)) {
        return false;
      }
      List<Integer> ids = axis.nodes.get(node);
      if (ids != null && !list(ids)) {
        return false;
      }
      if (high - low == 1) {
        return true;
      }
      int middle = (low + high) >>> 1;
      return node(axis, 2 * node, low, middle, first, last)
          && node(axis, 2 * node + 1, middle, high, first, last);
    }

    boolean list(List<Integer> ids) {
      for (int i = firstOf(ids, from); i < ids.size(); i++) {
        int id = ids.get(i);
        Entry entry = entries.get(id);
        if (entry.rule >= before) {
          return true;
        }
        if (--looks < 0 || !budget.allows(1)) {
          return false;
        }
        if (seen[id] != stamp && entry.box.intersects(target)) {
          seen[id] = stamp;
          found.add(id);
        }
      }
      return true;
    }
  }

  /** A number in a dimension that few boxes have, of those in spans; null for all numbers. */
  long rare(int dimension, long @Nullable [] spans, int choice) {
    if (dimension >= axes.length) {
      return spans == null ? 0 : spans[0];
    }
    return axes[dimension].rare(spans, choice);
  }

  /** A dimension, cut at all bounds that boxes have there. */
  private static final class Axis {
    private static final int MOST_LOOKS = 256;

    private final long[] bounds;
    private final int leaves;
    private final List<@Nullable List<Integer>> nodes;

    /** Nodes with boxes in them or below. */
    private final BitSet used = new BitSet();

    /** How many boxes take each interval; differences at first. */
    private final int[] takers;

    private int[] rarest = {};

    Axis(long[] bounds) {
      this.bounds = bounds;
      int size = Integer.highestOneBit(Math.max(1, 2 * bounds.length - 1));
      this.leaves = size;
      this.nodes = new ArrayList<>(Collections.nCopies(2 * size, null));
      this.takers = new int[bounds.length + 1];
    }

    boolean isEmpty() {
      return !used.get(1);
    }

    /** The interval that has a number. */
    int rank(long number) {
      int place = Arrays.binarySearch(bounds, number ^ Long.MIN_VALUE);
      return place >= 0 ? place : -place - 2;
    }

    int leaf(long number) {
      return leaves + rank(number);
    }

    void count(long[] spans) {
      for (int i = 0; i < spans.length; i += 2) {
        takers[rank(spans[i])]++;
        takers[rank(spans[i + 1]) + 1]--;
      }
    }

    /** Which part of the intervals a box takes. */
    double part(long[] spans) {
      long taken = 0;
      for (int i = 0; i < spans.length; i += 2) {
        taken += rank(spans[i + 1]) - rank(spans[i]) + 1L;
      }
      return (double) taken / bounds.length;
    }

    void insert(int id, long[] spans) {
      for (int i = 0; i < spans.length; i += 2) {
        int low = leaf(spans[i]);
        int high = leaf(spans[i + 1]) + 1;
        while (low < high) {
          if ((low & 1) != 0) {
            put(low++, id);
          }
          if ((high & 1) != 0) {
            put(--high, id);
          }
          low >>= 1;
          high >>= 1;
        }
      }
    }

    private void put(int node, int id) {
      List<Integer> ids = nodes.get(node);
      if (ids == null) {
        ids = new ArrayList<>(1);
        nodes.set(node, ids);
      }
      ids.add(id);
      for (int up = node; up > 0 && !used.get(up); up >>= 1) {
        used.set(up);
      }
    }

    /** Knows from now on which intervals few boxes take. */
    void finish() {
      for (int i = 1; i < takers.length; i++) {
        takers[i] += takers[i - 1];
      }
      int[] best = new int[Math.min(3, bounds.length)];
      Arrays.fill(best, -1);
      for (int i = 0; i < bounds.length; i++) {
        for (int j = 0; j < best.length; j++) {
          if (best[j] < 0 || takers[i] < takers[best[j]]) {
            System.arraycopy(best, j, best, j + 1, best.length - j - 1);
            best[j] = i;
            break;
          }
        }
      }
      rarest = best;
    }

    long rare(long @Nullable [] spans, int choice) {
      if (spans == null) {
        return bounds[rarest[choice % rarest.length]] ^ Long.MIN_VALUE;
      }
      long best = spans[0];
      int least = takers[rank(best)];
      int looks = 0;
      for (int i = 0; i < spans.length && looks < MOST_LOOKS; i += 2) {
        int last = rank(spans[i + 1]);
        for (int at = rank(spans[i]); at <= last && looks < MOST_LOOKS; at++) {
          looks++;
          if (takers[at] < least) {
            least = takers[at];
            long start = bounds[at] ^ Long.MIN_VALUE;
            best = Spans.contains(spans, start) ? start : spans[i];
          }
        }
      }
      return best;
    }
  }
}
