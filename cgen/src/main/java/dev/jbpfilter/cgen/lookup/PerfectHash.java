package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function from keys to slots, no two keys to the same one, and cheap to compute: hash and
 * displace.
 *
 * <p>A key's words are mixed to 64 bits. The upper ones name a bucket of few keys; the 32 bits
 * below those are multiplied with the bucket's <i>displacement</i>, and the upper bits of the lower
 * half of the product name the slot. Displacements are found by trying, for the fullest buckets
 * first, as these are hardest to place. Few keys do without: the upper bits name the slot.
 *
 * <p>Everything is kept in arrays and sorted by counting: a million keys are placed in a fifth of a
 * second. The constants are tried in an order that is always the same.
 */
final class PerfectHash {
  /** With so many slots at most, constants are sought that need no displacements. */
  private static final int MOST_DIRECT_SLOTS = 512;

  private static final int DIRECT_ATTEMPTS = 500;

  /** Attempts with some number of slots, before that is doubled. */
  private static final int ATTEMPTS = 8;

  private static final int MOST_SLOT_BITS = 28;
  private static final int MOST_DISPLACEMENT = 0xffff;

  /** A bucket with more keys won't be placed. */
  private static final int MOST_IN_BUCKET = 32;

  private static final int KEYS_PER_BUCKET = 5;

  /**
   * 2⁶⁴ divided by the golden ratio: multiples of it are spread most evenly, and so are keys that
   * follow each other, as those of hosts in a network do.
   */
  private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

  private static final double DENSE = 0.85;

  private final int addend;
  private final long[] multipliers;
  private final int bucketBits;
  private final int slotBits;
  private final short[] displacements;

  private PerfectHash(int attempt, int words, int bucketBits, int slotBits, short[] displacements) {
    long state = 0x6a09_e667_f3bc_c909L + attempt * GOLDEN;
    this.addend = (int) mix(state);
    this.multipliers = new long[words];
    for (int word = 0; word < words; word++) {
      state += 0xbb67_ae85_84ca_a73bL;
      multipliers[word] = mix(state) | 1;
    }
    if (attempt == 0) {
      multipliers[0] = GOLDEN;
    }
    this.bucketBits = bucketBits;
    this.slotBits = slotBits;
    this.displacements = displacements;
  }

