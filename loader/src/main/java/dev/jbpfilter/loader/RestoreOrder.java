package dev.jbpfilter.loader;

import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.LinkInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The order in which chains are to be set to be again as they are: oldest first, but those of one
 * TC point, among themselves, in the order in which they run.
 */
final class RestoreOrder {
  private final Kernel kernel;
  private final Consumer<Event> events;
  private final List<Entry> entries = new ArrayList<>();

  private record Entry(String name, long sequence, LinkInfo link) {
    static final LinkInfo NO_LINK = new LinkInfo(0, 0, new LinkInfo.Target.Other(0));

    boolean isOn(LinkInfo.Target point) {
      return link.target().equals(point);
    }
  }

  /**
   * @param events told if the kernel keeps an order to itself
   */
  RestoreOrder(Kernel kernel, Consumer<Event> events) {
    this.kernel = kernel;
    this.events = events;
  }

  /** Adds a chain that can be read. */
  void add(String name, ChainDirectory directory, SavedState state) {
    entries.add(new Entry(name, state.sequence(), tcxLink(directory, state)));
  }

  private LinkInfo tcxLink(ChainDirectory directory, SavedState state) {
    if (!kernel.networkNamespace().equals(state.attachedIn())) {
      return Entry.NO_LINK;
    }
    try (PinnedLinks links = directory.links()) {
      for (BpfLink link : links.all()) {
        LinkInfo info = link.info();
        if (info.target() instanceof LinkInfo.Target.Tcx point && point.interfaceIndex() != 0) {
          return info;
        }
      }
    }
    return Entry.NO_LINK;
  }

  /** The names of the chains, ordered. */
  List<String> names() {
    entries.sort(Comparator.comparingLong(Entry::sequence));
    List<String> names = new ArrayList<>(entries.size());
    Map<LinkInfo.Target.Tcx, List<Entry>> remaining = new HashMap<>();
    for (Entry entry : entries) {
      if (entry.link().target() instanceof LinkInfo.Target.Tcx point) {
        // The chain's place goes to whichever of the same point is the next to run.
        names.add(remaining.computeIfAbsent(point, this::inRunningOrder).removeFirst().name());
      } else {
        names.add(entry.name());
      }
    }
    return names;
  }

  private void warn(LinkInfo.Target.Tcx point) {
    events.accept(
        Event.warning(
            "the TC chains of interface "
                + point.interfaceIndex()
                + " are listed oldest first: the order in which they run is told only to processes"
                + " with CAP_NET_ADMIN in the initial user name space"));
  }

  private List<Entry> inRunningOrder(LinkInfo.Target.Tcx point) {
    List<Entry> here = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.isOn(point)) {
        here.add(entry);
      }
    }
    if (here.size() > 1) {
      kernel
          .tcxLinks(point.interfaceIndex(), point.direction())
          .ifPresentOrElse(
              ids -> here.sort(Comparator.comparingInt(entry -> ids.indexOf(entry.link().id()))),
              () -> warn(point));
    }
    return here;
  }
}
