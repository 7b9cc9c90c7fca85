package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;

/** Reads the linear part of a packet through pointers, after one comparison per header. */
final class DirectReader implements PacketReader {
  private final CodeBuilder code;
  private final Virt data;
  private final Virt end;
  private final Label missing;

  private Virt base;
  private int displacement;
  private int guaranteed;

  /**
   * @param missing where to go if a header is not in the linear part
   */
  DirectReader(CodeBuilder code, Virt data, Virt end, Label missing) {
    this.code = code;
    this.data = data;
    this.end = end;
    this.missing = missing;
    this.base = data;
  }

  @Override
  public void expect(int length) {
    check(data, length);
    guaranteed = length;
  }

  @Override
  public void malformed(Label malformed) {
    // Bytes that are not in the linear part may be elsewhere.
  }

  @Override
  public void header(int offset, Header kind) {
    int end = offset + kind.length();
    if (end > guaranteed) {
      check(data, end);
    }
    base = data;
    displacement = offset;
  }

  @Override
  public void header(Virt offset, Header kind) {
    base = code.add(data, offset);
    check(base, kind.length());
    displacement = 0;
  }

  private void check(Virt pointer, int length) {
    code.branch(Condition.GT, code.add(pointer, length), end, missing);
  }

  @Override
  public void load(Virt dst, Size size, int at) {
    code.load(dst, size, base, displacement + at);
  }
}
