package dev.jbpfilter.cli;

import dev.jbpfilter.loader.Counter;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.Rule;
import java.util.ArrayList;
import java.util.List;

/** Chains and what they counted, as tables. */
final class TopText {
  private static final int[] WIDTHS = {8, 11, 11, 8, 12, 12};
  private static final String[] HEADS = {
    "RULE", "PACKETS/S", "BYTES/S", "SHARE", "PACKETS", "BYTES"
  };
  private static final String NONE = "-";

  /** Lines of a chain besides its rules: an empty one, two heads, policy and errors. */
  private static final int FIXED_LINES = 5;

  private final InterfaceResolver interfaces;

  /**
   * @param interfaces knows the names of interfaces
   */
  TopText(InterfaceResolver interfaces) {
    this.interfaces = interfaces;
  }

  /**
   * Tables of chains, with their rules as far as there is room.
   *
   * @param seconds the time between the looks; 0 if there was only one
   * @param height how many lines may be filled; all chains get their fixed lines all the same
   */
  List<String> lines(List<TopChain> chains, double seconds, TopSort sort, int height) {
    int[] room = room(chains, height);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < chains.size(); i++) {
      TopChain chain = chains.get(i);
      lines.add("");
      lines.add(head(chain, seconds));
      lines.add(line(HEADS, ""));
      List<TopRow> rows = new ArrayList<>(chain.rules());
      rows.sort(sort.order());
      int shown = rows.size() <= room[i] ? rows.size() : Math.max(0, room[i] - 1);
      for (TopRow row : rows.subList(0, shown)) {
        lines.add(rule(chain, row, seconds));
      }
      if (shown < rows.size()) {
        lines.add("       … " + (rows.size() - shown) + " more rules");
      }
      lines.add(row(chain, chain.policy(), "policy", seconds, chain.chain().policy().name()));
      lines.add(row(chain, chain.errors(), "error", seconds, "could not be parsed"));
    }
    return lines;
  }

  /** How many lines the rules of each chain get: what one does not need, others may have. */
  private static int[] room(List<TopChain> chains, int height) {
    int[] room = new int[chains.size()];
    int free = Math.max(0, height - FIXED_LINES * chains.size());
    boolean more = true;
    while (free > 0 && more) {
      more = false;
      for (int i = 0; i < room.length && free > 0; i++) {
        if (room[i] < chains.get(i).rules().size()) {
          room[i]++;
          free--;
          more = true;
        }
      }
    }
    return room;
  }

  private String head(TopChain top, double seconds) {
    Chain chain = top.chain();
    StringBuilder text = new StringBuilder(ChainText.head(chain, interfaces));
    text.append(top.observed().attached() ? "" : ", not attached");
    int silent = chain.rules().size() - top.rules().size();
    if (silent > 0) {
      text.append(", ").append(silent).append(silent == 1 ? " rule" : " rules");
      text.append(" without counter");
    }
    if (top.runs() != 0) {
      text.append(", ");
      if (seconds > 0) {
        text.append(ScaledNumber.rate(top.runs() / seconds)).append(" runs/s of ");
      }
      text.append(Long.divideUnsigned(top.runNanos(), top.runs())).append(" ns");
    }
    top.observed()
        .lostRecords()
        .ifPresent(lost -> {
          if (lost != 0) {
            text.append(", ").append(Long.toUnsignedString(lost)).append(" log entries lost");
          }
        });
    return text.toString();
  }

  private String rule(TopChain top, TopRow row, double seconds) {
    Chain chain = top.chain();
    Rule rule = chain.rules().get(row.index());
    String text = new RuleLine(chain, interfaces).text(rule);
    String disabled = chain.disabledReason(rule).isPresent() ? "(disabled) " : "";
    return row(top, row, Integer.toString(row.index()), seconds, disabled + text);
  }

  private static String row(
      TopChain top, TopRow row, String name, double seconds, String description) {
    boolean sized = top.chain().hook().flavor().seesPackets();
    Counter growth = row.growth();
    Counter total = row.total();
    double share = top.share(row);
    String[] cells = {
      name,
      seconds > 0 ? ScaledNumber.rate(growth.packets() / seconds) : NONE,
      sized && seconds > 0 ? ScaledNumber.rate(growth.bytes() / seconds) : NONE,
      Double.isNaN(share) ? NONE : tenths(1000 * share) + "%",
      ScaledNumber.total(total.packets()),
      sized ? ScaledNumber.total(total.bytes()) : NONE
    };
    return line(cells, description);
  }

  private static String tenths(double tenths) {
    long rounded = Math.round(tenths);
    return rounded / 10 + "." + rounded % 10;
  }

  private static String line(String[] cells, String last) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      line.repeat(' ', Math.max(i == 0 ? 0 : 1, WIDTHS[i] - cells[i].length())).append(cells[i]);
    }
    return last.isEmpty() ? line.toString() : line.append("  ").append(last).toString();
  }
}
