package dev.jbpfilter.bytecode.interpreter;

import dev.jbpfilter.bytecode.interpreter.ExecutionFault.Kind;

/**
 * Something that is not possible, before it is known where in the program; without a stack trace,
 * as the interpreter translates it.
 */
final class AccessException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  final Kind kind;
  final long address;
  final String region;
  final String problem;

  /**
   * @param region name of the region that the address is in; empty if there is none
   */
  AccessException(Kind kind, long address, String region, String problem) {
    super(problem, null, false, false);
    this.kind = kind;
    this.address = address;
    this.region = region;
    this.problem = problem;
  }

  /** A call that cannot be made. */
  static AccessException call(String problem) {
    return new AccessException(Kind.CALL, 0, "", problem);
  }

  /** A call that cannot be made because of what an argument is. */
  static AccessException call(long argument, String expected) {
    String text = "0x" + Long.toHexString(argument) + " is not " + expected;
    return new AccessException(Kind.CALL, argument, "", text);
  }
}
