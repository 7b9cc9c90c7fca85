package dev.jbpfilter.bytecode.internal.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.RandomCode;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A lane agrees with an array that says for each position who is there. */
class LaneTest {

  @Test
  void agreesWithAnArray() {
    int occupied = 0;
    for (int seed = 0; seed < 60; seed++) {
      Intervals intervals =
          Analysis.of(Draft.of(RandomCode.function(seed, seed % 12, 120))).intervals();
      Lane lane = new Lane(intervals);
      int[] owners = new int[intervals.positions()];
      Arrays.fill(owners, -1);
      SplittableRandom random = new SplittableRandom(seed);
      for (int step = 0; step < 300; step++) {
        int variable = random.nextInt(intervals.variables());
        Set<Integer> expected = owners(intervals, variable, owners);
        assertThat(lane.isFree(variable)).isEqualTo(expected.isEmpty());
        if (expected.isEmpty()) {
          lane.occupy(variable);
          fill(intervals, variable, owners, variable);
          occupied++;
        } else if (expected.contains(variable)) {
          lane.release(variable);
          fill(intervals, variable, owners, -1);
        } else {
          IntList conflicts = new IntList();
          lane.conflicts(variable, Integer.MAX_VALUE, conflicts);
          Set<Integer> found = new TreeSet<>();
          for (int owner : conflicts.toArray()) {
            found.add(owner);
          }
          assertThat(found).isEqualTo(expected);
        }
      }
    }
    assertThat(occupied).isGreaterThan(1000);
  }

  private static Set<Integer> owners(Intervals intervals, int variable, int[] owners) {
    Set<Integer> result = new TreeSet<>();
    for (int at = intervals.first(variable); at >= 0; at = intervals.next(at)) {
      for (int i = intervals.start(at); i < intervals.end(at); i++) {
        if (owners[i] >= 0) {
          result.add(owners[i]);
        }
      }
    }
    return result;
  }

  private static void fill(Intervals intervals, int variable, int[] owners, int owner) {
    for (int at = intervals.first(variable); at >= 0; at = intervals.next(at)) {
      Arrays.fill(owners, intervals.start(at), intervals.end(at), owner);
    }
  }
}
