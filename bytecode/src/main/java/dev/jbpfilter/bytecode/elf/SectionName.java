package dev.jbpfilter.bytecode.elf;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names by which libbpf knows what the programs of a section are (its page "Program Types and
 * ELF Sections"). What follows a slash is for its loader: what to attach to.
 *
 * @param flags {@code BPF_F_*} of BPF_PROG_LOAD
 */
record SectionName(String name, ProgramType type, AttachType attachType, int flags) {
  /** {@code BPF_F_SLEEPABLE}. */
  private static final int SLEEPABLE = 1 << 4;

  /** The expected attach type of programs that need none. */
  private static final AttachType NONE = AttachType.CGROUP_INET_INGRESS;

  private static final SectionName UNKNOWN = row("", ProgramType.UNSPEC);

  /** Of several that fit a program, the first is the one to write. */
  private static final List<SectionName> ALL =
      List.of(
          row("socket", ProgramType.SOCKET_FILTER),
          row(
              "sk_reuseport/migrate",
              ProgramType.SK_REUSEPORT,
              AttachType.SK_REUSEPORT_SELECT_OR_MIGRATE),
          row("sk_reuseport", ProgramType.SK_REUSEPORT, AttachType.SK_REUSEPORT_SELECT),
          row("kprobe", ProgramType.KPROBE),
          row("uprobe", ProgramType.KPROBE),
          row("uprobe.s", ProgramType.KPROBE, NONE, SLEEPABLE),
          row("kretprobe", ProgramType.KPROBE),
          row("uretprobe", ProgramType.KPROBE),
          row("uretprobe.s", ProgramType.KPROBE, NONE, SLEEPABLE),
          row("kprobe.multi", ProgramType.KPROBE, AttachType.TRACE_KPROBE_MULTI),
          row("kretprobe.multi", ProgramType.KPROBE, AttachType.TRACE_KPROBE_MULTI),
          row("kprobe.session", ProgramType.KPROBE, AttachType.TRACE_KPROBE_SESSION),
          row("uprobe.multi", ProgramType.KPROBE, AttachType.TRACE_UPROBE_MULTI),
          row("uprobe.multi.s", ProgramType.KPROBE, AttachType.TRACE_UPROBE_MULTI, SLEEPABLE),
          row("uretprobe.multi", ProgramType.KPROBE, AttachType.TRACE_UPROBE_MULTI),
          row("uretprobe.multi.s", ProgramType.KPROBE, AttachType.TRACE_UPROBE_MULTI, SLEEPABLE),
          row("uprobe.session", ProgramType.KPROBE, AttachType.TRACE_UPROBE_SESSION),
          row("uprobe.session.s", ProgramType.KPROBE, AttachType.TRACE_UPROBE_SESSION, SLEEPABLE),
          row("ksyscall", ProgramType.KPROBE),
          row("kretsyscall", ProgramType.KPROBE),
          row("usdt", ProgramType.KPROBE),
          row("usdt.s", ProgramType.KPROBE, NONE, SLEEPABLE),
          row("tcx/ingress", ProgramType.SCHED_CLS, AttachType.TCX_INGRESS),
          row("tcx/egress", ProgramType.SCHED_CLS, AttachType.TCX_EGRESS),
          row("tc/ingress", ProgramType.SCHED_CLS, AttachType.TCX_INGRESS),
          row("tc/egress", ProgramType.SCHED_CLS, AttachType.TCX_EGRESS),
          row("netkit/primary", ProgramType.SCHED_CLS, AttachType.NETKIT_PRIMARY),
          row("netkit/peer", ProgramType.SCHED_CLS, AttachType.NETKIT_PEER),
          row("tc", ProgramType.SCHED_CLS),
          row("classifier", ProgramType.SCHED_CLS),
          row("action", ProgramType.SCHED_ACT),
          row("tracepoint", ProgramType.TRACEPOINT),
          row("tp", ProgramType.TRACEPOINT),
          row("raw_tracepoint.w", ProgramType.RAW_TRACEPOINT_WRITABLE),
          row("raw_tp.w", ProgramType.RAW_TRACEPOINT_WRITABLE),
          row("raw_tracepoint", ProgramType.RAW_TRACEPOINT),
          row("raw_tp", ProgramType.RAW_TRACEPOINT),
          row("tp_btf", ProgramType.TRACING, AttachType.TRACE_RAW_TP),
          row("fentry", ProgramType.TRACING, AttachType.TRACE_FENTRY),
          row("fentry.s", ProgramType.TRACING, AttachType.TRACE_FENTRY, SLEEPABLE),
          row("fmod_ret", ProgramType.TRACING, AttachType.MODIFY_RETURN),
          row("fmod_ret.s", ProgramType.TRACING, AttachType.MODIFY_RETURN, SLEEPABLE),
          row("fexit", ProgramType.TRACING, AttachType.TRACE_FEXIT),
          row("fexit.s", ProgramType.TRACING, AttachType.TRACE_FEXIT, SLEEPABLE),
          row("iter", ProgramType.TRACING, AttachType.TRACE_ITER),
          row("iter.s", ProgramType.TRACING, AttachType.TRACE_ITER, SLEEPABLE),
          row("freplace", ProgramType.EXT),
          row("lsm", ProgramType.LSM, AttachType.LSM_MAC),
          row("lsm.s", ProgramType.LSM, AttachType.LSM_MAC, SLEEPABLE),
          row("lsm_cgroup", ProgramType.LSM, AttachType.LSM_CGROUP),
          row("syscall", ProgramType.SYSCALL, NONE, SLEEPABLE),
          row(
              "xdp.frags/devmap",
              ProgramType.XDP,
              AttachType.XDP_DEVMAP,
              ProgramSpec.XDP_HAS_FRAGS),
          row("xdp/devmap", ProgramType.XDP, AttachType.XDP_DEVMAP),
          row(
              "xdp.frags/cpumap",
              ProgramType.XDP,
              AttachType.XDP_CPUMAP,
              ProgramSpec.XDP_HAS_FRAGS),
          row("xdp/cpumap", ProgramType.XDP, AttachType.XDP_CPUMAP),
          row("xdp.frags", ProgramType.XDP, AttachType.XDP, ProgramSpec.XDP_HAS_FRAGS),
          row("xdp", ProgramType.XDP, AttachType.XDP),
          row("perf_event", ProgramType.PERF_EVENT),
          row("lwt_in", ProgramType.LWT_IN),
          row("lwt_out", ProgramType.LWT_OUT),
          row("lwt_xmit", ProgramType.LWT_XMIT),
          row("lwt_seg6local", ProgramType.LWT_SEG6LOCAL),
          row("sockops", ProgramType.SOCK_OPS, AttachType.CGROUP_SOCK_OPS),
          row("sk_skb/stream_parser", ProgramType.SK_SKB, AttachType.SK_SKB_STREAM_PARSER),
          row("sk_skb/stream_verdict", ProgramType.SK_SKB, AttachType.SK_SKB_STREAM_VERDICT),
          row("sk_skb/verdict", ProgramType.SK_SKB, AttachType.SK_SKB_VERDICT),
          row("sk_skb", ProgramType.SK_SKB),
          row("sk_msg", ProgramType.SK_MSG, AttachType.SK_MSG_VERDICT),
          row("lirc_mode2", ProgramType.LIRC_MODE2, AttachType.LIRC_MODE2),
          row("flow_dissector", ProgramType.FLOW_DISSECTOR, AttachType.FLOW_DISSECTOR),
          row("cgroup_skb/ingress", ProgramType.CGROUP_SKB, AttachType.CGROUP_INET_INGRESS),
          row("cgroup_skb/egress", ProgramType.CGROUP_SKB, AttachType.CGROUP_INET_EGRESS),
          row("cgroup/skb", ProgramType.CGROUP_SKB),
          row("cgroup/sock_create", ProgramType.CGROUP_SOCK, AttachType.CGROUP_INET_SOCK_CREATE),
          row("cgroup/sock_release", ProgramType.CGROUP_SOCK, AttachType.CGROUP_INET_SOCK_RELEASE),
          row("cgroup/sock", ProgramType.CGROUP_SOCK, AttachType.CGROUP_INET_SOCK_CREATE),
          row("cgroup/post_bind4", ProgramType.CGROUP_SOCK, AttachType.CGROUP_INET4_POST_BIND),
          row("cgroup/post_bind6", ProgramType.CGROUP_SOCK, AttachType.CGROUP_INET6_POST_BIND),
          row("cgroup/bind4", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET4_BIND),
          row("cgroup/bind6", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET6_BIND),
          row("cgroup/connect4", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET4_CONNECT),
          row("cgroup/connect6", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET6_CONNECT),
          row("cgroup/connect_unix", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UNIX_CONNECT),
          row("cgroup/sendmsg4", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UDP4_SENDMSG),
          row("cgroup/sendmsg6", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UDP6_SENDMSG),
          row("cgroup/sendmsg_unix", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UNIX_SENDMSG),
          row("cgroup/recvmsg4", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UDP4_RECVMSG),
          row("cgroup/recvmsg6", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UDP6_RECVMSG),
          row("cgroup/recvmsg_unix", ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UNIX_RECVMSG),
          row(
              "cgroup/getpeername4",
              ProgramType.CGROUP_SOCK_ADDR,
              AttachType.CGROUP_INET4_GETPEERNAME),
          row(
              "cgroup/getpeername6",
              ProgramType.CGROUP_SOCK_ADDR,
              AttachType.CGROUP_INET6_GETPEERNAME),
          row(
              "cgroup/getpeername_unix",
              ProgramType.CGROUP_SOCK_ADDR,
              AttachType.CGROUP_UNIX_GETPEERNAME),
          row(
              "cgroup/getsockname4",
              ProgramType.CGROUP_SOCK_ADDR,
              AttachType.CGROUP_INET4_GETSOCKNAME),
          row(
              "cgroup/getsockname6",
              ProgramType.CGROUP_SOCK_ADDR,
              AttachType.CGROUP_INET6_GETSOCKNAME),
          row(
              "cgroup/getsockname_unix",
              ProgramType.CGROUP_SOCK_ADDR,
              AttachType.CGROUP_UNIX_GETSOCKNAME),
          row("cgroup/sysctl", ProgramType.CGROUP_SYSCTL, AttachType.CGROUP_SYSCTL),
          row("cgroup/getsockopt", ProgramType.CGROUP_SOCKOPT, AttachType.CGROUP_GETSOCKOPT),
          row("cgroup/setsockopt", ProgramType.CGROUP_SOCKOPT, AttachType.CGROUP_SETSOCKOPT),
          row("cgroup/dev", ProgramType.CGROUP_DEVICE, AttachType.CGROUP_DEVICE),
          row("struct_ops", ProgramType.STRUCT_OPS),
          row("struct_ops.s", ProgramType.STRUCT_OPS, NONE, SLEEPABLE),
          row("sk_lookup", ProgramType.SK_LOOKUP, AttachType.SK_LOOKUP),
          row("netfilter", ProgramType.NETFILTER, AttachType.NETFILTER));

  /** The section for a program; null if libbpf has none. */
  static @Nullable String of(ProgramSpec program) {
    for (SectionName row : ALL) {
      if (row.type == program.type()
          && row.attachType == program.attachType()
          && row.flags == program.flags()) {
        return row.name;
      }
    }
    return null;
  }

  /** What the programs of a section are; of type {@code UNSPEC} if the name does not tell. */
  static SectionName parse(String section) {
    SectionName best = UNKNOWN;
    for (SectionName row : ALL) {
      boolean fits =
          section.startsWith(row.name)
              && (section.length() == row.name.length()
                  || section.charAt(row.name.length()) == '/');
      if (fits && row.name.length() > best.name.length()) {
        best = row;
      }
    }
    return best;
  }

  private static SectionName row(String name, ProgramType type) {
    return row(name, type, NONE);
  }

  private static SectionName row(String name, ProgramType type, AttachType attachType) {
    return row(name, type, attachType, 0);
  }

  private static SectionName row(String name, ProgramType type, AttachType attachType, int flags) {
    return new SectionName(name, type, attachType, flags);
  }
}
