package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.StackVariable;
import dev.jbpfilter.bytecode.Virt;

/**
 * A key of an array map on the stack, in the upper half of 8 bytes: the verifier forgets numbers
 * that do not start a stack slot, and so does not follow the code behind once for each key.
 */
record HiddenKey(CodeBuilder code, StackVariable slot) {
  static HiddenKey reserve(CodeBuilder code, String name) {
    return new HiddenKey(code, code.stackVariable(name, Long.BYTES));
  }

  /** Emits: take this key. */
  void store(Virt key) {
    code.store(slot, Integer.BYTES, Size.W, key);
  }

  /** Emits: take this key. */
  void store(int key) {
    code.store(slot, Integer.BYTES, Size.W, key);
  }

  /** Where the key is. */
  Virt address() {
    return code.add(Virt.FRAME, slot.offset(Integer.BYTES, Size.W));
  }
}
