package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;

/**
 * Reads the linear part of a packet at its address in the kernel, where programs get no pointers to
 * packets: each header is an address that is said to be that of a kernel structure, and the kernel
 * catches loads that fault. What is said costs nothing when the program runs; how far the packet
 * goes is compared all the same, for what lies behind is something else.
 */
final class KernelReader implements PacketReader {
  private final CodeBuilder code;
  private final Virt data;
  private final Virt linear;
  private final Label missing;
  private Virt header = Virt.FRAME;

  /**
   * @param data the address of the packet
   * @param linear how many bytes are there
   * @param missing where to go if a header is not in the linear part
   */
  KernelReader(CodeBuilder code, Virt data, Virt linear, Label missing) {
    this.code = code;
    this.data = data;
    this.linear = linear;
    this.missing = missing;
  }

  @Override
  public void expect(int length) {
    // Nothing would be cheaper.
  }

  @Override
  public void malformed(Label malformed) {
    // Bytes that are not in the linear part may be elsewhere.
  }

  @Override
  public void header(int offset, Header kind) {
    code.branch(Condition.LT, Width.W64, linear, offset + kind.length(), missing);
    cast(offset == 0 ? data : code.add(data, offset), kind);
  }

  @Override
  public void header(Virt offset, Header kind) {
    code.branch(Condition.LT, linear, code.add(offset, kind.length()), missing);
    cast(code.add(data, offset), kind);
  }

  private void cast(Virt address, Header kind) {
    Virt structure = code.constant(new Constant.StructureId(kind.structure()));
    header = code.callKernel("bpf_rdonly_cast", address, structure);
  }

  @Override
  public void load(Virt dst, Size size, int at) {
    code.load(dst, size, header, at);
  }
}
