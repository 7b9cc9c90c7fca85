package dev.jbpfilter.loader;

import dev.jbpfilter.loader.kernel.FileIdentity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a later process must know of a loaded chain and cannot read from the kernel.
 *
 * @param chain the chain in the rule language, with the hook options that it is attached with, if
 *     it is
 * @param sequence orders chains by creation; a chain that is replaced alone keeps its number
 * @param attachedIn the network name space that the chain was attached in; null if it is only
 *     loaded
 * @param maps the names of the chain's maps, which are the names of their pins
 */
record SavedState(
    String chain, long sequence, @Nullable FileIdentity attachedIn, List<String> maps) {

  /** Copies the list. */
  SavedState {
    maps = List.copyOf(maps);
  }
}