  /** Spreads the bits of a counter: the finalizer of MurmurHash3, with Stafford's constants. */
  private static long mix(long state) {
    long bits = (state ^ (state >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    bits = (bits ^ (bits >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return bits ^ (bits >>> 31);
  }

  /** How many slots so many keys take, in most cases; fewer keys take no more. */
  static long slots(int keys) {
    return isDirect(keys)
        ? 1L << directBits(keys)
        : Math.max(MOST_DIRECT_SLOTS, 1L << slotBits(keys));
  }

  /** How many buckets so many keys fall into; none if there are no displacements. */
  static long buckets(int keys) {
    return isDirect(keys) ? 0 : 1L << bucketBits(keys);
  }

  private static boolean isDirect(int keys) {
    return directBits(keys) <= Integer.numberOfTrailingZeros(MOST_DIRECT_SLOTS);
  }

  /** With n²/6 slots, one of 20 attempts succeeds. */
  private static int directBits(int keys) {
    return bitsFor(Math.max(keys, (long) keys * keys / 6));
  }

  /** Slots for all keys and a few more, of which the last keys need some to choose from. */
  private static int slotBits(int keys) {
    return bitsFor(keys + keys / 32L);
  }

  /** Where few slots stay free, buckets of fewer keys are placed in much less time. */
  private static int bucketBits(int keys) {
    boolean dense = keys > (1L << slotBits(keys)) * DENSE;
    return bitsFor(keys / KEYS_PER_BUCKET) + (dense ? 1 : 0);
  }

  /** The bits of numbers below a count; 1 at least, as nothing can be shifted by 64. */
  private static int bitsFor(long count) {
    return count <= 2 ? 1 : Long.SIZE - Long.numberOfLeadingZeros(count - 1);
  }

  /**
   * A function for some keys.
   *
   * @param keys the words of the first key, of the second …; no key twice
   * @param words of each key
   */
  static PerfectHash of(long[] keys, int words) {
    int count = keys.length / words;
    int attempt = 0;
    if (isDirect(count)) {
      for (; attempt < DIRECT_ATTEMPTS; attempt++) {
        PerfectHash hash = new PerfectHash(attempt, words, 0, directBits(count), new short[0]);
        if (hash.separates(keys)) {
          return hash;
        }
      }
    }
    int buckets = bucketBits(count);
    for (int slots = slotBits(count); slots <= MOST_SLOT_BITS; slots++) {
      for (int end = attempt + ATTEMPTS; attempt < end; attempt++) {
        PerfectHash hash = new PerfectHash(attempt, words, buckets, slots, new short[1 << buckets]);
        if (hash.place(keys)) {
          return hash;
        }
      }
    }
    throw new IllegalStateException("no perfect hash of " + count + " keys");
  }

  private boolean separates(long[] keys) {
    long[] taken = new long[(1 << slotBits) / Long.SIZE + 1];
    for (int key = 0; key < keys.length; key += multipliers.length) {
      if (!take(taken, slot(keys, key))) {
        return false;
      }
    }
    return true;
  }

  /** Finds displacements; false if a bucket has none. */
  private boolean place(long[] keys) {
    int[] ends = new int[1 << bucketBits];
    int[] offsets = offsetsByBucket(keys, ends);
    int[] order = fullestFirst(ends);
    if (order == null) {
      return false;
    }
    long[] taken = new long[(1 << slotBits) / Long.SIZE + 1];
    for (int bucket : order) {
      int from = start(ends, bucket);
      if (from == ends[bucket]) {
        break;
      }
      int displacement = 1;
      while (!take(taken, offsets, from, ends[bucket], displacement)) {
        if (++displacement > MOST_DISPLACEMENT) {
          return false;
        }
      }
      displacements[bucket] = (short) displacement;
    }
    return true;
  }

  private static int start(int[] ends, int bucket) {
    return bucket == 0 ? 0 : ends[bucket - 1];
  }

  /** The part of the keys' hashes that displacements are multiplied with, sorted by bucket. */
  private int[] offsetsByBucket(long[] keys, int[] ends) {
    int words = multipliers.length;
    int count = keys.length / words;
    long[] hashes = new long[count];
    int[] next = new int[ends.length + 1];
    for (int key = 0; key < count; key++) {
      long hash = hash(keys, key * words);
      hashes[key] = hash;
      next[bucket(hash) + 1]++;
    }
    for (int bucket = 0; bucket < ends.length; bucket++) {
      next[bucket + 1] += next[bucket];
      ends[bucket] = next[bucket + 1];
    }
    int[] offsets = new int[count];
    for (long hash : hashes) {
      offsets[next[bucket(hash)]++] = offset(hash);
    }
    return offsets;
  }

  /** The buckets by falling number of keys; null if one has too many. */
  private static int @Nullable [] fullestFirst(int[] ends) {
    int[] next = new int[MOST_IN_BUCKET + 2];
    for (int bucket = 0; bucket < ends.length; bucket++) {
      int size = ends[bucket] - start(ends, bucket);
      if (size > MOST_IN_BUCKET) {
        return null;
      }
      next[MOST_IN_BUCKET - size + 1]++;
    }
    for (int i = 1; i < next.length; i++) {
      next[i] += next[i - 1];
    }
    int[] order = new int[ends.length];
    for (int bucket = 0; bucket < ends.length; bucket++) {
      order[next[MOST_IN_BUCKET - (ends[bucket] - start(ends, bucket))]++] = bucket;
    }
    return order;
  }

  /** Takes a slot for each key of a bucket, or none if not all are free. */
  private boolean take(long[] taken, int[] offsets, int from, int end, int displacement) {
    for (int key = from; key < end; key++) {
      if (!take(taken, slot(offsets[key], displacement))) {
        for (int back = from; back < key; back++) {
          int slot = slot(offsets[back], displacement);
          taken[slot >>> 6] &= ~(1L << slot);
        }
        return false;
      }
    }
    return true;
  }

  private static boolean take(long[] taken, int slot) {
    long bit = 1L << slot;
    boolean free = (taken[slot >>> 6] & bit) == 0;
    taken[slot >>> 6] |= bit;
    return free;
  }

  private int slot(int offset, int displacement) {
    return (offset * displacement) >>> (Integer.SIZE - slotBits);
  }

  private int bucket(long hash) {
    return (int) (hash >>> (Long.SIZE - bucketBits));
  }

  private int offset(long hash) {
    return (int) (hash >>> (Integer.SIZE - bucketBits));
  }

  private long hash(long[] keys, int from) {
    long hash = addend;
    for (int word = 0; word < multipliers.length; word++) {
      // Between multiplications upper bits have to reach the lower ones, else two words' upper bits
      // could cancel each other whatever the constants are.
      hash = word == 0 ? hash : hash ^ (hash >>> Integer.SIZE);
      hash = (hash + keys[from + word]) * multipliers[word];
    }
    return hash;
  }

  /** The slot of a key whose words begin at an index. */
  int slot(long[] keys, int from) {
    long hash = hash(keys, from);
    return hasDisplacements()
        ? slot(offset(hash), displacements[bucket(hash)] & 0xffff)
        : (int) (hash >>> (Long.SIZE - slotBits));
  }

  /** The number of bits of a slot's number. */
  int slotBits() {
    return slotBits;
  }

  /** Writes the displacements, if there are any, and gives their offset. */
  int store(Tables tables) {
    int table = tables.reserve(displacements.length * Short.BYTES);
    for (int bucket = 0; bucket < displacements.length; bucket++) {
      tables.putShort(table + bucket * Short.BYTES, displacements[bucket]);
    }
    return table;
  }

  /** Emits the slot of a key, in a register of which the verifier knows the bound. */
  Virt emit(LookupCode out, List<Virt> words, int table) {
    CodeBuilder code = out.code();
    Virt hash = code.add(words.getFirst(), addend);
    for (int word = 0; word < words.size(); word++) {
      if (word > 0) {
        code.alu(AluOp.XOR, hash, code.shiftRight(hash, Integer.SIZE));
        code.alu(AluOp.ADD, hash, words.get(word));
      }
      code.alu(AluOp.MUL, hash, code.constant(multipliers[word]));
    }
    if (!hasDisplacements()) {
      code.alu(AluOp.RSH, hash, Long.SIZE - slotBits);
      return hash;
    }
    Virt slot = code.shiftRight(hash, Integer.SIZE - bucketBits);
    code.alu(AluOp.RSH, hash, Long.SIZE - bucketBits);
    Virt displacement = out.load(Size.H, table, hash);
    code.alu(AluOp.MUL, Width.W32, slot, Operand.reg(displacement));
    code.alu(AluOp.RSH, Width.W32, slot, Operand.imm(Integer.SIZE - slotBits));
    return slot;
  }

  private boolean hasDisplacements() {
    return bucketBits > 0;
  }
}
