package dev.jbpfilter.loader.kernel.internal;

/** How system calls are made. */
@FunctionalInterface
public interface Syscalls {

  /**
   * Makes one call, once.
   *
   * @param arguments at most six; pointers are addresses
   * @return the result, or the negative errno
   */
  long invoke(Syscall call, long... arguments);
}
