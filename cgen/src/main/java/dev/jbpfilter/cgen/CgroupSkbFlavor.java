package dev.jbpfilter.cgen;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.ProgramType;
import dev.jbpfilter.ruleset.Verdict;

/** Packets to and from the sockets of a control group, from their network header on. */
final class CgroupSkbFlavor extends SocketBufferFlavor {
  private static final int DENY = 0;
  private static final int ALLOW = 1;

  CgroupSkbFlavor(AttachType attachType) {
    super(attachType);
  }

  @Override
  public ProgramType programType() {
    return ProgramType.CGROUP_SKB;
  }

  @Override
  public boolean hasLinkHeader() {
    return false;
  }

  @Override
  public int returnCode(Verdict.Basic verdict) {
    return switch (verdict) {
      case ACCEPT, NEXT -> ALLOW;
      case DROP -> DENY;
      case CONTINUE -> throw HookFlavor.notTerminal();
    };
  }
}
