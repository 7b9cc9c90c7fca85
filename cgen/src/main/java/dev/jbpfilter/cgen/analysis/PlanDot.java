package dev.jbpfilter.cgen.analysis;

import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Plan;
import java.util.List;

/** The plan of a chain in the language of Graphviz, from left to right as packets pass. */
public final class PlanDot {
  private final StringBuilder out = new StringBuilder();

  private PlanDot() {}

  /** A directed graph, of which the last line ends with a line break. */
  public static String print(CompiledChain chain) {
    PlanDot dot = new PlanDot();
    dot.graph(chain);
    return dot.out.toString();
  }

  private void graph(CompiledChain chain) {
    Plan plan = chain.plan();
    out.append("digraph ").append(quoted("plan of chain " + plan.chain())).append(" {\n");
    out.append("  rankdir=LR;\n");
    out.append("  node [shape=box, style=\"rounded,filled\", fillcolor=\"#f6f8fa\",");
    out.append(" color=\"#8c959f\", fontname=\"Helvetica\", fontsize=11];\n");
    out.append("  edge [color=\"#57606a\", fontname=\"Helvetica\", fontsize=10];\n");
    node("hook", "#ddf4ff", "chain " + plan.chain(), chain.filter().hook().keyword());
    node("parse", "#ddf4ff", "parse", chain.filter().depth().label());
    edge("hook", "parse");
    String before = "parse";
    for (int i = 0; i < plan.regions().size(); i++) {
      before = region(i, plan.regions().get(i), before);
    }
    List<String> ends = PlanEnds.of(chain);
    node("end", "#ffebe9", ends.toArray(String[]::new));
    edge(before, "end");
    out.append("}\n");
  }

  /** Draws a region; returns the node that packets leave it by. */
  private String region(int number, Plan.Part region, String before) {
    String name = "r" + number;
    String rest =
        region.inSequence() == 0
            ? "the rule that was found"
            : PlanEnds.count(region.inSequence()) + " in sequence";
    node(name, "#fff8c5", "rules " + region.first() + " to " + region.last(), rest);
    if (region.lookups().isEmpty()) {
      edge(before, name);
    }
    for (int i = 0; i < region.lookups().size(); i++) {
      Plan.Lookup lookup = region.lookups().get(i);
      String packets = name + "_packets" + i;
      String structure = name + "_lookup" + i;
      node(packets, "#f6f8fa", lookup.packets().toArray(String[]::new));
      node(
          structure,
          "#dafbe1",
          lookup.chosen().kind(),
          PlanEnds.count(lookup.rules()) + ", " + lookup.chosen().cost(),
          lookup.chosen().details());
      edge(before, packets);
      edge(packets, structure);
      edge(structure, name);
    }
    return name;
  }

  private void node(String name, String colour, String... lines) {
    out.append("  ").append(name).append(" [fillcolor=\"").append(colour).append("\", label=");
    out.append(quoted(String.join("\n", lines))).append("];\n");
  }

  private void edge(String from, String to) {
    out.append("  ").append(from).append(" -> ").append(to).append(";\n");
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
