package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapSpec.MapBtf;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.btf.BtfEncoder;
import dev.jbpfilter.loader.kernel.internal.Libc;
import dev.jbpfilter.loader.kernel.internal.NativeMemory;
import dev.jbpfilter.loader.kernel.internal.Syscall;
import dev.jbpfilter.loader.kernel.internal.Syscalls;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The running kernel: turns specifications into objects, and opens what is there. Every failure is
 * a {@link BpfException} with the kernel's errno.
 *
 * <pre>{@code
 * Kernel kernel = Kernel.system();
 * try (BpfMap counters = kernel.createMap(mapSpec);
 *     BpfProgram program = kernel.loadProgram(programSpec, Map.of("counters", counters));
 *     BpfLink link = kernel.attachXdp(program, kernel.interfaceIndex("eth0"), XdpMode.NATIVE)) {
 *   ...
 * }
 * }</pre>
 */
public final class Kernel {
  private static final int KEY_SIZE = 4;
  private static final int VALUE_SIZE = 8;
  private static final int MAX_ENTRIES = 12;
  private static final int MAP_FLAGS = 16;
  private static final int MAP_NAME = 28;
  private static final int BTF_FD = 48;
  private static final int BTF_KEY_TYPE = 52;
  private static final int BTF_VALUE_TYPE = 56;

  private static final int BTF_DATA = 0;
  private static final int BTF_LOG = 8;
  private static final int BTF_SIZE = 16;
  private static final int BTF_LOG_SIZE = 20;
  private static final int BTF_LOG_LEVEL = 24;
  private static final int BTF_LOG_BYTES = 1 << 16;

  private static final int LINK_TARGET = 4;
  private static final int LINK_ATTACH_TYPE = 8;
  private static final int LINK_FLAGS = 12;

  /** Where the part begins that differs between kinds of links. */
  private static final int LINK_OPTIONS = 16;

  private static final int NFPROTO_IPV6 = 10;

  private static final String RELEASE = "/proc/sys/kernel/osrelease";
  private static final String NETWORK_NAMESPACE = "/proc/thread-self/ns/net";

  private final Linux linux;
  private final KernelTypes types;
  private final @Nullable BpfToken token;

  Kernel(Syscalls syscalls) {
    this(syscalls, step -> {});
  }

  Kernel(Syscalls syscalls, Consumer<String> steps) {
    linux = new Linux(syscalls, steps);
    types = new KernelTypes(linux, KernelTypes.PATH);
    token = null;
  }

  private Kernel(Linux linux, KernelTypes types, BpfToken token) {
    this.linux = linux;
    this.types = types;
    this.token = token;
  }

  /**
   * The kernel that this process runs on.
   *
   * @throws IllegalStateException if it is not Linux, or not on x86-64 or aarch64
   */
  public static Kernel system() {
    return new Kernel(new Libc());
  }

  /**
   * The same, telling each step that changes something or locks it, by its object and the system
   * call.
   *
   * @throws IllegalStateException if it is not Linux, or not on x86-64 or aarch64
   */
  public static Kernel system(Consumer<String> steps) {
    return new Kernel(new Libc(), steps);
  }

  /**
   * Creates a token, for {@link #with}, of the BPF file system whose root this is: {@code ENOENT}
   * if the kernel knows no tokens or the file system delegates nothing, {@code EPERM} in another
   * user name space or without {@code CAP_BPF}, {@code EOPNOTSUPP} in the initial one.
   */
  public BpfToken createToken(Directory bpffs) {
    return BpfToken.create(linux, types, bpffs);
  }

  /**
   * The same kernel, whose {@code BPF_PROG_LOAD}, {@code BPF_MAP_CREATE} and {@code BPF_BTF_LOAD}
   * carry a token, which stays the caller's to close.
   */
  public Kernel with(BpfToken rights) {
    return new Kernel(linux.with(rights.fd()), types, rights);
  }

  /**
   * Creates a map, with the type information of its specification if that has any, and the entries.
   * One that is {@linkplain MapSpec#isConstant constant} is frozen.
   *
   * @throws BpfException of command {@code BPF_BTF_LOAD} if the kernel refuses the type
   *     information; {@link #createMapWithoutTypes} may still work
   */
  public BpfMap createMap(MapSpec spec) {
    MapBtf types = spec.btf();
    if (types == null) {
      return createMapWithoutTypes(spec);
    }
    try (Fd btf = loadBtf(BtfEncoder.encode(types.btf()));
        Attributes attributes = new Attributes()) {
      attributes
          .set(BTF_FD, btf.number())
          .set(BTF_KEY_TYPE, types.keyType())
          .set(BTF_VALUE_TYPE, types.valueType());
      return createMap(spec, attributes);
    }
  }

  /** Creates a map without type information, whatever its specification has. */
  public BpfMap createMapWithoutTypes(MapSpec spec) {
    try (Attributes attributes = new Attributes()) {
      return createMap(spec, attributes);
    }
  }

