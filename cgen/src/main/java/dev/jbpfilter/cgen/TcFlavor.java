package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Helpers;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.ruleset.Direction;
import dev.jbpfilter.ruleset.Verdict;

/** Traffic control (tcx): programs in a list for each device and direction. */
final class TcFlavor extends SocketBufferFlavor {
  private static final int TCX_NEXT = -1;
  private static final int TCX_PASS = 0;
  private static final int TCX_DROP = 2;

  /** {@code BPF_F_INGRESS} of {@code bpf_redirect}. */
  private static final int INGRESS = 1;

  TcFlavor(AttachType attachType) {
    super(attachType);
  }

  @Override
  public ProgramType programType() {
    return ProgramType.SCHED_CLS;
  }

  @Override
  public boolean hasLinkHeader() {
    return true;
  }

  @Override
  public int returnCode(Verdict.Basic verdict) {
    return switch (verdict) {
      case ACCEPT -> TCX_PASS;
      case DROP -> TCX_DROP;
      case NEXT -> TCX_NEXT;
      case CONTINUE -> throw HookFlavor.notTerminal();
    };
  }

  @Override
  public Virt redirect(CodeBuilder code, Verdict.Redirect verdict) {
    int flags = verdict.direction() == Direction.IN ? INGRESS : 0;
    return code.call(Helpers.REDIRECT, code.constant(verdict.ifindex()), code.constant(flags));
  }
}
