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

  /** The first link of which the kernel tells what is looked for. */
  Optional<BpfLink> find(Predicate<LinkInfo> wanted) {
    for (BpfLink link : links) {
      if (wanted.test(link.info())) {
        return Optional.of(link);
      }
    }
    return Optional.empty();
  }

  /** All, open until this is closed. */
  List<BpfLink> all() {
    return links;
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
