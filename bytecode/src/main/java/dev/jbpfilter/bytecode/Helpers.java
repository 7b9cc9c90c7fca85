package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.CallTarget.Helper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The helpers of Linux 6.18 ({@code enum bpf_func_id} of linux/bpf.h). The kernel adds no more:
 * what is new since 6.2 are kernel functions.
 */
public final class Helpers {
  /** {@code void *map_lookup_elem(map, key)}: the value, or 0. */
  public static final Helper MAP_LOOKUP_ELEM = new Helper(1);

  /** {@code u64 ktime_get_ns()}: nanoseconds since boot, without time asleep. */
  public static final Helper KTIME_GET_NS = new Helper(5);

  /** {@code long trace_printk(format, size, ...)}: a line in the kernel's trace pipe. */
  public static final Helper TRACE_PRINTK = new Helper(6);

  /** {@code u32 get_prandom_u32()}. */
  public static final Helper GET_PRANDOM_U32 = new Helper(7);

  /** {@code long tail_call(ctx, programs, index)}: returns only if it fails. */
  public static final Helper TAIL_CALL = new Helper(12);

  /** {@code u64 get_current_pid_tgid()}: the process in the upper half, the thread in the lower. */
  public static final Helper GET_CURRENT_PID_TGID = new Helper(14);

  /** {@code long get_current_comm(buffer, size)}: the name of the current task. */
  public static final Helper GET_CURRENT_COMM = new Helper(16);

  /** {@code long redirect(ifindex, flags)}: what the program has to return then. */
  public static final Helper REDIRECT = new Helper(23);

  /** {@code long skb_load_bytes(skb, offset, buffer, length)}: 0, or a negative errno. */
  public static final Helper SKB_LOAD_BYTES = new Helper(26);

  /** {@code u32 get_hash_recalc(skb)}: the flow hash. */
  public static final Helper GET_HASH_RECALC = new Helper(34);

  /** {@code long ringbuf_output(ring, data, size, flags)}: 0, or a negative errno. */
  public static final Helper RINGBUF_OUTPUT = new Helper(130);

  /**
   * {@code u64 xdp_get_buff_len(ctx)}: bytes of the whole frame, fragments included; Linux 5.18.
   */
  public static final Helper XDP_GET_BUFF_LEN = new Helper(188);

  /** {@code long xdp_load_bytes(ctx, offset, buffer, length)}: 0, or a negative errno; 5.18. */
  public static final Helper XDP_LOAD_BYTES = new Helper(189);

  /** {@code long dynptr_read(buffer, length, dynptr, offset, flags)}: 0, or a negative errno. */
  public static final Helper DYNPTR_READ = new Helper(201);

  private Helpers() {}

  /** The helper with a number; empty if there is none in Linux 6.18. */
  public static Optional<HelperInfo> of(int number) {
    return HelperTable.has(number) ? Optional.of(HelperTable.info(number)) : Optional.empty();
  }

  /**
   * The helper with a name.
   *
   * @param name the name without the {@code bpf_} prefix
   */
  public static Optional<HelperInfo> named(String name) {
    int number = HelperTable.number(name);
    return number == 0 ? Optional.empty() : Optional.of(HelperTable.info(number));
  }

  /** All helpers by ascending number, which is also the order in which the kernel got them. */
  public static List<HelperInfo> all() {
    List<HelperInfo> helpers = new ArrayList<>(HelperTable.COUNT);
    for (int number = 1; number <= HelperTable.COUNT; number++) {
      helpers.add(HelperTable.info(number));
    }
    return Collections.unmodifiableList(helpers);
  }
}
