package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Helpers;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;

/**
 * Hooks whose context is a {@code __sk_buff}. Only the linear part of a socket buffer can be read
 * through pointers.
 */
abstract class SocketBufferFlavor implements PacketFlavor {
  private static final int LEN = 0;
  private static final int MARK = 8;
  private static final int PROTOCOL = 16;
  private static final int IFINDEX = 40;
  private static final int DATA = 76;
  private static final int DATA_END = 80;

  private final AttachType attachType;

  SocketBufferFlavor(AttachType attachType) {
    this.attachType = attachType;
  }

  @Override
  public AttachType attachType() {
    return attachType;
  }

  @Override
  public void loadMetadata(CodeBuilder code, Virt context, FieldRegisters out) {
    out.load(Field.IFACE, register -> code.load(register, Size.W, context, IFINDEX));
    out.load(Field.MARK, register -> loadMark(code, context, register));
    out.load(
        Field.FLOW_HASH,
        register -> code.move(register, code.call(Helpers.GET_HASH_RECALC, context)));
  }

  @Override
  public void loadNetworkProtocol(CodeBuilder code, Virt context, Virt protocol) {
    code.load(protocol, Size.W, context, PROTOCOL);
    code.toBigEndian(protocol, Short.SIZE);
  }

  @Override
  public PacketReader reader(CodeBuilder code, Virt context, Label missing) {
    Virt data = code.load(Size.W, context, DATA);
    Virt end = code.load(Size.W, context, DATA_END);
    return new DirectReader(code, data, end, missing);
  }

  @Override
  public PacketCopier copier(CodeBuilder code, Virt context, Label missing) {
    return new HelperCopier(code, Helpers.SKB_LOAD_BYTES, context);
  }

  @Override
  public Virt packetSize(CodeBuilder code, Virt context) {
    Virt size = code.load(Size.W, context, LEN);
    if (!hasLinkHeader()) {
      code.alu(AluOp.ADD, size, PacketLayout.ETHERNET_LENGTH);
    }
    return size;
  }

  @Override
  public Virt unknown(CodeBuilder code, Virt context) {
    return code.load(Size.W, context, LEN);
  }

  @Override
  public void loadMark(CodeBuilder code, Virt context, Virt register) {
    code.load(register, Size.W, context, MARK);
  }

  @Override
  public void setMark(CodeBuilder code, Virt context, Virt mark) {
    code.store(Size.W, context, MARK, mark);
  }
}
