package dev.jbpfilter.cgen.lookup;

import java.util.List;

/**
 * A structure for some boxes, and what else was considered.
 *
 * @param proposals of all kinds, that of the structure among them
 */
public record Choice(Structure structure, List<Proposal> proposals) {
  /** Copies the list. */
  public Choice {
    proposals = List.copyOf(proposals);
  }
}
