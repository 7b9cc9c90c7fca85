package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.CallTarget.Helper;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;

/** Reads any part of a packet, header by header, by copying it to the stack with a helper. */
final class CopyingReader implements PacketReader {
  private static final int LONGEST_HEADER = 40;

  private final CodeBuilder code;
  private final Helper loadBytes;
  private final Virt context;
  private final Label missing;
  private final int buffer;

  /**
   * @param loadBytes a helper {@code (context, offset, buffer, length)} that gives 0 on success
   * @param missing where to go if the packet ends before a header does
   */
  CopyingReader(CodeBuilder code, Helper loadBytes, Virt context, Label missing) {
    this.code = code;
    this.loadBytes = loadBytes;
    this.context = context;
    this.missing = missing;
    this.buffer = code.stackVariable(LONGEST_HEADER);
  }

  @Override
  public void expect(int length) {
    // Asking for more than a header at a time would find packets cut off that are not.
  }

  @Override
  public void header(int offset, int length) {
    header(code.constant(offset), length);
  }

  @Override
  public void header(Virt offset, int length) {
    Virt to = code.add(Virt.FRAME, buffer);
    Virt failed = code.call(loadBytes, context, offset, to, code.constant(length));
    code.branch(Condition.NE, Width.W64, failed, 0, missing);
  }

  @Override
  public void load(Virt dst, Size size, int at) {
    code.load(dst, size, Virt.FRAME, buffer + at);
  }
}
