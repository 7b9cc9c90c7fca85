package dev.jbpfilter.bytecode;

/**
 * What the verifier wants to see in a register that a helper takes as an argument ({@code enum
 * bpf_arg_type} of the kernel, coarsened).
 *
 * <p>A pointer to memory is followed by the {@link #SIZE} of that memory; where it is not, the
 * helper fixes the size.
 */
public enum ArgumentKind {
  /** Any initialised value: flags, offsets, indexes, addresses that the helper checks itself. */
  ANYTHING,
  /** The bytes of the memory that the argument before points to. */
  SIZE,
  /** A number of bytes that the verifier knows to be constant. */
  CONSTANT_SIZE,
  /** The program's context, unchanged. */
  CONTEXT,
  /** A map, as {@link Constant.MapFd} loads it. */
  MAP,
  /** A key of the call's map, which the helper reads. */
  MAP_KEY,
  /** A value of the call's map, which the helper reads. */
  MAP_VALUE,
  /** Room for a value of the call's map, which the helper writes. */
  MAP_VALUE_WRITTEN,
  /** Initialised memory, which the helper reads. */
  MEMORY_READ,
  /** Memory that need not be initialised, which the helper writes. */
  MEMORY_WRITTEN,
  /** Initialised memory, which the helper writes. */
  MEMORY_UPDATED,
  /** Constant text in a read-only map, which ends with a zero byte. */
  STRING,
  /** A socket, in the verifier's own form or a kernel object. */
  SOCKET,
  /** A kernel object of the type that the helper's documentation names (BTF pointer). */
  KERNEL_OBJECT,
  /** A per-CPU variable of the kernel, as a load of its address makes it. */
  PER_CPU_VARIABLE,
  /** A {@code bpf_spin_lock} in a map value. */
  SPIN_LOCK,
  /** A {@code bpf_timer} in a map value. */
  TIMER,
  /** A place in a map value that holds a pointer to a kernel object. */
  KPTR,
  /** A dynamic pointer on the stack. */
  DYNPTR,
  /** Room for a dynamic pointer on the stack, which the helper makes. */
  DYNPTR_WRITTEN,
  /** A record that was reserved in a ring buffer; the call ends its life. */
  RINGBUF_RECORD,
  /** A function of the program, which the helper calls. */
  CALLBACK,
  /** A pointer into the stack, which the helper hands to its callback. */
  CALLBACK_CONTEXT
}
