package dev.jbpfilter.cgen.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Chooses structures: the one whose lookups are estimated to take least, of those that fit. */
public final class Planner {
  private Planner() {}

  /** The structure for some boxes, of which there is one at least; empty if none can hold them. */
  public static Optional<Choice> choose(Boxes boxes, Limits limits) {
    List<Proposal> proposals = proposals(boxes, limits);
    proposals.replaceAll(proposal -> withinMemory(proposal, limits));
    Structure best = null;
    for (Proposal proposal : proposals) {
      if (proposal instanceof Proposal.Fits(Structure structure)
          && (best == null || isBetter(structure, best, limits))) {
        best = structure;
      }
    }
    if (best == null && Parts.halves(boxes, limits) instanceof Proposal.Fits(Structure halves)) {
      best = halves;
    }
    return best == null ? Optional.empty() : Optional.of(new Choice(best, proposals));
  }

  private static Proposal withinMemory(Proposal proposal, Limits limits) {
    return proposal instanceof Proposal.Fits(Structure structure)
            && structure.bytes() > limits.memory()
        ? new Proposal.Refused(
            structure.kind(),
            structure.bytes() + " bytes, of which only " + limits.memory() + " are left")
        : proposal;
  }

  private static boolean isBetter(Structure one, Structure other, Limits limits) {
    boolean forced = one.kind() == limits.forced();
    return forced != (other.kind() == limits.forced()) ? forced : isCheaper(one, other);
  }

  private static boolean isCheaper(Structure one, Structure other) {
    int order = Double.compare(CostModel.cost(one), CostModel.cost(other));
    return order != 0 ? order < 0 : one.bytes() < other.bytes();
  }

  private static List<Proposal> proposals(Boxes boxes, Limits limits) {
    List<Proposal> proposals = new ArrayList<>();
    int[] constrained = boxes.constrained();
    if (constrained.length == 1) {
      proposals.addAll(SingleDimension.proposals(boxes.intervals(), limits.memory()));
    }
    proposals.add(StaticHash.propose(boxes));
    proposals.add(TupleSpace.propose(boxes));
    if (constrained.length > 1) {
      List<FieldClasses> classes = FieldClasses.of(boxes);
      proposals.add(CrossProduct.propose(boxes, classes, limits.memory()));
      proposals.add(BitVectors.propose(boxes, classes, limits.memory()));
      Parts.propose(boxes, limits).ifPresent(proposals::add);
    }
    proposals.add(Sequence.propose(boxes));
    return proposals;
  }
}
