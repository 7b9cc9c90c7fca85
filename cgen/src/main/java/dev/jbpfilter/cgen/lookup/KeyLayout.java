package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Virt;
import java.util.ArrayList;
import java.util.List;

/**
 * How values of several dimensions, or prefixes of them, are put together to words of 64 bits: the
 * wide ones first, narrow ones together.
 */
final class KeyLayout {
  /**
   * A dimension's place.
   *
   * @param dropped how many of the lower bits are no part of the key
   * @param bits how many bits are
   * @param shift how many bits of the word are below it
   */
  private record Part(int dimension, int dropped, int bits, int word, int shift) {}

  private final List<Part> parts = new ArrayList<>();
  private final List<Integer> used = new ArrayList<>();

  private KeyLayout() {}

  /**
   * Of the first bits of each dimension.
   *
   * @param bits of the dimensions
   * @param prefixes how many leading bits of each belong to the key: none of some, all of others
   */
  static KeyLayout of(int[] bits, int[] prefixes) {
    KeyLayout layout = new KeyLayout();
    for (int size = Long.SIZE; size > 0; size--) {
      for (int dimension = 0; dimension < bits.length; dimension++) {
        if (prefixes[dimension] == size) {
          layout.add(dimension, bits[dimension] - size, size);
        }
      }
    }
    return layout;
  }

  private void add(int dimension, int dropped, int bits) {
    int word = 0;
    while (word < used.size() && used.get(word) + bits > Long.SIZE) {
      word++;
    }
    if (word == used.size()) {
      used.add(0);
    }
    int shift = used.get(word);
    parts.add(new Part(dimension, dropped, bits, word, shift));
    used.set(word, shift + bits);
  }

  /** The number of words. */
  int words() {
    return used.size();
  }

  /** How many bits of a word belong to the key; the others are zero. */
  int bits(int word) {
    return used.get(word);
  }

  /** How many bits the key has. */
  int bits() {
    int bits = 0;
    for (int word : used) {
      bits += word;
    }
    return bits;
  }

  /** Adds a dimension's value to the words from an index on, which are zero there. */
  void put(long[] words, int from, int dimension, long value) {
    for (Part part : parts) {
      if (part.dimension == dimension) {
        words[from + part.word] |= (value >>> part.dropped) << part.shift;
      }
    }
  }

  /** The words of the lowest values that a box holds. */
  void put(long[] words, int from, Boxes boxes, int box) {
    for (Part part : parts) {
      Column column = boxes.column(part.dimension);
      long value = column.low(column.firstSpan(box));
      words[from + part.word] |= (value >>> part.dropped) << part.shift;
    }
  }

  /** Emits the words, in registers that must not be written. */
  List<Virt> emit(LookupCode out) {
    List<Virt> words = new ArrayList<>();
    for (int word = 0; word < words(); word++) {
      words.add(emit(out, word));
    }
    return words;
  }

  private Virt emit(LookupCode out, int number) {
    CodeBuilder code = out.code();
    Virt word = null;
    boolean fresh = false;
    for (Part part : parts) {
      if (part.word != number) {
        continue;
      }
      Virt value = out.value(part.dimension);
      if (part.dropped > 0) {
        value = code.shiftRight(value, part.dropped);
      }
      if (part.shift > 0) {
        value = code.shiftLeft(value, part.shift);
      }
      if (word == null) {
        word = value;
        fresh = part.dropped > 0;
      } else {
        word = fresh ? word : code.copy(word);
        code.alu(AluOp.OR, word, value);
        fresh = true;
      }
    }
    if (word == null) {
      throw new IllegalStateException("word " + number + " of " + words());
    }
    return word;
  }
}
