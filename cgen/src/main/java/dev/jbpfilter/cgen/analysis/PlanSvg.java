package dev.jbpfilter.cgen.analysis;

import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The plan of a chain as a picture that needs nothing else: Scalable Vector Graphics, light or dark
 * as its reader wants. Packets pass from left to right: the hook, classes of packets, the
 * structures in which rules are looked up, rules in sequence, how they end; and from top to bottom
 * where a region follows another.
 */
public final class PlanSvg {
  private static final int MARGIN = 24;
  private static final int TOP = 84;
  private static final int GAP = 14;
  private static final int LINE = 16;
  private static final int PAD = 14;
  private static final int BAR = 6;

  /** The columns: where they begin, and how wide they are. */
  private static final int HOOK_X = MARGIN;

  private static final int HOOK_WIDTH = 170;
  private static final int HOOK_HEIGHT = 2 * PAD + 4 * LINE + GAP;
  private static final int PACKETS_X = HOOK_X + HOOK_WIDTH + 44;
  private static final int PACKETS_WIDTH = 166;
  private static final int LOOKUP_X = PACKETS_X + PACKETS_WIDTH + 36;
  private static final int LOOKUP_WIDTH = 330;
  private static final int RULES_X = LOOKUP_X + LOOKUP_WIDTH + 44;
  private static final int RULES_WIDTH = 150;
  private static final int END_X = RULES_X + RULES_WIDTH + 44;
  private static final int END_WIDTH = 210;
  private static final int WIDTH = END_X + END_WIDTH + MARGIN;

  /** How many characters of small text fit into the widest box. */
  private static final int DETAIL_CHARACTERS = 54;

  private static final String STYLE =
      """
      <style>
      text{font-family:system-ui,-apple-system,'Segoe UI','DejaVu Sans',sans-serif;fill:#1f2328;
      font-size:13px}
      .head{font-size:17px;font-weight:600}.name{font-weight:600}.small{font-size:11px;fill:#59636e}
      .box{stroke:#8c959f}.way{fill:none;stroke:#8c959f;stroke-width:1.4}.tip{fill:#8c959f}
      .paper{fill:#ffffff}.blue{fill:#ddf4ff}.green{fill:#dafbe1}.yellow{fill:#fff8c5}
      .red{fill:#ffebe9}.plain{fill:#f6f8fa}.rail{fill:#b4e3bf}.bar{fill:#2da44e}
      @media (prefers-color-scheme:dark){text{fill:#f0f6fc}.small{fill:#b1bac4}
      .box{stroke:#656c76}.way{stroke:#8b949e}.tip{fill:#8b949e}
      .paper{fill:#0d1117}.blue{fill:#0c2d6b}.green{fill:#0f3d1f}.yellow{fill:#4b3400}
      .red{fill:#5d0f12}.plain{fill:#21262d}.rail{fill:#1d5a30}.bar{fill:#3fb950}}
      </style>
      """;

  private final StringBuilder boxes = new StringBuilder();
  private final StringBuilder ways = new StringBuilder();
  private final CompiledChain chain;
  private final double slowest;
  private int y = TOP;

  private PlanSvg(CompiledChain chain) {
    this.chain = chain;
    double most = 1;
    for (Plan.Part region : chain.plan().regions()) {
      for (Plan.Lookup lookup : region.lookups()) {
        most = Math.max(most, lookup.chosen().nanos());
      }
    }
    slowest = most;
  }

  /** A document, of which the last line ends with a line break. */
  public static String print(CompiledChain chain) {
    return new PlanSvg(chain).print();
  }

  /** Where a region's rules in sequence are, from which packets go on. */
  private record Place(int top, int height) {
    int middle() {
      return top + height / 2;
    }
  }

  private String print() {
    List<Place> places = new ArrayList<>();
    List<List<Place>> classes = new ArrayList<>();
    for (Plan.Part region : chain.plan().regions()) {
      List<Place> rows = new ArrayList<>();
      places.add(region(region, rows));
      classes.add(rows);
    }
    List<String> ends = PlanEnds.of(chain);
    int endHeight = 2 * PAD + ends.size() * LINE;
    Place hook = new Place(beside(places, 0, HOOK_HEIGHT), HOOK_HEIGHT);
    Place end = new Place(beside(places, places.size() - 1, endHeight), endHeight);
    hook(hook);
    box(END_X, end.top, END_WIDTH, endHeight, "red");
    for (int i = 0; i < ends.size(); i++) {
      text(END_X + PAD, end.top + PAD + i * LINE + 11, "", ends.get(i), 30);
    }
    connect(places, classes, hook, end);
    int bottom = Math.max(hook.top + HOOK_HEIGHT, end.top + endHeight);
    return document(Math.max(bottom, y - 2 * GAP) + MARGIN);
  }

