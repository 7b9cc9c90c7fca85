package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.StackVariable;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;

/** Reads any part of a packet through slices, which the kernel copies only if it must. */
final class SliceReader implements PacketReader {
  private static final int LONGEST_HEADER = 40;

  private final CodeBuilder code;
  private final Dynptr packet;
  private final StackVariable buffer;
  private Virt header;
  private Label missing;

  /**
   * @param missing where to go, until something else is said, if the packet ends before a header
   */
  SliceReader(CodeBuilder code, Dynptr packet, Label missing) {
    this.code = code;
    this.packet = packet;
    this.missing = missing;
    this.buffer = code.stackVariable("slice", LONGEST_HEADER);
    this.header = Virt.FRAME;
  }

  @Override
  public void expect(int length) {
    // Each header is a slice of its own.
  }

  @Override
  public void malformed(Label malformed) {
    missing = malformed;
  }

  @Override
  public void header(int offset, int length) {
    header(code.constant(offset), length);
  }

  @Override
  public void header(Virt offset, int length) {
    header = packet.slice(offset, buffer, length);
    code.branch(Condition.EQ, Width.W64, header, 0, missing);
  }

  @Override
  public void load(Virt dst, Size size, int at) {
    code.load(dst, size, header, at);
  }
}
