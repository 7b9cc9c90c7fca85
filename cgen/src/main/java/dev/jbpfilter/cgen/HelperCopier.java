package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.CallTarget.Helper;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;

/**
 * Copies with a helper.
 *
 * @param loadBytes a helper {@code (context, offset, buffer, length)} that gives 0 on success
 */
record HelperCopier(CodeBuilder code, Helper loadBytes, Virt context) implements PacketCopier {
  @Override
  public void copy(Virt offset, Virt to, int length, Label missing) {
    Virt failed = code.call(loadBytes, context, offset, to, code.constant(length));
    code.branch(Condition.NE, Width.W64, failed, 0, missing);
  }
}