  /**
   * Loads type information. A refused one comes with the kernel's log.
   *
   * @param btf in the kernel's format: header, types, strings
   */
  public Fd loadBtf(byte[] btf) {
    String object = "BTF (" + btf.length + " bytes)";
    try (Attributes attributes = new Attributes()) {
      attributes.setPointer(BTF_DATA, btf).set(BTF_SIZE, btf.length);
      int result = linux.attempt(BpfCommand.BTF_LOAD, attributes);
      if (result < 0) {
        NativeMemory log = attributes.allocate(BTF_LOG, BTF_LOG_BYTES);
        attributes.set(BTF_LOG_SIZE, BTF_LOG_BYTES).set(BTF_LOG_LEVEL, 1);
        int explained = linux.attempt(BpfCommand.BTF_LOAD, attributes);
        if (explained < 0) {
          String text = log.getString(0, BTF_LOG_BYTES);
          throw refusals()
              .explain(new BpfException(BpfCommand.BTF_LOAD.label(), -result, object, text));
        }
        result = explained;
      }
      return new Fd(linux, result, object);
    }
  }

  /**
   * Loads a program. A refused one comes with the verifier's log. The kernel's type information is
   * read when the first program needs it; {@code EOPNOTSUPP} if the kernel has none, or not the
   * function, variable or member that a program names.
   *
   * @param maps the maps that the program refers to, by the names that it has for them
   * @throws IllegalArgumentException if a map is missing
   */
  public BpfProgram loadProgram(ProgramSpec spec, Map<String, BpfMap> maps) {
    try {
      ProgramLoader loader = new ProgramLoader(linux, types, spec, maps);
      if (!FunctionTypes.areNeededFor(spec)) {
        return loader.load();
      }
      FunctionTypes functions = FunctionTypes.of(spec);
      try (Fd btf = loadBtf(functions.btf())) {
        return loader.with(functions, btf).load();
      }
    } catch (BpfException e) {
      throw refusals().explain(e, spec);
    }
  }

  /**
   * Opens a loaded program ({@code BPF_PROG_GET_FD_BY_ID}): {@code ENOENT} if there is none of that
   * id, {@code EPERM} without {@code CAP_SYS_ADMIN}.
   */
  public BpfProgram openProgram(int id) {
    String object = "program " + Integer.toUnsignedString(id);
    try (Attributes attributes = new Attributes()) {
      int program = linux.call(object, BpfCommand.PROG_GET_FD_BY_ID, attributes.set(0, id));
      return new BpfProgram(new Fd(linux, program, object));
    }
  }

  /**
   * Attaches a program to a network device: {@code EBUSY} if another is there, {@code EOPNOTSUPP}
   * if the driver has no such mode.
   */
  public BpfLink attachXdp(BpfProgram program, int interfaceIndex, XdpMode mode) {
    String object = "XDP link on interface " + interfaceIndex;
    try (Attributes attributes = new Attributes()) {
      attributes.set(LINK_FLAGS, mode.flag());
      return createLink(object, program, interfaceIndex, AttachType.XDP, attributes);
    }
  }

  /**
   * Attaches a program to one direction of a network device, behind all that are there. Linux 6.6.
   *
   * @param direction {@link AttachType#TCX_INGRESS} or {@link AttachType#TCX_EGRESS}
   */
  public BpfLink attachTcx(BpfProgram program, int interfaceIndex, AttachType direction) {
    return attachTcx(program, interfaceIndex, direction, null);
  }

  /**
   * Attaches a program to one direction of a network device. Linux 6.6.
   *
   * @param direction {@link AttachType#TCX_INGRESS} or {@link AttachType#TCX_EGRESS}
   * @param neighbour what it is to run beside; null if behind all that are there
   */
  public BpfLink attachTcx(
      BpfProgram program,
      int interfaceIndex,
      AttachType direction,
      @Nullable TcxNeighbour neighbour) {
    String object = "TC link on interface " + interfaceIndex;
    try (Attributes attributes = new Attributes()) {
      if (neighbour != null) {
        attributes
            .set(LINK_FLAGS, neighbour.flags())
            .set(LINK_OPTIONS, neighbour.link().fd().number());
      }
      return createLink(object, program, interfaceIndex, direction, attributes);
    }
  }

  /**
   * The links of one direction of a network device, in the order in which their programs run, by
   * their {@linkplain LinkInfo#id ids}; 0 for a program that is attached without a link. Empty for
   * processes that the kernel does not tell, without {@code CAP_NET_ADMIN} in the initial user name
   * space.
   */
  public Optional<List<Integer>> tcxLinks(int interfaceIndex, AttachType direction) {
    return TcxQuery.run(linux, interfaceIndex, direction);
  }

