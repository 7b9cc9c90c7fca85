package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.CodegenException;
import dev.jbpfilter.bytecode.CodegenException.Reason;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.Verdict;

/** What differs between families of hooks: context layout, access to packets, verdict codes. */
sealed interface HookFlavor permits PacketFlavor, SocketAddressFlavor {

  /** The flavor of a hook. */
  static HookFlavor of(Hook hook) {
    return switch (hook) {
      case XDP -> new XdpFlavor();
      case TC_INGRESS -> new TcFlavor(AttachType.TCX_INGRESS);
      case TC_EGRESS -> new TcFlavor(AttachType.TCX_EGRESS);
      case NF_PRE_ROUTING, NF_LOCAL_IN, NF_FORWARD -> NetfilterFlavor.INPUT;
      case NF_LOCAL_OUT, NF_POST_ROUTING -> NetfilterFlavor.OUTPUT;
      case CGROUP_SKB_INGRESS -> new CgroupSkbFlavor(AttachType.CGROUP_INET_INGRESS);
      case CGROUP_SKB_EGRESS -> new CgroupSkbFlavor(AttachType.CGROUP_INET_EGRESS);
      case CGROUP_SOCK_ADDR_CONNECT4 -> SocketAddressFlavor.CONNECT4;
      case CGROUP_SOCK_ADDR_CONNECT6 -> SocketAddressFlavor.CONNECT6;
      case CGROUP_SOCK_ADDR_SENDMSG4 -> SocketAddressFlavor.SENDMSG4;
      case CGROUP_SOCK_ADDR_SENDMSG6 -> SocketAddressFlavor.SENDMSG6;
    };
  }

  /** The kernel's program type. */
  ProgramType programType();

  /** The kernel's attach type, the same for loading and for links. */
  AttachType attachType();

  /** Flags of BPF_PROG_LOAD. */
  default int programFlags() {
    return 0;
  }

  /** The size of the packet as counters and logs show it, in bytes. */
  Virt packetSize(CodeBuilder code, Virt context);

  /** A number of which the verifier knows nothing but that it has 32 bits. */
  Virt unknown(CodeBuilder code, Virt context);

  /** What the program returns for a verdict that ends the chain. */
  int returnCode(Verdict.Basic verdict);

  /**
   * Redirects the packet; what the program has to return.
   *
   * @throws CodegenException if the hook cannot
   */
  default Virt redirect(CodeBuilder code, Verdict.Redirect verdict) {
    throw new CodegenException(new Reason.Unsupported("REDIRECT on this hook"), null);
  }

  /**
   * Sets the packet mark.
   *
   * @throws CodegenException if the hook cannot
   */
  default void setMark(CodeBuilder code, Virt context, Virt mark) {
    throw new CodegenException(new Reason.Unsupported("mark on this hook"), null);
  }

  /** Loads the packet mark, which the hook can set. */
  default void loadMark(CodeBuilder code, Virt context, Virt register) {
    throw new CodegenException(new Reason.Unsupported("mark on this hook"), null);
  }

  /** The refusal of a verdict that no program returns. */
  static IllegalArgumentException notTerminal() {
    return new IllegalArgumentException("CONTINUE ends no program");
  }
}
