package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.loader.kernel.internal.NativeMemory;

/**
 * A program's attachment. The kernel drops it with its last descriptor and pin, so a link that is
 * to outlive the process must be pinned.
 */
public final class BpfLink implements BpfObject {
  private static final int INFO_SIZE = 128;
  private static final int INFO_TARGET = 16;
  private static final int CGROUP = 3;
  private static final int XDP = 6;
  private static final int NETFILTER = 10;
  private static final int TCX = 11;

  private static final int NEW_PROGRAM = 4;
  private static final int FLAGS = 8;
  private static final int OLD_PROGRAM = 12;
  private static final int BPF_F_REPLACE = 1 << 2;

  private final Fd fd;

  BpfLink(Fd fd) {
    this.fd = fd;
  }

  @Override
  public Fd fd() {
    return fd;
  }

  /** What the kernel tells of the link. */
  public LinkInfo info() {
    try (NativeMemory info = fd.info(INFO_SIZE)) {
      return new LinkInfo(info.getInt(4), info.getInt(8), target(info));
    }
  }

  private static LinkInfo.Target target(NativeMemory info) {
    int type = info.getInt(0);
    LinkInfo.Target other = new LinkInfo.Target.Other(type);
    int first = info.getInt(INFO_TARGET);
    int second = info.getInt(INFO_TARGET + 4);
    int third = info.getInt(INFO_TARGET + 8);
    return switch (type) {
      case XDP -> new LinkInfo.Target.Xdp(first);
      case TCX ->
          AttachType.of(second)
              .<LinkInfo.Target>map(direction -> new LinkInfo.Target.Tcx(first, direction))
              .orElse(other);
      case NETFILTER -> new LinkInfo.Target.Netfilter(first, second, third);
      case CGROUP ->
          AttachType.of(third)
              .<LinkInfo.Target>map(
                  attachType -> new LinkInfo.Target.Cgroup(info.getLong(INFO_TARGET), attachType))
              .orElse(other);
      default -> other;
    };
  }

  /**
   * Runs another program from now on; no packet misses both ({@code BPF_LINK_UPDATE}). {@code
   * ENOLINK} if what the link was attached to is gone, {@code EOPNOTSUPP} on Netfilter hooks.
   */
  public void update(BpfProgram next) {
    update(next, 0, 0);
  }

  /** The same if the link still runs the expected program; {@code EPERM} otherwise. */
  public void update(BpfProgram next, BpfProgram expected) {
    update(next, BPF_F_REPLACE, expected.fd().number());
  }

  /** Ends the attachment, whoever else has the link open or pinned. */
  public void detach() {
    try (Attributes attributes = new Attributes()) {
      attributes.set(0, fd.number());
      fd.call(BpfCommand.LINK_DETACH, attributes);
    }
  }

  @Override
  public String toString() {
    return fd.toString();
  }

  private void update(BpfProgram next, int flags, int expected) {
    try (Attributes attributes = new Attributes()) {
      attributes
          .set(0, fd.number())
          .set(NEW_PROGRAM, next.fd().number())
          .set(FLAGS, flags)
          .set(OLD_PROGRAM, expected);
      fd.call(BpfCommand.LINK_UPDATE, attributes);
    }
  }
}
