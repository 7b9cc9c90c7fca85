package dev.jbpfilter.bytecode;

import java.util.List;

/** The part of {@link CodeBuilder} that calls and returns. */
abstract sealed class CallBuilder extends MemoryBuilder permits CodeBuilder {

  CallBuilder() {}

  /**
   * Calls a helper, a kernel function or another function of the program.
   *
   * @param arguments at most five
   * @return the result
   */
  public Virt call(CallTarget target, Virt... arguments) {
    Virt result = fresh();
    with(new Element.Call<>(target, List.of(arguments), result));
    return result;
  }

  /**
   * Calls a helper by its name.
   *
   * @param name without the {@code bpf_} prefix, as {@code ktime_get_ns}
   * @throws IllegalArgumentException if {@link Helpers} has none of that name
   */
  public Virt callHelper(String name, Virt... arguments) {
    HelperInfo helper =
        Helpers.named(name)
            .orElseThrow(() -> new IllegalArgumentException("there is no helper " + name));
    return call(new CallTarget.Helper(helper.number()), arguments);
  }

  /** Calls a kernel function by its name, as {@code bpf_dynptr_from_xdp}. Linux 5.13. */
  public Virt callKernel(String name, Virt... arguments) {
    return call(new CallTarget.KernelFunction(name), arguments);
  }

  /** Calls another function of the program by its name. Linux 4.16. */
  public Virt callFunction(String name, Virt... arguments) {
    return call(new CallTarget.Subprogram(name), arguments);
  }

  /**
   * Goes on in another program, with the same context; this one goes on only if the map has none at
   * the index, or after too many such calls.
   *
   * @param programs a map of type {@code BPF_MAP_TYPE_PROG_ARRAY}
   */
  public CodeBuilder tailCall(Virt context, Virt programs, Virt index) {
    return with(new Element.Call<>(Helpers.TAIL_CALL, List.of(context, programs, index), fresh()));
  }

  /** Returns a register's value from the function. */
  public CodeBuilder exit(Virt value) {
    return with(new Element.Exit<>(value));
  }

  /** Returns a number from the function. */
  public CodeBuilder exit(int value) {
    return exit(constant(value));
  }
}
