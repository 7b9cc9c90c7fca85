package dev.jbpfilter.loader;

import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.TcxNeighbour;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets the programs of chains run in the order of the chains on each TC point. Chains are placed
 * one after another; programs of others stay where they are.
 */
final class TcxOrder {
  private final Kernel kernel;

  /** What was placed last. */
  private final Map<AttachPoint.Tc, BpfLink> last = new HashMap<>();

  TcxOrder(Kernel kernel) {
    this.kernel = kernel;
  }

  /** Whether the link that the next chain has already is behind all that were placed. */
  boolean isInPlace(AttachPoint.Tc point, BpfLink link) {
    BpfLink before = last.get(point);
    if (before == null) {
      return true;
    }
    List<Integer> running = running(point).orElse(null);
    // Where the kernel does not tell, a new link behind the others is right in any case.
    return running != null
        && running.indexOf(link.info().id()) > running.indexOf(before.info().id());
  }

  /**
   * What a new link for the next chain is to be created beside.
   *
   * @param following the links that chains after it have already
   * @return null if it can be behind all others
   */
  @Nullable TcxNeighbour neighbour(AttachPoint.Tc point, List<BpfLink> following) {
    BpfLink before = last.get(point);
    if (before != null) {
      return new TcxNeighbour(before, false);
    }
    List<Integer> running = following.isEmpty() ? null : running(point).orElse(null);
    if (running == null) {
      // If any follow, they are not in place then.
      return null;
    }
    BpfLink first = null;
    int firstPlace = running.size();
    for (BpfLink link : following) {
      int place = running.indexOf(link.info().id());
      if (place >= 0 && place < firstPlace) {
        first = link;
        firstPlace = place;
      }
    }
    return first == null ? null : new TcxNeighbour(first, true);
  }

  /** The next chain has its link. */
  void place(AttachPoint.Tc point, BpfLink link) {
    last.put(point, link);
  }

  private Optional<List<Integer>> running(AttachPoint.Tc point) {
    return kernel.tcxLinks(point.interfaceIndex(), point.direction());
  }
}
