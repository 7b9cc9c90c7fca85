package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.Label;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import dev.jbpfilter.ruleset.Verdict;

/**
 * Netfilter: IPv4 and IPv6 packets from their network header on. The context holds pointers to
 * kernel structures, of which one knows where the packet is.
 */
enum NetfilterFlavor implements PacketFlavor {
  /** Hooks that are about the interface that a packet came in by. */
  INPUT(8),
  /** Hooks that are about the interface that a packet leaves by. */
  OUTPUT(16);

  /** {@code bpf_nf_ctx.state}. */
  private static final int STATE = 0;

  /** {@code bpf_nf_ctx.skb}. */
  private static final int SKB = 8;

  /** {@code nf_hook_state.pf}. */
  private static final int FAMILY = 1;

  private static final int NFPROTO_IPV4 = 2;
  private static final int NFPROTO_IPV6 = 10;

  private static final int NF_DROP = 0;
  private static final int NF_ACCEPT = 1;

  /** {@code nf_hook_state.in} or {@code nf_hook_state.out}. */
  private final int device;

  NetfilterFlavor(int device) {
    this.device = device;
  }

  @Override
  public ProgramType programType() {
    return ProgramType.NETFILTER;
  }

  @Override
  public AttachType attachType() {
    return AttachType.NETFILTER;
  }

  @Override
  public boolean hasLinkHeader() {
    return false;
  }

  @Override
  public void loadMetadata(CodeBuilder code, Virt context, FieldRegisters out) {
    out.load(
        Field.IFACE,
        register -> {
          Virt state = code.load(Size.DW, context, STATE);
          Virt interfacePointer = code.load(Size.DW, state, device);
          code.move(register, code.loadField(Size.W, interfacePointer, "net_device", "ifindex"));
        });
    out.load(
        Field.MARK,
        register ->
            code.move(register, code.loadField(Size.W, skb(code, context), "sk_buff", "mark")));
  }

  @Override
  public void loadNetworkProtocol(CodeBuilder code, Virt context, Virt protocol) {
    Label known = code.label("protocol_known");
    Virt family = code.load(Size.B, code.load(Size.DW, context, STATE), FAMILY);
    code.move(protocol, PacketLayout.ETHERTYPE_IPV4);
    code.branch(Condition.EQ, Width.W32, family, NFPROTO_IPV4, known);
    code.move(protocol, PacketLayout.ETHERTYPE_IPV6);
    code.branch(Condition.EQ, Width.W32, family, NFPROTO_IPV6, known);
    code.move(protocol, 0);
    code.bind(known);
  }

  @Override
  public PacketReader reader(CodeBuilder code, Virt context, Label missing) {
    Virt skb = skb(code, context);
    Virt data = code.loadField(Size.DW, skb, "sk_buff", "data");
    Virt linear = code.loadField(Size.W, skb, "sk_buff", "len");
    Virt elsewhere = code.loadField(Size.W, skb, "sk_buff", "data_len");
    code.alu(AluOp.SUB, linear, elsewhere);
    return new KernelReader(code, data, linear, missing);
  }

  @Override
  public PacketCopier copier(CodeBuilder code, Virt context, Label missing) {
    return Dynptr.ofSkb(code, skb(code, context), missing).copier();
  }

  @Override
  public Virt packetSize(CodeBuilder code, Virt context) {
    Virt size = unknown(code, context);
    code.alu(AluOp.ADD, size, PacketLayout.ETHERNET_LENGTH);
    return size;
  }

  @Override
  public Virt unknown(CodeBuilder code, Virt context) {
    return code.loadField(Size.W, skb(code, context), "sk_buff", "len");
  }

  @Override
  public int returnCode(Verdict.Basic verdict) {
    return switch (verdict) {
      case ACCEPT, NEXT -> NF_ACCEPT;
      case DROP -> NF_DROP;
      case CONTINUE -> throw HookFlavor.notTerminal();
    };
  }

  private static Virt skb(CodeBuilder code, Virt context) {
    return code.load(Size.DW, context, SKB);
  }
}
