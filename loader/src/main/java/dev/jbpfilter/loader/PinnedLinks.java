package dev.jbpfilter.loader;

import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.LinkInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The links that are pinned in a chain's directory, open. */
final class PinnedLinks implements AutoCloseable {
  private final List<BpfLink> links;

  PinnedLinks(List<BpfLink> links) {
    this.links = List.copyOf(links);
  }

  boolean isEmpty() {
    return links.isEmpty();
  }

  /** The first link of which the kernel tells what is looked for. */
  Optional<BpfLink> find(Predicate<LinkInfo> wanted) {
    for (BpfLink link : links) {
      if (wanted.test(link.info())) {
        return Optional.of(link);
      }
    }
    return Optional.empty();
  }

  /** Ends all attachments but those that are to be kept. */
  void detachAllBut(List<BpfLink> kept) {
    Cleanup cleanup = new Cleanup();
    for (BpfLink link : links) {
      if (!kept.contains(link)) {
        cleanup.run(link::detach);
      }
    }
    cleanup.throwFirst();
  }

  @Override
  public void close() {
    Cleanup cleanup = new Cleanup();
    for (BpfLink link : links) {
      cleanup.run(link::close);
    }
    cleanup.throwFirst();
  }
}
