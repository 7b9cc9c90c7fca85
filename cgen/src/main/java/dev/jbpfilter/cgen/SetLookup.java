package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.ByteSwap;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Helpers;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.StackVariable;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.cgen.RuleTest.SetTest;
import dev.jbpfilter.ruleset.SetKey;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Emits lookups in the maps of sets. A key is put together in registers, 8 bytes at a time, and
 * stored as whole words: the verifier wants aligned stores, and components are not.
 */
final class SetLookup {

  private final CodeBuilder code;
  private final Function<Field, Virt> values;
  private @Nullable StackVariable key;

  /**
   * @param values the values of fields, in host order
   */
  SetLookup(CodeBuilder code, Function<Field, Virt> values) {
    this.code = code;
    this.values = values;
  }

  /** Branches if membership is what is wanted, else goes on. */
  void branch(SetTest test, boolean wanted, Label target) {
    SetTable table = test.table();
    Virt entry =
        code.call(
            Helpers.MAP_LOOKUP_ELEM,
            code.constant(new Constant.MapFd(table.map())),
            address(table));
    boolean member = wanted != test.negated();
    if (table.members() == 1) {
      code.branch(member ? Condition.NE : Condition.EQ, Width.W64, entry, 0, target);
      return;
    }
    Label outside = member ? code.label("not_in_set") : target;
    code.branch(Condition.EQ, Width.W64, entry, 0, outside);
    Virt bits = code.load(Size.B, entry, test.member() / Byte.SIZE);
    int bit = 1 << test.member() % Byte.SIZE;
    if (member) {
      code.branch(Condition.SET, Width.W32, bits, bit, target);
      code.bind(outside);
    } else {
      code.alu(AluOp.AND, bits, bit);
      code.branch(Condition.EQ, Width.W32, bits, 0, target);
    }
  }

  private Virt address(SetTable table) {
    StackVariable variable = key;
    if (variable == null) {
      variable = code.stackVariable("set_key", SetKey.MAX_SIZE);
      key = variable;
    }
    KeyWriter writer = new KeyWriter(code, variable);
    for (SetTable.Component component : table.components()) {
      if (component.prefix() != 0) {
        writer.append(code.constant(component.prefix()), Integer.BYTES);
      }
      for (Field field : component.fields()) {
        writer.append(networkOrder(values.apply(field), component.bytes()), component.bytes());
      }
    }
    writer.finish();
    return code.address(variable);
  }

  private Virt networkOrder(Virt value, int bytes) {
    return bytes == 1 ? value : code.byteOrder(ByteSwap.TO_BE, bytes * Byte.SIZE, value);
  }

  /** Puts a key together: values one after another without padding. */
  private static final class KeyWriter {
    private static final int WORD = Long.BYTES;

    private final CodeBuilder code;
    private final StackVariable key;
    private int length;

    /** The bytes behind the last whole word, if there are any. */
    private @Nullable Virt rest;

    KeyWriter(CodeBuilder code, StackVariable key) {
      this.code = code;
      this.key = key;
    }

    /**
     * Appends a value.
     *
     * @param value the bytes as they are to lie in memory, and zeros
     */
    void append(Virt value, int bytes) {
      int at = length % WORD;
      Virt word = rest;
      if (word == null) {
        word = code.copy(value);
      } else {
        code.alu(AluOp.OR, word, code.shiftLeft(value, at * Byte.SIZE));
      }
      rest = word;
      length += bytes;
      if (at + bytes >= WORD) {
        store(word);
        rest = at + bytes == WORD ? null : code.shiftRight(value, (WORD - at) * Byte.SIZE);
      }
    }

    private void store(Virt word) {
      int end = length - length % WORD;
      code.store(key, end - WORD, Size.DW, word);
    }

    /** Stores what is left. */
    void finish() {
      if (rest != null) {
        code.store(key, length - length % WORD, Size.DW, rest);
      }
    }
  }
}
