package dev.jbpfilter.bytecode.interpreter;

import java.util.Arrays;

/**
 * The constants of all programs of an interpreter. They are operands like registers, with numbers
 * above theirs.
 */
final class Constants {
  /** The number of the first constant. */
  static final int FIRST = 11;

  private long[] values = new long[16];
  private int count;

  /** The operand that a number is. */
  int add(long value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count] = value;
    return FIRST + count++;
  }

  /** Room for the registers, followed by the constants. */
  long[] registers() {
    long[] registers = new long[FIRST + count];
    System.arraycopy(values, 0, registers, FIRST, count);
    return registers;
  }
}