  /**
   * Attaches a program to a Netfilter hook of the calling thread's network name space: {@code
   * EBUSY} if another program has the same place. Linux 6.4.
   *
   * @param protocolFamily {@code NFPROTO_IPV4} (2) or {@code NFPROTO_IPV6} (10)
   * @param hook {@code NF_INET_*}, 0 to 4
   * @param priority lower ones see packets first; the least and the greatest int are refused
   */
  public BpfLink attachNetfilter(BpfProgram program, int protocolFamily, int hook, int priority) {
    String object =
        (protocolFamily == NFPROTO_IPV6 ? "IPv6" : "IPv4")
            + " Netfilter link on hook "
            + hook
            + ", priority "
            + priority;
    try (Attributes attributes = new Attributes()) {
      attributes
          .set(LINK_OPTIONS, protocolFamily)
          .set(LINK_OPTIONS + 4, hook)
          .set(LINK_OPTIONS + 8, priority);
      return createLink(object, program, 0, AttachType.NETFILTER, attributes);
    }
  }

  /**
   * Attaches a program to a cgroup, beside those that are there: {@code EBADF} if the directory is
   * not one of cgroup v2.
   */
  public BpfLink attachCgroup(BpfProgram program, Directory cgroup, AttachType attachType) {
    String object = "cgroup link on " + cgroup;
    try (Attributes attributes = new Attributes()) {
      return createLink(object, program, cgroup.fd().number(), attachType, attributes);
    }
  }

  /**
   * The XDP program of a device of the calling thread's network name space; empty if it has none in
   * one of our modes, or there is no such device.
   */
  public Optional<XdpProgram> xdpProgram(int interfaceIndex) {
    return XdpQuery.run(linux, interfaceIndex);
  }

  /**
   * Opens a ring buffer for reading.
   *
   * @param map of type {@link dev.jbpfilter.bytecode.MapType#RINGBUF}; closed with what is returned
   * @throws IllegalArgumentException if it is another map, or larger than 512 MiB
   */
  public RingBuffer openRingBuffer(BpfMap map) {
    return new RingBuffer(linux, map);
  }

  /**
   * When the clock was 0 that programs read with {@code bpf_ktime_get_ns}, by the present setting
   * of the wall clock, in nanoseconds since 1970 (UTC).
   */
  public long bootTime() {
    long before = linux.clock(Linux.MONOTONIC);
    long now = linux.clock(Linux.REALTIME);
    return now - (before + linux.clock(Linux.MONOTONIC)) / 2;
  }

  /** Opens a directory; symbolic links in the path are followed. */
  public Directory openDirectory(String path) {
    return Directory.open(linux, path);
  }

  /** The network name space of the calling thread. */
  public FileIdentity networkNamespace() {
    return linux.status(Linux.AT_FDCWD, NETWORK_NAMESPACE, 0, NETWORK_NAMESPACE).identity();
  }

  /** The index of a network interface, in the calling thread's network name space. */
  public int interfaceIndex(String name) {
    return Interfaces.index(linux, name);
  }

  /** The name of a network interface, in the calling thread's network name space. */
  public String interfaceName(int index) {
    return Interfaces.name(linux, index);
  }

  /**
   * Whether the kernel has a feature: tries it, without any effect that stays. Some tries need
   * privileges; without them it is not known.
   */
  public FeatureStatus probe(Feature feature) {
    return new FeatureProbe(linux, types).run(feature);
  }

  /** The kernel's name for itself, such as {@code 6.18.0-amd64}. */
  public String release() {
    return linux.readFile(RELEASE).strip();
  }

  /** The number of this process. */
  public int processId() {
    return (int) linux.call("process", Syscall.GETPID);
  }

  private Refusals refusals() {
    return new Refusals(linux, new FeatureProbe(linux, types), token);
  }

  private BpfLink createLink(
      String object, BpfProgram program, int target, AttachType type, Attributes attributes) {
    attributes
        .set(0, program.fd().number())
        .set(LINK_TARGET, target)
        .set(LINK_ATTACH_TYPE, type.number());
    try {
      int link = linux.call(object, BpfCommand.LINK_CREATE, attributes);
      return new BpfLink(new Fd(linux, link, object));
    } catch (BpfException e) {
      throw refusals().explain(e, type);
    }
  }

  private BpfMap createMap(MapSpec spec, Attributes attributes) {
    String object = "map " + spec.name();
    attributes
        .set(0, spec.type().number())
        .set(KEY_SIZE, spec.keySize())
        .set(VALUE_SIZE, spec.valueSize())
        .set(MAX_ENTRIES, spec.maxEntries())
        .set(MAP_FLAGS, spec.flags())
        .setName(MAP_NAME, spec.name());
    int result = linux.attempt(BpfCommand.MAP_CREATE, attributes);
    String refused =
        result == -Errno.EPERM && token == null
            ? object + " (needs CAP_BPF; before Linux 5.11 also RLIMIT_MEMLOCK counts)"
            : object;
    if (result < 0) {
      throw refusals()
          .explain(new BpfException(BpfCommand.MAP_CREATE.label(), -result, refused), spec);
    }
    linux.tell(object, BpfCommand.MAP_CREATE.label());
    return BpfMap.of(linux, new Fd(linux, result, object), spec);
  }
}
