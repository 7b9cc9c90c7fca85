package dev.jbpfilter.loader;

import dev.jbpfilter.loader.kernel.ProgramInfo;
import java.util.List;
import java.util.OptionalLong;

/**
 * A chain in the kernel, with what can be measured of it, at one moment.
 *
 * @param loaded the chain and its counters
 * @param attached whether it is attached, to what is still there; of a Netfilter hook the kernel
 *     does not tell
 * @param counters identifies the counters: another number means that they have started anew
 * @param lostRecords how many log records found no room, unsigned, since the log is there; empty if
 *     no rule logs, or the chain was loaded by a version that did not count them
 * @param program its run time, among others
 * @param maps what they take, in the order of the chain's compilation; none of those that the
 *     kernel does not tell
 */
public record ObservedChain(
    LoadedChain loaded,
    boolean attached,
    int counters,
    OptionalLong lostRecords,
    ProgramInfo program,
    List<MapMemory> maps) {

  /** Copies the list. */
  public ObservedChain {
    maps = List.copyOf(maps);
  }

  /** The name of the chain. */
  public String name() {
    return loaded.chain().name();
  }
}
