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

  /** {@code long tail_call(ctx, programs, index)}: returns only if it fails. */
  public static final Helper TAIL_CALL = new Helper(12);

  /**
   * {@code u64 xdp_get_buff_len(ctx)}: bytes of the whole frame, fragments included; Linux 5.18.
   */
  public static final Helper XDP_GET_BUFF_LEN = new Helper(188);

  /** {@code long xdp_load_bytes(ctx, offset, buffer, length)}: 0, or a negative errno; 5.18. */
  public static final Helper XDP_LOAD_BYTES = new Helper(189);

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
