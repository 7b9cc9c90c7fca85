package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.CodegenException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Jump relaxation for kernels without {@code gotol}: a jump that does not reach its target leads to
 * a {@code goto} on the way, a trampoline, which may lead to another one.
 *
 * <pre>{@code
 *     if r1 == 2 goto t
 *     …
 *     exit
 * t:  goto far             an island, where control does not fall in
 *     …
 * far:
 * }</pre>
 *
 * <p>Trampolines stand together on islands, whose places are chosen once, one in each stretch of
 * {@value #SPACING} slots: after an element that ends a block or, if the stretch has none, between
 * any two, with a jump over the island. An island has at most one trampoline for each target, for
 * all jumps that come by, in the order in which they were wanted. An island without any takes no
 * slot.
 *
 * <p><b>Relaxation.</b> Each round places elements and trampolines, and then looks at every jump
 * and every trampoline: if its target is in range it leads there, else to the farthest island in
 * range in that direction, to which a trampoline for the target is added if it has none. A round
 * that adds nothing has looked at the places as they are, so all its offsets are right, and it is
 * the last one. Trampolines are never taken away in between, so each round but the last makes the
 * set of pairs of island and target larger, and that is finite: the rounds come to an end. A few
 * are the rule, each takes little more than linear time.
 *
 * <p>Each hop leads to a place strictly nearer to the target, on the same side of it, so a chain of
 * trampolines ends at its target. If there is no island in range, because the trampolines for more
 * than about twelve thousand targets fill all the space at some place, the code cannot be encoded.
 *
 * <p>Last, trampolines to which nothing leads any more are taken away, since the kernel refuses
 * code that is never reached. That moves places closer to each other and never apart, so what was
 * in range stays so.
 */
final class Trampolines implements JumpLayout {
  private static final int SPACING = 8192;
  private static final int REACH = 1 << 15;
  private static final int DIRECT = -1;
  private static final int[] NO_ISLAND = {};

  private final List<Element<Phys>> elements;
  private final int[] targets;
  private final int first;
  private final int[] starts;
  private final List<Island> islands = new ArrayList<>();
  private final @Nullable Island[] islandBefore;

  /** For each jump the number of the island to which it leads, or {@link #DIRECT}. */
  private final int[] hops;

  /**
   * Places the elements of a function.
   *
   * @param targets of its jumps, as {@link Targets} has them
   * @param first the first slot
   * @throws CodegenException if some jump cannot get to its target
   */
  Trampolines(List<Element<Phys>> elements, int[] targets, int first) {
    this.elements = elements;
    this.targets = targets;
    this.first = first;
    starts = new int[targets.length + 1];
    islandBefore = new Island[targets.length + 1];
    hops = new int[targets.length];
    Arrays.fill(hops, DIRECT);
    place();
    if (end() - first > REACH) {
      chooseIslands();
      while (route()) {
        place();
      }
      removeUnused();
      place();
    }
  }

  private void place() {
    int slot = first;
    for (int i = 0; i < targets.length; i++) {
      Island island = islandBefore[i];
      if (island != null) {
        island.start = slot;
        slot += island.size();
      }
      starts[i] = slot;
      slot += JumpLayout.size(elements.get(i));
    }
    starts[targets.length] = slot;
  }

  private void chooseIslands() {
    int i = 1;
    for (int stretch = first; stretch < end(); stretch += SPACING) {
      int open = -1;
      int chosen = -1;
      for (; i < targets.length && starts[i] < stretch + SPACING; i++) {
        open = i;
        if (chosen < 0 && elements.get(i - 1).endsBlock()) {
          chosen = i;
        }
      }
      int before = chosen < 0 ? open : chosen;
      if (before > 0) {
        Island island = new Island(chosen < 0);
        islands.add(island);
        islandBefore[before] = island;
      }
    }
    place();
  }

  /** Whether a trampoline was added. */
  private boolean route() {
    int before = count();
    for (int i = 0; i < targets.length; i++) {
      if (targets[i] >= 0) {
        hops[i] = hop(starts[i], targets[i]);
      }
    }
    for (Island island : islands) {
      // The list may grow at its end.
      for (int place = 0; place < island.targets.size(); place++) {
        island.hops.set(place, hop(island.slot(place), island.targets.get(place)));
      }
    }
    return count() > before;
  }

  private int count() {
    int count = 0;
    for (Island island : islands) {
      count += island.targets.size();
    }
    return count;
  }

  /**
   * Where a jump goes next.
   *
   * @param from its slot
   * @return number of an island, which has a trampoline for the target, or {@link #DIRECT}
   */
  private int hop(int from, int target) {
    int distance = starts[target] - from - 1;
    if (JumpLayout.isShort(distance)) {
      return DIRECT;
    }
    int step = distance > 0 ? -1 : 1;
    for (int i = farthest(from, distance > 0); i >= 0 && i < islands.size(); i += step) {
      Island island = islands.get(i);
      int slot = island.slot(island.place(target));
      if (distance > 0 ? slot <= from : slot >= from) {
        break;
      }
      if (JumpLayout.isShort(slot - from - 1)) {
        island.add(target);
        return i;
      }
    }
    throw new CodegenException(new Reason.OutOfRange("jump distance", distance), noteOf(target));
  }

  /** The farthest island that may be in range. */
  private int farthest(int from, boolean forward) {
    int limit = forward ? from + REACH : from - REACH;
    int low = 0;
    int high = islands.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (islands.get(middle).start + islands.get(middle).size() < limit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return forward ? Math.min(low, islands.size() - 1) : low;
  }

  private @Nullable String noteOf(int target) {
    for (int i = target; i >= 0; i--) {
      if (elements.get(i) instanceof Element.Note<Phys>(String text)) {
        return text;
      }
    }
    return null;
  }

  private void removeUnused() {
    for (int i = 0; i < targets.length; i++) {
      if (targets[i] >= 0) {
        use(hops[i], targets[i]);
      }
    }
    islands.forEach(Island::removeUnused);
  }

  private void use(int hop, int target) {
    int at = hop;
    while (at != DIRECT && islands.get(at).used.add(target)) {
      at = islands.get(at).hops.get(islands.get(at).place(target));
    }
  }

  private int slot(int hop, int target) {
    return hop == DIRECT ? starts[target] : islands.get(hop).slot(islands.get(hop).place(target));
  }

  @Override
  public int end() {
    return starts[targets.length];
  }

  @Override
  public boolean isFar(int element) {
    return false;
  }

  @Override
  public int hop(int element) {
    return slot(hops[element], targets[element]);
  }

  @Override
  public int[] island(int element) {
    Island island = islandBefore[element];
    if (island == null) {
      return NO_ISLAND;
    }
    int[] result = new int[island.targets.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = slot(island.hops.get(i), island.targets.get(i));
    }
    return result;
  }

  @Override
  public boolean fallsIn(int element) {
    Island island = islandBefore[element];
    return island != null && island.fallsIn;
  }

  /** Trampolines that stand together. */
  private static final class Island {
    final boolean fallsIn;
    int start;
    final List<Integer> targets = new ArrayList<>();
    final List<Integer> hops = new ArrayList<>();
    final Map<Integer, Integer> places = new HashMap<>();
    final Set<Integer> used = new HashSet<>();

    Island(boolean fallsIn) {
      this.fallsIn = fallsIn;
    }

    int size() {
      return targets.isEmpty() || !fallsIn ? targets.size() : targets.size() + 1;
    }

    /** The place of the trampoline for a target; one after the last if there is none. */
    int place(int target) {
      return places.getOrDefault(target, targets.size());
    }

    int slot(int place) {
      return start + (fallsIn ? 1 : 0) + place;
    }

    void add(int target) {
      if (places.putIfAbsent(target, targets.size()) == null) {
        targets.add(target);
        hops.add(DIRECT);
      }
    }

    void removeUnused() {
      int kept = 0;
      for (int i = 0; i < targets.size(); i++) {
        if (used.contains(targets.get(i))) {
          targets.set(kept, targets.get(i));
          hops.set(kept, hops.get(i));
          places.put(targets.get(i), kept);
          kept++;
        }
      }
      targets.subList(kept, targets.size()).clear();
      hops.subList(kept, hops.size()).clear();
      places.keySet().retainAll(used);
    }
  }
}
