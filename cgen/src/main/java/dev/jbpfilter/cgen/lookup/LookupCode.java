package dev.jbpfilter.cgen.lookup;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import java.util.function.IntFunction;

/**
 * Where structures emit their code.
 *
 * @param code where it goes
 * @param map the name of the map whose {@link Tables} it reads
 * @param values gives a register that holds the value of a dimension as an unsigned number of 64
 *     bits; what is computed from it goes to other registers
 */
public record LookupCode(CodeBuilder code, String map, IntFunction<Virt> values) {

  /** The value of a dimension, in a register that must not be written. */
  public Virt value(int dimension) {
    return values.apply(dimension);
  }

  /**
   * Bits {@code from} and up of a value, at most {@code count} of them, in a fresh register. The
   * verifier knows how large it can be.
   *
   * @param width of the operations; 32 is cheaper, where the value has no more bits
   * @param count at most 31
   */
  public Virt bits(Width width, Virt value, int from, int count) {
    Virt result = code.fresh();
    code.with(new Element.Move<>(width, 0, result, Operand.reg(value)));
    if (from > 0) {
      code.alu(AluOp.RSH, width, result, Operand.imm(from));
    }
    boolean allThatIsLeft = from + count >= (width == Width.W32 ? Integer.SIZE : Long.SIZE);
    if (!allThatIsLeft || width == Width.W64) {
      code.alu(AluOp.AND, Width.W32, result, Operand.imm((int) Column.max(count)));
    }
    return result;
  }

  /**
   * Loads {@code table[index]}, zero-extended.
   *
   * @param table offset of the first entry
   * @param index a register of which the verifier knows a bound, such that the load stays within
   *     what the tables {@linkplain Tables#reach reach}
   */
  public Virt load(Size size, int table, Virt index) {
    Virt result = code.fresh();
    load(result, size, table, index);
    return result;
  }

  /** The same into a register that is there. */
  public void load(Virt result, Size size, int table, Virt index) {
    code.load(result, size, entry(table, index, size.bytes()), 0);
  }

  /**
   * The address of {@code table[index]}.
   *
   * @param entryBytes a power of two
   */
  public Virt entry(int table, Virt index, int entryBytes) {
    Virt address = code.constant(new Constant.MapValue(map, table));
    int shift = Integer.numberOfTrailingZeros(entryBytes);
    Virt offset = shift == 0 ? index : code.shiftLeft(index, shift);
    code.alu(AluOp.ADD, address, offset);
    return address;
  }
}
