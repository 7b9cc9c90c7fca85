package dev.jbpfilter.bytecode;

import java.util.Optional;

/** Program types ({@code enum bpf_prog_type} of Linux 6.18), in the order of their numbers. */
public enum ProgramType {
  UNSPEC(0),
  SOCKET_FILTER(1),
  KPROBE(2),
  SCHED_CLS(3),
  SCHED_ACT(4),
  TRACEPOINT(5),
  XDP(6),
  PERF_EVENT(7),
  CGROUP_SKB(8),
  CGROUP_SOCK(9),
  LWT_IN(10),
  LWT_OUT(11),
  LWT_XMIT(12),
  SOCK_OPS(13),
  SK_SKB(14),
  CGROUP_DEVICE(15),
  SK_MSG(16),
  RAW_TRACEPOINT(17),
  CGROUP_SOCK_ADDR(18),
  LWT_SEG6LOCAL(19),
  LIRC_MODE2(20),
  SK_REUSEPORT(21),
  FLOW_DISSECTOR(22),
  CGROUP_SYSCTL(23),
  RAW_TRACEPOINT_WRITABLE(24),
  CGROUP_SOCKOPT(25),
  TRACING(26),
  STRUCT_OPS(27),
  EXT(28),
  LSM(29),
  SK_LOOKUP(30),
  SYSCALL(31),
  NETFILTER(32);

  private static final ProgramType[] BY_NUMBER = values();

  private final int number;

  ProgramType(int number) {
    this.number = number;
  }

  /** The one of a number, if that is known. */
  public static Optional<ProgramType> of(int number) {
    return number >= 0 && number < BY_NUMBER.length
        ? Optional.of(BY_NUMBER[number])
        : Optional.empty();
  }

  /** The kernel's number. */
  public int number() {
    return number;
  }

  /** The structure that programs get, as the kernel's headers name it; empty if unknown here. */
  public Optional<String> contextStructure() {
    return switch (this) {
      case XDP -> Optional.of("xdp_md");
      case SOCKET_FILTER, SCHED_CLS, SCHED_ACT, CGROUP_SKB, SK_SKB -> Optional.of("__sk_buff");
      case NETFILTER -> Optional.of("bpf_nf_ctx");
      case CGROUP_SOCK -> Optional.of("bpf_sock");
      case CGROUP_SOCK_ADDR -> Optional.of("bpf_sock_addr");
      default -> Optional.empty();
    };
  }
}
