package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.CallTarget.Helper;

/** The helpers that generated programs call ({@code enum bpf_func_id} of linux/bpf.h). */
public final class Helpers {
  /** {@code void *map_lookup_elem(map, key)}: the value, or 0. */
  public static final Helper MAP_LOOKUP_ELEM = new Helper(1, "map_lookup_elem");

  /**
   * {@code u64 xdp_get_buff_len(ctx)}: bytes of the whole frame, fragments included; Linux 5.18.
   */
  public static final Helper XDP_GET_BUFF_LEN = new Helper(188, "xdp_get_buff_len");

  /** {@code long xdp_load_bytes(ctx, offset, buffer, length)}: 0, or a negative errno; 5.18. */
  public static final Helper XDP_LOAD_BYTES = new Helper(189, "xdp_load_bytes");

  private Helpers() {}
}
