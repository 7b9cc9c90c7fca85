package dev.jbpfilter.cgen.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.lookup.RandomBoxes.Form;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A trie's size is known before it is built. */
class TrieSizesProperties {

  @Property(tries = 200)
  void countsBlocksWithBounds(
      @ForAll long seed, @ForAll Form form, @ForAll @IntRange(min = 1, max = 64) int bits) {
    SplittableRandom random = new SplittableRandom(seed);
    Boxes boxes = new RandomBoxes(random, bits).boxes(1 + random.nextInt(50), false, form, 0);
    Intervals intervals = Intervals.of(boxes, 0);
    TrieSizes sizes = new TrieSizes(intervals);
    for (int low = 1; low < bits; low++) {
      Set<Long> blocks = new HashSet<>();
      for (int i = 0; i < intervals.size(); i++) {
        if (((intervals.start(i) >>> low) << low) != intervals.start(i)) {
          blocks.add(intervals.start(i) >>> low);
        }
      }
      int within = 0;
      for (int i = 0; i < intervals.size(); i++) {
        within += blocks.contains(intervals.start(i) >>> low) ? 1 : 0;
      }
      assertThat(sizes.nodes(low)).as("nodes of %d bits", low).isEqualTo(blocks.size());
      assertThat(sizes.intervals(low)).as("intervals in those").isEqualTo(within);
    }
  }

  @Test
  void refusesWhatNeedsMoreThanThereIs() {
    BoxesBuilder boxes = new BoxesBuilder(new int[] {32}, -1);
    for (int box = 0; box < 1000; box++) {
      long value = box * 4_000_037L;
      boxes.span(0, value, value).box(box);
    }
    Intervals intervals = boxes.build().intervals();
    assertThat(Trie.propose(intervals, 16 << 10)).isInstanceOf(Proposal.Refused.class);
    assertThat(Trie.propose(intervals, 64 << 20))
        .isInstanceOfSatisfying(
            Proposal.Fits.class,
            fits -> assertThat(fits.structure().bytes()).isLessThanOrEqualTo(64 << 20));
  }

  @Test
  void refusesResultsOfAllBits() {
    Boxes boxes =
        new BoxesBuilder(new int[] {32}, -1).span(0, 7, 7).box(3).span(0, 9, 9).box(-2).build();
    assertThat(Trie.propose(boxes.intervals(), 64 << 20))
        .isEqualTo(new Proposal.Refused(StructureKind.TRIE, "results of 32 bits"));
  }
}