  /** Where a box begins that stands beside the rules of a region. */
  private static int beside(List<Place> regions, int number, int height) {
    return regions.isEmpty() ? TOP : Math.max(TOP, regions.get(number).middle() - height / 2);
  }

  private void hook(Place place) {
    box(HOOK_X, place.top, HOOK_WIDTH, place.height, "blue");
    int line = place.top + PAD + 11;
    text(HOOK_X + PAD, line, "name", "hook", 20);
    String hook = chain.filter().hook().name().toLowerCase(Locale.ROOT);
    text(HOOK_X + PAD, line + LINE, "small", hook, 26);
    text(HOOK_X + PAD, line + GAP + 2 * LINE, "name", "parse", 20);
    text(HOOK_X + PAD, line + GAP + 3 * LINE, "small", chain.filter().depth().label(), 26);
  }

  /** Draws the boxes of a region; the rows of its lookups are added to {@code rows}. */
  private Place region(Plan.Part region, List<Place> rows) {
    int top = y;
    for (Plan.Lookup lookup : region.lookups()) {
      rows.add(lookup(lookup));
    }
    int height = 2 * PAD + 3 * LINE;
    int end = Math.max(y - GAP, top + HOOK_HEIGHT);
    int middle = (top + end) / 2;
    Place place = new Place(middle - height / 2, height);
    box(RULES_X, place.top, RULES_WIDTH, height, "yellow");
    int line = place.top + PAD + 11;
    text(RULES_X + PAD, line, "name", "rules " + region.first() + "–" + region.last(), 20);
    text(RULES_X + PAD, line + LINE, "small", region.inSequence() + " in sequence", 24);
    text(
        RULES_X + PAD,
        line + 2 * LINE,
        "small",
        region.rules() - region.inSequence() + " looked up",
        24);
    y = end + 2 * GAP;
    return place;
  }

  private Place lookup(Plan.Lookup lookup) {
    List<String> details = wrapped(lookup.chosen().details());
    int lines = Math.max(lookup.packets().size(), 2 + details.size());
    int height = 2 * PAD + lines * LINE + BAR;
    Place place = new Place(y, height);
    box(PACKETS_X, y, PACKETS_WIDTH, height, "plain");
    int first = y + (height - lookup.packets().size() * LINE) / 2 + 12;
    for (int i = 0; i < lookup.packets().size(); i++) {
      text(PACKETS_X + PAD, first + i * LINE, "", lookup.packets().get(i), 20);
    }
    structure(lookup, details, height);
    way(PACKETS_X + PACKETS_WIDTH, place.middle(), LOOKUP_X, place.middle());
    y += height + GAP;
    return place;
  }

  private void structure(Plan.Lookup lookup, List<String> details, int height) {
    Plan.Option chosen = lookup.chosen();
    boxes.append("<g><title>").append(escaped(others(lookup))).append("</title>\n");
    box(LOOKUP_X, y, LOOKUP_WIDTH, height, "green");
    int line = y + PAD + 11;
    text(LOOKUP_X + PAD, line, "name", chosen.kind(), 30);
    String cost = PlanEnds.count(lookup.rules()) + " · " + chosen.cost().replace(", ", " · ");
    text(LOOKUP_X + PAD, line + LINE, "", cost, 44);
    for (int i = 0; i < details.size(); i++) {
      text(LOOKUP_X + PAD, line + (2 + i) * LINE, "small", details.get(i), DETAIL_CHARACTERS + 1);
    }
    int width = LOOKUP_WIDTH - 2 * PAD;
    int bar = (int) Math.max(2, Math.round(width * chosen.nanos() / slowest));
    int at = y + height - PAD;
    rectangle(LOOKUP_X + PAD, at, width, BAR - 2, 2, "rail", false);
    rectangle(LOOKUP_X + PAD, at, bar, BAR - 2, 2, "bar", false);
    boxes.append("</g>\n");
  }

  private static String others(Plan.Lookup lookup) {
    StringBuilder text = new StringBuilder("instead of ");
    String separator = "";
    for (Plan.Option other : lookup.others()) {
      text.append(separator).append(other.kind());
      text.append(" (").append(other.fits() ? other.cost() : other.details()).append(')');
      separator = ", ";
    }
    return lookup.others().isEmpty() ? lookup.chosen().kind() : text.toString();
  }

