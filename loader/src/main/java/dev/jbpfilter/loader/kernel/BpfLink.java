package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.loader.kernel.internal.NativeMemory;

/**
 * A program's attachment. The kernel drops it with its last descriptor and pin, so a link that is
 * to outlive the process must be pinned.
 */
public final class BpfLink implements BpfObject {
  private static final int INFO_SIZE = 128;
  private static final int INFO_TARGET = 16;
  private static final int XDP = 6;

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
      int type = info.getInt(0);
      LinkInfo.Target target =
          type == XDP
              ? new LinkInfo.Target.Xdp(info.getInt(INFO_TARGET))
              : new LinkInfo.Target.Other(type);
      return new LinkInfo(info.getInt(4), info.getInt(8), target);
    }
  }

  /**
   * Runs another program from now on; no packet misses both ({@code BPF_LINK_UPDATE}). {@code
   * ENOLINK} if what the link was attached to is gone.
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
