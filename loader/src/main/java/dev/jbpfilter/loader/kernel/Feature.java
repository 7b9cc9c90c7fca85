package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.HelperInfo;
import dev.jbpfilter.bytecode.Helpers;
import dev.jbpfilter.bytecode.KernelVersion;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramType;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What programs, or those who load them, may need of the kernel and not every kernel has. Whether
 * the running one does is found out by {@linkplain Kernel#probe trying}; distributions add features
 * to old kernels and leave others out of new ones.
 */
// Its fields are records, which the check does not take for immutable.
@SuppressWarnings("ImmutableEnumChecker")
public enum Feature {
  KERNEL_TYPES("type information of the kernel (BTF)", "5.4", new Probe.Types()),
  PATH_FD("pins in a directory that is open (BPF_F_PATH_FD)", "6.5", new Probe.PathFd()),
  TOKEN("BPF tokens", "6.9", new Probe.Command(BpfCommand.TOKEN_CREATE, Probe.TOKEN_BPFFS_FD)),
  LINK_UPDATE(
      "exchange of the program of a link", "5.7", new Probe.Command(BpfCommand.LINK_UPDATE, 0)),
  LINK_DETACH(
      "end of an attachment by its link", "5.9", new Probe.Command(BpfCommand.LINK_DETACH, 0)),
  MAP_UPDATE_BATCH(
      "updates of many map entries at once",
      "5.6",
      new Probe.Command(BpfCommand.MAP_UPDATE_BATCH, Probe.BATCH_MAP_FD)),

  XDP_PROGRAM("XDP programs", "4.8", program(ProgramType.XDP, AttachType.XDP, 0)),
  XDP_FRAGMENTS(
      "XDP programs for frames in several buffers",
      "5.18",
      program(ProgramType.XDP, AttachType.XDP, ProgramSpec.XDP_HAS_FRAGS)),
  XDP_LINK("XDP links", "5.9", new Probe.Link(XDP_PROGRAM)),
  TC_PROGRAM(
      "traffic control programs",
      "4.1",
      program(ProgramType.SCHED_CLS, AttachType.CGROUP_INET_INGRESS, 0)),
  TCX_LINK("traffic control links (TCX)", "6.6", new Probe.Link(TC_PROGRAM)),
  NETFILTER_PROGRAM(
      "Netfilter programs", "6.4", program(ProgramType.NETFILTER, AttachType.NETFILTER, 0)),
  NETFILTER_LINK("Netfilter links", "6.4", new Probe.Link(NETFILTER_PROGRAM)),
  CGROUP_SKB_PROGRAM(
      "packet programs of cgroups",
      "4.10",
      program(ProgramType.CGROUP_SKB, AttachType.CGROUP_INET_INGRESS, 0)),
  CONNECT_PROGRAM(
      "connect programs of cgroups",
      "4.17",
      program(ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET4_CONNECT, 0)),
  SENDMSG_PROGRAM(
      "sendmsg programs of cgroups",
      "4.18",
      program(ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UDP4_SENDMSG, 0)),
  CGROUP_LINK("cgroup links", "5.7", new Probe.Link(CGROUP_SKB_PROGRAM)),

  ARRAY_MAP("arrays", "3.19", new Probe.Map(MapType.ARRAY, 4, 4, 1, 0)),
  CONSTANT_MAP(
      "arrays that programs can't write",
      "5.2",
      new Probe.Map(MapType.ARRAY, 4, 4, 1, Probe.BPF_F_RDONLY_PROG)),
  PERCPU_ARRAY_MAP("arrays for each CPU", "4.6", new Probe.Map(MapType.PERCPU_ARRAY, 4, 16, 1, 0)),
  RING_BUFFER_MAP("ring buffers", "5.8", new Probe.Map(MapType.RINGBUF, 0, 0, 1 << 16, 0)),

  HELPER_MAP_LOOKUP_ELEM("map_lookup_elem", XDP_PROGRAM),
  HELPER_KTIME_GET_NS("ktime_get_ns", XDP_PROGRAM),
  HELPER_GET_PRANDOM_U32("get_prandom_u32", XDP_PROGRAM),
  HELPER_REDIRECT("redirect", XDP_PROGRAM),
  HELPER_RINGBUF_OUTPUT("ringbuf_output", XDP_PROGRAM),
  HELPER_XDP_GET_BUFF_LEN("xdp_get_buff_len", XDP_PROGRAM),
  HELPER_XDP_LOAD_BYTES("xdp_load_bytes", XDP_PROGRAM),
  HELPER_SKB_LOAD_BYTES("skb_load_bytes", TC_PROGRAM),
  HELPER_GET_HASH_RECALC("get_hash_recalc", TC_PROGRAM),
  HELPER_GET_CURRENT_PID_TGID("get_current_pid_tgid", CONNECT_PROGRAM),
  HELPER_GET_CURRENT_COMM("get_current_comm", CONNECT_PROGRAM),
  HELPER_TRACE_PRINTK("trace_printk", TC_PROGRAM),
  HELPER_DYNPTR_READ("dynptr_read", TC_PROGRAM),

  DYNPTR_FROM_SKB("6.4", new Probe.Function("bpf_dynptr_from_skb")),
  RDONLY_CAST("6.2", new Probe.Function("bpf_rdonly_cast")),

  INSTRUCTIONS_V3(
      "comparisons of 32 bits (instruction set v3)",
      "5.1",
      // if w0 == 0 goto +0
      new Probe.Instruction(0x0000_0000_0000_0016L)),
  ATOMICS(
      "atomic operations that return the old value",
      "5.12",
      // r0 = atomic_fetch_add((u64 *)(r10 - 8), r0), behind the store of r0 there
      new Probe.Instruction(0x0000_0001_fff8_0adbL)),
  INSTRUCTIONS_V4(
      "far jumps and whole byte swaps (instruction set v4)",
      "6.6",
      // gotol +0
      new Probe.Instruction(0x0000_0000_0000_0006L));

  private static final String KERNEL = "this kernel lacks ";

  private final String text;
  private final KernelVersion since;
  private final Probe probe;

  Feature(String text, String since, Probe probe) {
    this.text = text;
    this.since = KernelVersion.parse(since);
    this.probe = probe;
  }

  /** A kernel function. */
  Feature(String since, Probe.Function function) {
    this("kernel function " + function.name(), since, function);
  }

  /** A helper, as programs of some kind call it. */
  Feature(String helper, Feature caller) {
    HelperInfo info = Helpers.named(helper).orElseThrow();
    this.text = "helper bpf_" + helper;
    this.since = info.since();
    this.probe = new Probe.Helper(info.number(), caller);
  }

  private static Probe program(ProgramType type, AttachType attachType, int flags) {
    return new Probe.Program(type, attachType, flags);
  }

  /** What it is called: lower case, words separated by underscores. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it is, in a few words. */
  public String text() {
    return text;
  }

  /** The first mainline release that has it. */
  public KernelVersion since() {
    return since;
  }

  /** How to find out whether the running kernel has it. */
  Probe probe() {
    return probe;
  }

  /** What a program needs to be loaded, without its maps. */
  public static Set<Feature> of(ProgramSpec program) {
    return ProgramNeeds.of(program);
  }

  /** What a map needs to be created. */
  public static Set<Feature> of(MapSpec map) {
    Set<Feature> needs = EnumSet.noneOf(Feature.class);
    for (Feature feature : values()) {
      if (feature.probe instanceof Probe.Map wanted && wanted.describes(map)) {
        needs.add(feature);
      }
    }
    return needs;
  }

  /** The helper of a number, if programs of ours may call it. */
  public static Optional<Feature> helper(int number) {
    return with(probe -> probe instanceof Probe.Helper helper && helper.number() == number);
  }

  /** The kernel function of a name, if programs of ours may call it. */
  public static Optional<Feature> function(String name) {
    return with(probe -> probe instanceof Probe.Function function && function.name().equals(name));
  }

  /** Links of an attach type, if we make such. */
  static Optional<Feature> link(AttachType type) {
    return switch (type) {
      case XDP -> Optional.of(XDP_LINK);
      case TCX_INGRESS, TCX_EGRESS -> Optional.of(TCX_LINK);
      case NETFILTER -> Optional.of(NETFILTER_LINK);
      case CGROUP_INET_INGRESS,
          CGROUP_INET_EGRESS,
          CGROUP_INET4_CONNECT,
          CGROUP_INET6_CONNECT,
          CGROUP_UDP4_SENDMSG,
          CGROUP_UDP6_SENDMSG ->
          Optional.of(CGROUP_LINK);
      default -> Optional.empty();
    };
  }

  private static Optional<Feature> with(Predicate<Probe> condition) {
    for (Feature feature : values()) {
      if (condition.test(feature.probe)) {
        return Optional.of(feature);
      }
    }
    return Optional.empty();
  }

  /** Says that the running kernel lacks it, and which have it; some helpers take a privilege. */
  String missing() {
    boolean privileged = probe instanceof Probe.Helper;
    String who = privileged ? "this kernel, or this process without CAP_PERFMON, lacks " : KERNEL;
    return who + text + ", which Linux " + since + " and later have";
  }
}
