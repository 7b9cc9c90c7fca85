package dev.jbpfilter.cgen;

import dev.jbpfilter.cgen.lookup.Boxes;
import dev.jbpfilter.cgen.lookup.Choice;
import dev.jbpfilter.cgen.lookup.Proposal;
import dev.jbpfilter.cgen.lookup.Structure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a chain's program finds the rule that decides: what {@code --explain-plan} prints. Times are
 * estimates of what a lookup takes when its tables are in use as a whole, by the constants of
 * {@link dev.jbpfilter.cgen.lookup.CostModel}.
 *
 * @param regions in the order in which packets pass them
 */
public record Plan(String chain, List<Part> regions) {
  private static final long KIB = 1 << 10;

  /** Copies the list. */
  public Plan {
    regions = List.copyOf(regions);
  }

  /**
   * Rules that are evaluated together.
   *
   * @param rules how many
   * @param first index of the first one
   * @param last index of the last one
   * @param inSequence how many are tried one after another
   * @param lookups how the others are found; none if there are no others
   */
  public record Part(int rules, int first, int last, int inSequence, List<Lookup> lookups) {
    /** Copies the list. */
    public Part {
      lookups = List.copyOf(lookups);
    }
  }

  /**
   * How the first of some rules is found.
   *
   * @param packets the classes of packets for which it is, such as "IPv4 TCP"
   * @param rules how many rules such packets can match
   */
  public record Lookup(List<String> packets, int rules, Option chosen, List<Option> others) {
    /** Copies the lists. */
    public Lookup {
      packets = List.copyOf(packets);
      others = List.copyOf(others);
    }
  }

  /**
   * A kind of structure.
   *
   * @param nanos estimated time of a lookup; 0 if it cannot hold the rules
   * @param bytes of its tables
   * @param details sizes, or why it cannot hold the rules
   */
  public record Option(String kind, boolean fits, double nanos, long bytes, String details) {
    private static Option of(Proposal proposal) {
      return switch (proposal) {
        case Proposal.Fits(Structure structure) -> of(structure);
        case Proposal.Refused(var kind, String why) -> new Option(kind.label(), false, 0, 0, why);
      };
    }

    private static Option of(Structure structure) {
      return new Option(
          structure.kind().label(),
          true,
          structure.nanos(),
          structure.bytes(),
          structure.details());
    }

    /** Time and memory in words: {@code about 5.7 ns, 604 B}. */
    public String cost() {
      return String.format(Locale.ROOT, "about %.1f ns, %s", nanos, size(bytes));
    }

    private String print() {
      return fits ? kind + ", " + cost() + ": " + details : kind + ": " + details;
    }
  }

  /** The plan of regions. */
  static Plan of(FilterProgram program, List<Region> regions) {
    List<Part> parts = new ArrayList<>();
    for (Region region : regions) {
      if (!region.rules().isEmpty()) {
        parts.add(part(region));
      }
    }
    return new Plan(program.chain(), parts);
  }

  private static Part part(Region region) {
    List<FilterRule> rules = region.rules();
    Dispatch dispatch = region.dispatch();
    return new Part(
        rules.size(),
        rules.getFirst().index(),
        rules.getLast().index(),
        region.inSequence(),
        dispatch == null ? List.of() : lookups(dispatch));
  }

  private static List<Lookup> lookups(Dispatch dispatch) {
    Map<Boxes, List<String>> packets = new LinkedHashMap<>();
    dispatch
        .classes()
        .forEach((some, boxes) ->
            packets.computeIfAbsent(boxes, b -> new ArrayList<>()).add(some.label()));
    List<Lookup> lookups = new ArrayList<>();
    packets.forEach((boxes, classes) -> {
      Choice choice = dispatch.choices().get(boxes);
      if (choice != null) {
        Option chosen = Option.of(choice.structure());
        List<Option> others = new ArrayList<>();
        for (Proposal proposal : choice.proposals()) {
          if (proposal.kind() != choice.structure().kind()) {
            others.add(Option.of(proposal));
          }
        }
        lookups.add(new Lookup(classes, boxes.size(), chosen, others));
      }
    });
    return lookups;
  }

  /** The plan as text, a line for each decision, of which the last ends with a line break. */
  public String print() {
    StringBuilder out = new StringBuilder("plan of chain ").append(chain).append('\n');
    if (regions.isEmpty()) {
      out.append("  no rule can decide: the policy does\n");
    }
    for (Part part : regions) {
      out.append("  rules ").append(part.first).append(" to ").append(part.last).append(": ");
      out.append(part.rules - part.inSequence).append(" looked up, ");
      out.append(part.inSequence).append(" in sequence\n");
      for (Lookup lookup : part.lookups) {
        out.append("    ").append(String.join(", ", lookup.packets)).append(": ");
        out.append(lookup.rules).append(" to look up\n");
        out.append("      by ").append(lookup.chosen.print()).append('\n');
        for (Option other : lookup.others) {
          out.append("      not ").append(other.print()).append('\n');
        }
      }
    }
    return out.toString();
  }

  private static String size(long bytes) {
    if (bytes == 0) {
      return "no table";
    }
    if (bytes < KIB) {
      return bytes + " B";
    }
    return bytes < KIB * KIB
        ? String.format(Locale.ROOT, "%.1f KiB", (double) bytes / KIB)
        : String.format(Locale.ROOT, "%.1f MiB", (double) bytes / (KIB * KIB));
  }
}
