package dev.jbpfilter.cgen.lookup;

import java.util.Arrays;

/**
 * Where the words of bit vectors lie, if there is more than one: each 64 are a group with a bit for
 * each in one aggregate, and lie where {@link DeBruijn} numbers these bits.
 *
 * @param words how many each vector has
 */
record BitVectorLayout(int words) {
  /** How many aggregates each vector has: none for one word. */
  int groups() {
    return words == 1 ? 0 : (words + Long.SIZE - 1) / Long.SIZE;
  }

  /** What numbers the words of a group. */
  DeBruijn order() {
    return new DeBruijn(Long.SIZE - Long.numberOfLeadingZeros(Math.min(words, Long.SIZE) - 1L));
  }

  /** How many places a vector has for words. */
  int slots() {
    if (words == 1) {
      return 1;
    }
    return words > Long.SIZE ? groups() * Long.SIZE : Integer.highestOneBit(words - 1) * 2;
  }

  /** The number of words of a group. */
  int wordsOf(int group) {
    return Math.min(words - group * Long.SIZE, Long.SIZE);
  }

  /** Bytes of each vector. */
  int rowBytes() {
    return slots() * Long.BYTES;
  }

  /** Bytes of each vector's aggregates. */
  int aggregateBytes() {
    return groups() * Long.BYTES;
  }

  /** Bytes of the outcomes. */
  int outcomeBytes() {
    return slots() * Long.SIZE * Integer.BYTES;
  }

  /** Where each word lies. */
  private int[] places() {
    int[] places = new int[words];
    if (words > 1) {
      DeBruijn order = order();
      Arrays.setAll(places, word -> (word & -Long.SIZE) + order.number(word % Long.SIZE));
    }
    return places;
  }

  /** Adds the vectors of classes, one after another; gives their offset. */
  int writeVectors(Tables tables, BoxSets classes) {
    int start = tables.reserve(Math.multiplyExact(classes.count(), rowBytes()));
    int[] places = places();
    for (int number = 0; number < classes.count(); number++) {
      for (int word = 0; word < words; word++) {
        tables.putLong(
            start + number * rowBytes() + places[word] * Long.BYTES, classes.word(number, word));
      }
    }
    return start;
  }

  /** Adds the aggregates of classes; gives their offset. */
  int writeAggregates(Tables tables, BoxSets classes) {
    int start = tables.reserve(classes.count() * aggregateBytes());
    for (int number = 0; number < classes.count(); number++) {
      for (int group = 0; group < groups(); group++) {
        long aggregate = 0;
        for (int word = 0; word < wordsOf(group); word++) {
          if (classes.word(number, group * Long.SIZE + word) != 0) {
            aggregate |= 1L << word;
          }
        }
        tables.putLong(start + number * aggregateBytes() + group * Long.BYTES, aggregate);
      }
    }
    return start;
  }

  /** Adds the outcome of each bit; gives their offset. */
  int writeOutcomes(Tables tables, Boxes boxes) {
    int start = tables.reserve(outcomeBytes());
    int[] places = places();
    for (int box = 0; box < boxes.size(); box++) {
      int place = places[box / Long.SIZE] * Long.SIZE + DeBruijn.WORD.number(box % Long.SIZE);
      tables.putInt(start + place * Integer.BYTES, boxes.outcome(box));
    }
    return start;
  }
}
