package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.CodegenException;
import dev.jbpfilter.bytecode.CodegenException.Reason;
import dev.jbpfilter.bytecode.Helpers;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.ruleset.Direction;
import dev.jbpfilter.ruleset.Verdict;

/**
 * XDP: frames as the driver delivers them, before the kernel has a packet. Frames may lie in
 * several buffers, of which only the first can be read through pointers.
 */
final class XdpFlavor implements PacketFlavor {
  /** {@code xdp_md.data}. */
  private static final int DATA = 0;

  /** {@code xdp_md.data_end}. */
  private static final int DATA_END = 4;

  /** {@code xdp_md.ingress_ifindex}. */
  private static final int INGRESS_IFINDEX = 12;

  /** {@code xdp_md.rx_queue_index}. */
  private static final int RX_QUEUE_INDEX = 16;

  private static final int XDP_DROP = 1;
  private static final int XDP_PASS = 2;

  @Override
  public ProgramType programType() {
    return ProgramType.XDP;
  }

  @Override
  public AttachType attachType() {
    return AttachType.XDP;
  }

  @Override
  public int programFlags() {
    return ProgramSpec.XDP_HAS_FRAGS;
  }

  @Override
  public boolean hasLinkHeader() {
    return true;
  }

  @Override
  public void loadMetadata(CodeBuilder code, Virt context, FieldRegisters out) {
    out.load(Field.IFACE, register -> code.load(register, Size.W, context, INGRESS_IFINDEX));
  }

  @Override
  public PacketReader reader(CodeBuilder code, Virt context, Label missing) {
    Virt data = code.load(Size.W, context, DATA);
    Virt end = code.load(Size.W, context, DATA_END);
    return new DirectReader(code, data, end, missing);
  }

  @Override
  public PacketCopier copier(CodeBuilder code, Virt context, Label missing) {
    return new HelperCopier(code, Helpers.XDP_LOAD_BYTES, context);
  }

  @Override
  public Virt packetSize(CodeBuilder code, Virt context) {
    return code.call(Helpers.XDP_GET_BUFF_LEN, context);
  }

  @Override
  public Virt unknown(CodeBuilder code, Virt context) {
    return code.load(Size.W, context, RX_QUEUE_INDEX);
  }

  @Override
  public int returnCode(Verdict.Basic verdict) {
    return switch (verdict) {
      case ACCEPT, NEXT -> XDP_PASS;
      case DROP -> XDP_DROP;
      case CONTINUE -> throw HookFlavor.notTerminal();
    };
  }

  @Override
  public Virt redirect(CodeBuilder code, Verdict.Redirect verdict) {
    if (verdict.direction() != Direction.OUT) {
      throw new CodegenException(new Reason.Unsupported("REDIRECT in on XDP"), null);
    }
    return code.call(Helpers.REDIRECT, code.constant(verdict.ifindex()), code.constant(0));
  }
}
