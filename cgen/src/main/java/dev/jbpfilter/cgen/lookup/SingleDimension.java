package dev.jbpfilter.cgen.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses among the structures for one dimension. */
final class SingleDimension {
  private SingleDimension() {}

  /**
   * What each kind says.
   *
   * @param memory how many bytes tables may have
   */
  static List<Proposal> proposals(Intervals intervals, long memory) {
    return List.of(
        Compares.propose(intervals),
        CodeTree.propose(intervals),
        DirectTable.propose(intervals),
        IntervalSearch.propose(intervals),
        Trie.propose(intervals, memory));
  }

  /**
   * The fastest structure.
   *
   * @param memory how many bytes its tables may have
   */
  static Optional<Structure> choose(Intervals intervals, long memory) {
    @Nullable Structure best = null;
    for (Proposal proposal : proposals(intervals, memory)) {
      if (proposal instanceof Proposal.Fits(Structure structure)
          && structure.bytes() <= memory
          && (best == null || structure.nanos() < best.nanos())) {
        best = structure;
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * The fastest structures for the classes of fields.
   *
   * @param memory how many bytes their tables may have together
   * @return as many as there are fields; none if one does not fit
   */
  static List<Structure> chooseAll(List<FieldClasses> fields, long memory) {
    List<Structure> structures = new ArrayList<>();
    long left = memory;
    for (FieldClasses field : fields) {
      Optional<Structure> structure = choose(field.numbers(), left);
      if (structure.isEmpty()) {
        return List.of();
      }
      left -= structure.get().bytes();
      structures.add(structure.get());
    }
    return List.copyOf(structures);
  }
}
