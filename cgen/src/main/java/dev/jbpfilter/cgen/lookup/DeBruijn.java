package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Virt;

/**
 * Numbers the bits of a word, for which BPF has no instruction: a de Bruijn sequence holds each
 * number of some bits once, so that a word with one bit set, multiplied by it, has another number
 * on top for each place of this bit. The numbers are not in order. What they are needed for lies
 * where they say, which saves the table that would bring them in order.
 */
final class DeBruijn {
  /** For words of 64 bits. */
  static final DeBruijn WORD = new DeBruijn(6);

  private final int order;
  private final long sequence;

  /**
   * @param order how many bits numbers have, 1 to 6; words have 2<sup>order</sup>
   */
  DeBruijn(int order) {
    this.order = order;
    sequence = sequence(order);
  }

  /** From the highest bit on, of which the first are 0: each is 1 unless that repeats a number. */
  private static long sequence(int order) {
    long seen = 1;
    long sequence = 0;
    int last = 0;
    for (int bit = order; bit < 1 << order; bit++) {
      int one = (2 * last + 1) & ((1 << order) - 1);
      last = (seen >>> one & 1) == 0 ? one : one - 1;
      seen |= 1L << last;
      sequence |= (long) (last & 1) << (Long.SIZE - 1 - bit);
    }
    return sequence;
  }

  /** The number of a bit. */
  int number(int bit) {
    return (int) ((sequence << bit) >>> (Long.SIZE - order));
  }

  /**
   * Emits the number of the lowest bit that is set in a word; the verifier knows how large it can
   * be.
   */
  Virt lowest(CodeBuilder code, Virt word) {
    Virt lowest = code.negate(word);
    code.alu(AluOp.AND, lowest, word);
    code.alu(AluOp.MUL, lowest, code.constant(sequence));
    code.alu(AluOp.RSH, lowest, Long.SIZE - order);
    return lowest;
  }
}
