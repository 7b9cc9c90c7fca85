package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.StackVariable;
import dev.jbpfilter.bytecode.Virt;

/**
 * A number of 32 bits on the stack, in the upper half of 8 bytes: the verifier forgets numbers that
 * do not start a stack slot, and so does not follow the code behind once for each value.
 */
record HiddenNumber(CodeBuilder code, StackVariable slot) {
  static HiddenNumber reserve(CodeBuilder code, String name) {
    return new HiddenNumber(code, code.stackVariable(name, Long.BYTES));
  }

  /** Emits: become this. */
  void store(Virt key) {
    code.store(slot, Integer.BYTES, Size.W, key);
  }

  /** Emits: become this. */
  void store(int key) {
    code.store(slot, Integer.BYTES, Size.W, key);
  }

  /** The number. */
  Virt load() {
    return code.load(slot, Integer.BYTES, Size.W);
  }

  /** Where the number is, as a key of an array map. */
  Virt address() {
    return code.add(Virt.FRAME, slot.offset(Integer.BYTES, Size.W));
  }
}
