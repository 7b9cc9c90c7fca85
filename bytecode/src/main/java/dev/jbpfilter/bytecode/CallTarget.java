package dev.jbpfilter.bytecode;

/** What a call calls. */
public sealed interface CallTarget {

  /**
   * A helper function of the kernel's stable interface.
   *
   * @param number the number in {@code enum bpf_func_id}
   * @param name the name without the {@code bpf_} prefix
   */
  record Helper(int number, String name) implements CallTarget {
    @Override
    public String toString() {
      return name + "#" + number;
    }
  }

  /** A kernel function, found by its name in the BTF of the running kernel. */
  record KernelFunction(String name) implements CallTarget {
    @Override
    public String toString() {
      return name;
    }
  }
}
