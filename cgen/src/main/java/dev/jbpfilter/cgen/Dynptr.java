package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Helpers;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.StackVariable;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;

/** A dynamic pointer to a packet, in the stack frame. */
record Dynptr(CodeBuilder code, StackVariable variable) {
  private static final int BYTES = 16;

  /**
   * Emits: make one that points to a socket buffer.
   *
   * @param failed where to go if the kernel makes none
   */
  static Dynptr ofSkb(CodeBuilder code, Virt skb, Label failed) {
    StackVariable variable = code.stackVariable("dynptr", BYTES);
    Virt error =
        code.callKernel("bpf_dynptr_from_skb", skb, code.constant(0), code.address(variable));
    code.branch(Condition.NE, Width.W32, error, 0, failed);
    return new Dynptr(code, variable);
  }

  /** A copier of the bytes that it points to. */
  PacketCopier copier() {
    return (offset, to, length, missing) -> {
      Virt failed =
          code.call(
              Helpers.DYNPTR_READ,
              to,
              code.constant(length),
              code.address(variable),
              offset,
              code.constant(0));
      code.branch(Condition.NE, Width.W64, failed, 0, missing);
    };
  }
}
