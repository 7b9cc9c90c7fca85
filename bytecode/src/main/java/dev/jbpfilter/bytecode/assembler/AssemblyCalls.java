package dev.jbpfilter.bytecode.assembler;

import dev.jbpfilter.bytecode.HelperInfo;
import dev.jbpfilter.bytecode.Helpers;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import dev.jbpfilter.bytecode.assembler.AssemblyProgram.Kind;

/** Reads what a call calls: {@code callee} in the grammar of {@link Assembler}. */
final class AssemblyCalls {
  private static final int CALL = 0x85;
  private static final int PSEUDO_KFUNC_CALL = 2;
  private static final String HELPER_PREFIX = "bpf_";
  private static final String UNKNOWN = "unknown";
  private static final String NO_HELPER = "bpf_unspec";

  private final AssemblyScanner in;
  private final AssemblyProgram out;

  AssemblyCalls(AssemblyScanner in, AssemblyProgram out) {
    this.in = in;
    this.out = out;
  }

  /** The number of the helper with a name, prefix included; 0 if there is none. */
  static int helper(String name) {
    return name.startsWith(HELPER_PREFIX)
        ? Helpers.named(name.substring(HELPER_PREFIX.length())).map(HelperInfo::number).orElse(0)
        : 0;
  }

  void read() throws AssemblySyntaxError {
    int line = in.line();
    int column = in.column();
    char first = in.peek();
    if (AssemblyScanner.isDigit(first) || first == '-') {
      out.add(CALL, 0, 0, 0, number("number of a helper"));
      return;
    }
    if (in.acceptRegister() >= 0) {
      throw new AssemblySyntaxError(
          line, column, "no instruction calls what a register points to", null);
    }
    if (in.accept("kernel-function#")) {
      kernelFunctionId();
      return;
    }
    String name = in.expectName("function to call");
    if (name.equals("pc") && (in.peek() == '+' || in.peek() == '-')) {
      int distance = number("distance");
      String callee = in.acceptAdjacent('#') ? in.expectName("name of the function") : null;
      out.refer(Kind.CALL, distance, callee, line, column);
      out.addCall();
    } else if (in.acceptAdjacent('#')) {
      numbered(name, line, column);
    } else {
      out.refer(Kind.CALL, name, line, column);
      out.addCall();
    }
  }

  private void kernelFunctionId() throws AssemblySyntaxError {
    int id = number("number of a kernel function");
    int module = 0;
    if (in.accept("[module:")) {
      module = (int) in.number("index of a module", Short.MIN_VALUE, Short.MAX_VALUE);
      in.expect(']');
    }
    out.add(CALL, 0, PSEUDO_KFUNC_CALL, module, id);
  }

  private void numbered(String name, int line, int column) throws AssemblySyntaxError {
    int number = number("number of a function");
    int helper = helper(name);
    boolean unnamed = name.equals(UNKNOWN) || (name.equals(NO_HELPER) && number == 0);
    if (unnamed || (helper != 0 && helper == number)) {
      out.add(CALL, 0, 0, 0, number);
    } else if (helper != 0) {
      throw new AssemblySyntaxError(
          line, column, "the number of " + name + " is " + helper, "leave the number out");
    } else {
      out.relocate(new Target.KernelFunction(name));
      out.add(CALL, 0, PSEUDO_KFUNC_CALL, 0, 0);
    }
  }

  private int number(String what) throws AssemblySyntaxError {
    return (int) in.number(what, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }
}
