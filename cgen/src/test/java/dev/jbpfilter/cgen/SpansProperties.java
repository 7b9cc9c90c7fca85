package dev.jbpfilter.cgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The algebra of spans is that of sets. */
class SpansProperties {
  private static final int BITS = 6;

  /** Numbers that are added to those of 6 bits, so that signs and both ends are met. */
  private static final long[] BASES = {0, Long.MAX_VALUE - 31, -1L << BITS};

  @Property
  void algebraIsThatOfSets(
      @ForAll long seed, @ForAll @IntRange(max = 2) int base, @ForAll @IntRange(max = 63) int at) {
    SplittableRandom random = new SplittableRandom(seed);
    BitSet one = set(random);
    BitSet other = set(random);
    long offset = BASES[base];
    long[] first = spans(one, offset);
    long[] second = spans(other, offset);

    BitSet both = (BitSet) one.clone();
    both.and(other);
    BitSet rest = (BitSet) one.clone();
    rest.andNot(other);
    assertThat(Spans.intersection(first, second)).isEqualTo(spans(both, offset));
    assertThat(Spans.difference(first, second)).isEqualTo(spans(rest, offset));
    assertThat(Spans.intersect(first, second)).isEqualTo(one.intersects(other));
    assertThat(Spans.contains(second, first)).isEqualTo(rest.isEmpty());
    assertThat(Spans.contains(second, spans(both, offset))).isTrue();
    assertThat(Spans.contains(first, offset + at)).isEqualTo(one.get(at));
  }

  private static BitSet set(SplittableRandom random) {
    // Runs of bits: single random ones would hardly ever make spans.
    return BitSet.valueOf(
        new long[] {random.nextLong() & (random.nextLong() << 1 | random.nextLong())});
  }

  private static long[] spans(BitSet set, long offset) {
    List<Long> bounds = new ArrayList<>();
    for (int low = set.nextSetBit(0); low >= 0; low = set.nextSetBit(set.nextClearBit(low))) {
      bounds.add(offset + low);
      bounds.add(offset + set.nextClearBit(low) - 1);
    }
    return bounds.stream().mapToLong(Long::longValue).toArray();
  }
}
