package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import java.util.function.IntUnaryOperator;

/**
 * Finds the first bit that is set in the vectors of all dimensions.
 *
 * <p>The verifier follows the loop over a group's words as often as it can go round. A hit is
 * behind a branch, and what is known there is the same in all rounds, so that the verifier follows
 * it, and all that comes then, only once.
 */
final class BitVectorCode {
  private final LookupCode out;
  private final CodeBuilder code;
  private final BitVectorLayout layout;
  private final BitVectorTables tables;
  private final Virt[] classes;
  private final Virt result;
  private final Label done;

  BitVectorCode(
      LookupCode out,
      BitVectorLayout layout,
      BitVectorTables tables,
      Virt[] classes,
      Virt result,
      Label done) {
    this.out = out;
    this.code = out.code();
    this.layout = layout;
    this.tables = tables;
    this.classes = classes;
    this.result = result;
    this.done = done;
  }

  /** About how many instructions the verifier follows for each word of a vector. */
  static int instructions(int dimensions) {
    return 4 * dimensions + 20;
  }

  /** Goes on behind if no bit is set. */
  void emit() {
    if (layout.words() == 1) {
      tryWord();
    }
    for (int group = 0; group < layout.groups(); group++) {
      tryGroup(group);
    }
  }

  private void tryWord() {
    Label none = code.label("no_bit");
    Virt bits = both(rows(tables::vectors, layout.rowBytes(), 0), 0);
    code.branch(Condition.EQ, Width.W64, bits, 0, none);
    found(DeBruijn.WORD.lowest(code, bits), 0);
    code.bind(none);
  }

  private void tryGroup(int group) {
    Label next = code.label("next_group");
    Label loop = code.label("next_word");
    Label hit = code.label("hit");
    Virt words = both(rows(tables::aggregates, layout.aggregateBytes(), 0), group * Long.BYTES);
    code.branch(Condition.EQ, Width.W64, words, 0, next);
    int first = group * Long.SIZE;
    Virt[] rows = rows(tables::vectors, layout.rowBytes(), first * Long.BYTES);
    Virt rounds = code.constant(layout.wordsOf(group));
    code.bind(loop);
    Virt offset = layout.order().lowest(code, words);
    code.alu(AluOp.LSH, offset, 3);
    Virt bits = both(rows, offset);
    code.branch(Condition.NE, Width.W64, bits, 0, hit);
    code.alu(AluOp.AND, words, code.subtract(words, 1));
    code.branch(Condition.EQ, Width.W64, words, 0, next);
    code.alu(AluOp.SUB, rounds, 1);
    code.branch(Condition.NE, Width.W64, rounds, 0, loop);
    code.jump(next);
    code.bind(hit);
    Virt index = DeBruijn.WORD.lowest(code, bits);
    // From the offset of a word to the number of its first bit.
    code.alu(AluOp.LSH, offset, 3);
    code.alu(AluOp.OR, index, offset);
    found(index, first);
    code.bind(next);
  }

  /** The addresses of what the tables have for the classes. */
  private Virt[] rows(IntUnaryOperator starts, int rowBytes, int offset) {
    Virt[] rows = new Virt[classes.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = code.constant(new Constant.MapValue(out.map(), starts.applyAsInt(i) + offset));
      code.alu(AluOp.ADD, rows[i], code.multiply(classes[i], rowBytes));
    }
    return rows;
  }

  /** The bits that are set in all rows' words at an offset. */
  private Virt both(Virt[] rows, int offset) {
    Virt bits = code.load(Size.DW, rows[0], offset);
    for (int i = 1; i < rows.length; i++) {
      code.alu(AluOp.AND, bits, code.load(Size.DW, rows[i], offset));
    }
    return bits;
  }

  private Virt both(Virt[] rows, Virt offset) {
    Virt[] words = new Virt[rows.length];
    for (int i = 0; i < rows.length; i++) {
      words[i] = code.add(rows[i], offset);
    }
    return both(words, 0);
  }

  /** Loads the outcome of a bit, counted from the first of a word. */
  private void found(Virt bit, int word) {
    out.load(result, Size.W, tables.outcomes() + word * Long.SIZE * Integer.BYTES, bit);
    code.jump(done);
  }
}
