package dev.jbpfilter.cgen.lookup;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/**
 * Keys of a {@link StaticHash} and what is found for each: in arrays, fit for millions.
 *
 * <pre>{@code
 * HashKeys keys = HashKeys.exact(new int[] {32, 16}, 1);
 * keys.put(0, 0xc000_0201);
 * keys.put(1, 443);
 * keys.end(7);
 * }</pre>
 */
public final class HashKeys {
  private final KeyLayout layout;
  private long[] words;
  private int[] outcomes = new int[0];
  private int first;
  private int size;

  /**
   * @param size the number of keys, at most
   */
  HashKeys(KeyLayout layout, int size) {
    this.layout = layout;
    this.words = new long[Math.multiplyExact(size, layout.words())];
  }

  /**
   * No keys yet, each of all bits of some dimensions.
   *
   * @param bits of each dimension, 1 to 64
   * @param size the number of keys, at most
   */
  public static HashKeys exact(int[] bits, int size) {
    return new HashKeys(KeyLayout.of(bits, bits), size);
  }

  /** Of boxes that hold one prefix of the layout's length each; of the same ones, the first. */
  static HashKeys of(Boxes boxes, int[] some, KeyLayout layout) {
    HashKeys keys = new HashKeys(layout, some.length);
    for (int box : some) {
      layout.put(keys.words, keys.size * layout.words(), boxes, box);
      keys.end(boxes.outcome(box));
    }
    keys.unite((first, other) -> first);
    return keys;
  }

  /** Sets a dimension's value in the key that comes next. */
  public void put(int dimension, long value) {
    layout.put(words, size * layout.words(), dimension, value);
  }

  /** Ends a key. */
  public void end(int outcome) {
    if (size == 0) {
      first = outcome;
    } else if (outcomes.length > 0 || outcome != first) {
      outcomes = outcomes.length > 0 ? outcomes : alike();
      outcomes[size] = outcome;
    }
    size++;
  }

  private int[] alike() {
    int[] result = new int[words.length / layout.words()];
    Arrays.fill(result, 0, size, first);
    return result;
  }

  /** The number of keys. */
  public int size() {
    return size;
  }

  KeyLayout layout() {
    return layout;
  }

  /** All words; those that there is no key for are cut off. */
  long[] words() {
    int length = size * layout.words();
    if (words.length > length) {
      words = Arrays.copyOf(words, length);
    }
    return words;
  }

  /** Whether the same is found for all keys. */
  boolean isUniform() {
    return outcomes.length == 0;
  }

  /** What is found for a key. */
  int outcome(int key) {
    return isUniform() ? first : outcomes[key];
  }

  /**
   * Makes keys that are the same one.
   *
   * @param both what is then found, from what was for the first one and for the other; the same, if
   *     those were
   */
  public void unite(IntBinaryOperator both) {
    KeyIndex index = new KeyIndex(layout.words(), size);
    int kept = 0;
    int length = layout.words();
    for (int key = 0; key < size; key++) {
      int same = index.find(words, key * length, words, kept);
      boolean isNew = same == kept;
      kept += isNew ? 1 : 0;
      if (!isUniform()) {
        int other = outcomes[key];
        outcomes[same] = isNew ? other : both.applyAsInt(outcomes[same], other);
      }
    }
    size = kept;
  }
}
