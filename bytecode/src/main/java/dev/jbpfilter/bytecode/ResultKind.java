package dev.jbpfilter.bytecode;

/**
 * What a helper leaves in {@code r0} ({@code enum bpf_return_type} of the kernel, coarsened). Every
 * kind but the first two is a pointer.
 */
public enum ResultKind {
  /** A number: a value, or 0 and negative errno values. */
  SCALAR,
  /** Nothing that may be read. */
  VOID,
  /** The value of a map, or of a local storage. */
  MAP_VALUE,
  /** A socket. */
  SOCKET,
  /** A record of a ring buffer, which has to be submitted or discarded. */
  RINGBUF_RECORD,
  /** Memory of the size that an argument gave. */
  MEMORY,
  /** One CPU's copy of a per-CPU variable of the kernel. */
  PER_CPU_VARIABLE,
  /** A kernel object of the type that the helper's documentation names (BTF pointer). */
  KERNEL_OBJECT
}
