package dev.jbpfilter.bytecode;

import java.util.List;

/**
 * What is known of a helper, from the kernel's {@code struct bpf_func_proto} and linux/bpf.h.
 *
 * <p>A few helpers take something else in some types of programs: {@code setsockopt}, {@code
 * getsockopt}, {@code get_socket_cookie}, {@code sk_storage_get} and {@code xdp_get_buff_len} take
 * a context in some and a socket or another kernel object in others, and {@code get_cgroup_classid}
 * takes nothing where there is no socket buffer. They are described as programs that see packets or
 * socket addresses call them. {@code trace_printk} takes up to three values more than its arguments
 * say.
 *
 * <p>Which registers a call destroys is the same for all helpers: {@link Phys#clobberedByCalls}.
 *
 * @param number the number in {@code enum bpf_func_id}
 * @param name the name without the {@code bpf_} prefix
 * @param since the first mainline release that has it, in some type of program
 * @param gplOnly whether programs need a GPL-compatible license to call it; some tracing programs
 *     may call {@code get_stackid} and {@code get_func_ip} without
 * @param result what it leaves in {@code r0}
 * @param resultMayBeNull whether a result that is a pointer has to be compared with 0 first
 * @param arguments what it takes in {@code r1}, {@code r2} and so on: at most five
 */
public record HelperInfo(
    int number,
    String name,
    KernelVersion since,
    boolean gplOnly,
    ResultKind result,
    boolean resultMayBeNull,
    List<Argument> arguments) {

  /**
   * An argument of a helper.
   *
   * @param kind what it is
   * @param mayBeZero whether a pointer may be 0 instead, or a size be 0
   */
  public record Argument(ArgumentKind kind, boolean mayBeZero) {}

  /** Copies the list. */
  public HelperInfo {
    arguments = List.copyOf(arguments);
  }
}
