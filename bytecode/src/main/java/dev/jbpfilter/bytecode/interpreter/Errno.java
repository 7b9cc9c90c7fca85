package dev.jbpfilter.bytecode.interpreter;

/** Error numbers that helpers return, negated (asm-generic/errno-base.h). */
final class Errno {
  static final int ENOENT = 2;
  static final int E2BIG = 7;
  static final int EAGAIN = 11;
  static final int EFAULT = 14;
  static final int EEXIST = 17;
  static final int EINVAL = 22;
  static final int ENOSPC = 28;

  private Errno() {}
}
