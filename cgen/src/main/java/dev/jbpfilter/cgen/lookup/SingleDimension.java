package dev.jbpfilter.cgen.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses among the structures for one dimension. */
final class SingleDimension {
  /**
   * Structures that end in a branch for each result leave the verifier with as many states, with
   * each of which it walks what follows. For several fields in a row it walks each combination, of
   * which there may be so many.
   */
  private static final long MOST_COMBINATIONS = 64;

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
    return choose(intervals, memory, true);
  }

  /**
   * @param branching whether it may end in a branch for each result
   */
  private static Optional<Structure> choose(Intervals intervals, long memory, boolean branching) {
    @Nullable Structure best = null;
    for (Proposal proposal : proposals(intervals, memory)) {
      if (proposal instanceof Proposal.Fits(Structure structure)
          && structure.bytes() <= memory
          && (branching || !isBranching(structure.kind()))
          && (best == null || CostModel.cost(structure) < CostModel.cost(best))) {
        best = structure;
      }
    }
    return Optional.ofNullable(best);
  }

  private static boolean isBranching(StructureKind kind) {
    return kind == StructureKind.CODE_TREE;
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
    long combinations = 1;
    for (FieldClasses field : fields) {
      boolean branching = combinations * field.count() <= MOST_COMBINATIONS;
      Optional<Structure> structure = choose(field.numbers(), left, branching);
      if (structure.isEmpty()) {
        return List.of();
      }
      left -= structure.get().bytes();
      if (isBranching(structure.get().kind())) {
        combinations *= field.count();
      }
      structures.add(structure.get());
    }
    return List.copyOf(structures);
  }
}
