package dev.jbpfilter.loader;

import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.FileIdentity;
import java.util.List;
import java.util.Optional;

/** The links that are pinned in a chain's directory, open. */
final class PinnedLinks implements AutoCloseable {
  private final List<BpfLink> links;

  PinnedLinks(List<BpfLink> links) {
    this.links = List.copyOf(links);
  }

  boolean isEmpty() {
    return links.isEmpty();
  }

  /** The link that is attached to a point, given the name space that it was created in. */
  Optional<BpfLink> at(AttachPoint point, FileIdentity createdIn) {
    for (BpfLink link : links) {
      if (point.isOf(createdIn, link.info())) {
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
