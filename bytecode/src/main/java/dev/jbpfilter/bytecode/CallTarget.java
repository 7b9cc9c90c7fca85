package dev.jbpfilter.bytecode;

/** What a call calls. */
public sealed interface CallTarget {

  /**
   * A helper function of the kernel's stable interface.
   *
   * @param number the number in {@code enum bpf_func_id}; it may be one that {@link Helpers} does
   *     not know
   */
  record Helper(int number) implements CallTarget {

    /** The name without the {@code bpf_} prefix; {@code unknown} if {@link Helpers} has none. */
    public String name() {
      return HelperTable.has(number) ? HelperTable.name(number) : "unknown";
    }

    @Override
    public String toString() {
      return name() + "#" + number;
    }
  }

  /** A kernel function, found by its name in the BTF of the running kernel. */
  record KernelFunction(String name) implements CallTarget {
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * A kernel function whose number is filled in already, as in programs that have been loaded.
   *
   * @param id its type id in the kernel's BTF, or in the module's
   * @param module index into the descriptors of module BTF that were passed along; 0 is the kernel
   */
  record KernelFunctionId(int id, int module) implements CallTarget {
    /**
     * @throws IllegalArgumentException if the index does not fit an instruction's offset
     */
    public KernelFunctionId {
      if (module != (short) module) {
        throw new IllegalArgumentException("module BTF " + module);
      }
    }

    @Override
    public String toString() {
      return "kernel-function#" + id;
    }
  }

  /** Another function of the same program, which gets a stack frame of its own. */
  record Subprogram(String name) implements CallTarget {
    @Override
    public String toString() {
      return name;
    }
  }
}
