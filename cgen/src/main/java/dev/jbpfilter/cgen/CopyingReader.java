package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;

/** Reads any part of a packet, header by header, by copying it to the stack. */
final class CopyingReader implements PacketReader {
  private static final int LONGEST_HEADER = 40;

  private final CodeBuilder code;
  private final PacketCopier copier;
  private final int buffer;
  private Label missing;

  /**
   * @param missing where to go, until something else is said, if the packet ends before a header
   */
  CopyingReader(CodeBuilder code, PacketCopier copier, Label missing) {
    this.code = code;
    this.missing = missing;
    this.copier = copier;
    this.buffer = code.stackVariable(LONGEST_HEADER);
  }

  @Override
  public void expect(int length) {
    // Asking for more than a header at a time would find packets cut off that are not.
  }

  @Override
  public void malformed(Label malformed) {
    missing = malformed;
  }

  @Override
  public void header(int offset, Header kind) {
    header(code.constant(offset), kind);
  }

  @Override
  public void header(Virt offset, Header kind) {
    copier.copy(offset, code.add(Virt.FRAME, buffer), kind.length(), missing);
  }

  @Override
  public void load(Virt dst, Size size, int at) {
    code.load(dst, size, Virt.FRAME, buffer + at);
  }
}
