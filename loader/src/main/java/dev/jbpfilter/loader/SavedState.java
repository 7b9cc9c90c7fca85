package dev.jbpfilter.loader;

import dev.jbpfilter.loader.kernel.FileIdentity;
import dev.jbpfilter.ruleset.HookOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a later process must know of a loaded chain and cannot read from the kernel.
 *
 * @param chain the chain in the rule language, without hook options: not all of them can be written
 *     there
 * @param sequence orders chains by creation; a chain that is replaced alone keeps its number
 * @param attached where the chain is attached; null if it is only loaded
 * @param maps the names of the chain's maps, which are the names of their pins
 */
record SavedState(String chain, long sequence, @Nullable Attached attached, List<String> maps) {

  /** Copies the list. */
  SavedState {
    maps = List.copyOf(maps);
  }

  /**
   * Where a chain is attached.
   *
   * @param options not empty; of the Netfilter priorities the first is the one in use
   * @param namespace the network name space that the chain was attached in
   * @param cgroup the directory that the path in the options then led to, if it has one
   */
  record Attached(HookOptions options, FileIdentity namespace, @Nullable FileIdentity cgroup) {}

  /** The options that the chain is attached with. */
  HookOptions options() {
    return attached == null ? HookOptions.NONE : attached.options();
  }

  /** The network name space that the chain was attached in, if it is. */
  @Nullable FileIdentity attachedIn() {
    return attached == null ? null : attached.namespace();
  }

  /** The same chain, attached otherwise. */
  SavedState withAttached(Attached other) {
    return new SavedState(chain, sequence, other, maps);
  }
}
