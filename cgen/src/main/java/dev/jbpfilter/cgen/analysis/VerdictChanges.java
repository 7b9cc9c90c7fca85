package dev.jbpfilter.cgen.analysis;

import dev.jbpfilter.ruleset.packet.capture.CapturedPacket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The packets of a capture with which two chains do something else: another verdict, another target
 * of a redirection, or another mark.
 */
public final class VerdictChanges {
  private final Map<Pair, Tallied> groups = new LinkedHashMap<>();
  private long unknown;

  /** No packets yet. */
  public VerdictChanges() {}

  private record Pair(Judgement before, Judgement after) {}

  private static final class Tallied {
    final CapturedPacket example;
    long packets;
    long bytes;

    Tallied(CapturedPacket example) {
      this.example = example;
    }
  }

  /**
   * Packets with which something else is done, for the same two reasons.
   *
   * @param example the first of them
   */
  public record Group(Judgement before, Judgement after, Count count, CapturedPacket example) {}

  /** Takes a packet in that was judged by both. */
  public void add(CapturedPacket packet, Judgement before, Judgement after) {
    if (before.by() == Judgement.By.CUT || after.by() == Judgement.By.CUT) {
      unknown++;
    } else if (before.differs(after)) {
      Tallied group = groups.computeIfAbsent(new Pair(before, after), pair -> new Tallied(packet));
      group.packets++;
      group.bytes += packet.originalLength();
    }
  }

  /** The groups, the largest first. Bytes are those that the packets had on the wire. */
  public List<Group> groups() {
    List<Group> all = new ArrayList<>();
    groups.forEach((pair, group) -> {
      Count count = new Count(group.packets, group.bytes);
      all.add(new Group(pair.before(), pair.after(), count, group.example));
    });
    all.sort(Comparator.comparingLong((Group group) -> group.count().packets()).reversed());
    return all;
  }

  /** How many packets there are of which too little was captured for one of the chains. */
  public long unknown() {
    return unknown;
  }
}