  private void connect(List<Place> places, List<List<Place>> classes, Place hook, Place end) {
    if (places.isEmpty()) {
      way(HOOK_X + HOOK_WIDTH, hook.middle(), END_X, end.middle());
    }
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      for (Place row : classes.get(i)) {
        if (i == 0) {
          way(HOOK_X + HOOK_WIDTH, hook.middle(), PACKETS_X, row.middle());
        }
        way(LOOKUP_X + LOOKUP_WIDTH, row.middle(), RULES_X, place.middle());
      }
      if (i == 0 && classes.getFirst().isEmpty()) {
        way(HOOK_X + HOOK_WIDTH, hook.middle(), RULES_X, place.middle());
      }
      if (i + 1 < places.size()) {
        down(place, places.get(i + 1));
      }
      way(RULES_X + RULES_WIDTH, place.middle(), END_X, end.middle());
    }
  }

  /** From the rules of a region to those of the next, whose lookups come before them. */
  private void down(Place from, Place to) {
    int x = RULES_X + RULES_WIDTH / 2;
    path("M" + x + " " + (from.top + from.height) + "V" + (to.top - 6));
  }

  private void way(int fromX, int fromY, int toX, int toY) {
    int half = (toX - fromX) / 2;
    String curve =
        "C"
            + (fromX + half)
            + " "
            + fromY
            + " "
            + (toX - half)
            + " "
            + toY
            + " "
            + (toX - 6)
            + " "
            + toY;
    path("M" + fromX + " " + fromY + curve);
  }

  private void path(String way) {
    ways.append("<path class=\"way\" marker-end=\"url(#arrow)\" d=\"").append(way).append("\"/>\n");
  }

  private void box(int x, int top, int width, int height, String colour) {
    rectangle(x, top, width, height, 8, colour, true);
  }

  private void rectangle(
      int x, int top, int width, int height, int radius, String colour, boolean lined) {
    boxes.append("<rect class=\"").append(lined ? "box " : "").append(colour);
    boxes.append("\" x=\"").append(x);
    boxes.append("\" y=\"").append(top).append("\" width=\"").append(width);
    boxes.append("\" height=\"").append(height).append("\" rx=\"").append(radius);
    boxes.append("\"/>\n");
  }

  /**
   * Text that is cut where it would not fit.
   *
   * @param most characters
   */
  private void text(int x, int baseline, String style, String text, int most) {
    boxes.append("<text ");
    if (!style.isEmpty()) {
      boxes.append("class=\"").append(style).append("\" ");
    }
    boxes.append("x=\"").append(x).append("\" y=\"").append(baseline).append("\">");
    boxes.append(escaped(text.length() <= most ? text : text.substring(0, most - 1) + "…"));
    boxes.append("</text>\n");
  }

  /** In lines, broken at blanks. */
  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > DETAIL_CHARACTERS) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private String document(int height) {
    StringBuilder out = new StringBuilder();
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").append(WIDTH);
    out.append(' ').append(height).append("\" width=\"").append(WIDTH).append("\" height=\"");
    out.append(height).append("\" role=\"img\">\n");
    String title = "Plan of chain " + chain.plan().chain();
    out.append("<title>").append(escaped(title)).append("</title>\n").append(STYLE);
    out.append("<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"4\" refY=\"4\"");
    out.append(" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">");
    out.append("<path d=\"M0 0L8 4L0 8z\" class=\"tip\"/></marker></defs>\n");
    out.append("<rect width=\"100%\" height=\"100%\" rx=\"10\" class=\"paper\"/>\n");
    out.append("<text class=\"head\" x=\"").append(MARGIN).append("\" y=\"40\">");
    out.append(escaped(title)).append("</text>\n");
    out.append("<text class=\"small\" x=\"").append(MARGIN).append("\" y=\"60\">");
    out.append(escaped(summary())).append("</text>\n");
    return out.append(ways).append(boxes).append("</svg>\n").toString();
  }

  private String summary() {
    int rules = chain.filter().rules().size();
    int dropped = chain.filter().ruleCount() - rules;
    return PlanEnds.count(chain.filter().ruleCount())
        + (dropped == 0 ? "" : ", of which " + dropped + " never match or do nothing")
        + "; times are estimates of a lookup";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
