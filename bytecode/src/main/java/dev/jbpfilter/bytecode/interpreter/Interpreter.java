package dev.jbpfilter.bytecode.interpreter;

import dev.jbpfilter.bytecode.Atomic;
import dev.jbpfilter.bytecode.AtomicOp;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.interpreter.ExecutionFault.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a program without a kernel, as a little-endian machine with a single CPU would, and checks
 * each memory access.
 *
 * <pre>{@code
 * Interpreter interpreter = Interpreter.of(object);
 * int verdict = interpreter.run(Frame.of(bytes));
 * long count = interpreter.value("bf_cmap", 0).getLong(0);
 * }</pre>
 *
 * <p>All instructions are executed but for two, which are refused by name when the program is
 * loaded: loads of kernel variables, as there is no kernel, and casts between address spaces, as
 * there are no arenas. The context is that of the program's type: {@code XDP}, {@code SCHED_CLS},
 * {@code SOCKET_FILTER}, {@code CGROUP_SKB}, {@code NETFILTER}, and {@code CGROUP_SOCK_ADDR} for
 * connections and unconnected messages. What Netfilter programs read of the kernel's structures is
 * in {@link KernelObject}s of the frame.
 *
 * <p>Helpers: {@code map_lookup_elem}, {@code map_update_elem}, {@code map_delete_elem}, {@code
 * tail_call}, {@code loop}, {@code ringbuf_output}, {@code ringbuf_reserve}, {@code
 * ringbuf_submit}, {@code ringbuf_discard}, {@code ringbuf_query}, {@code ktime_get_ns}, {@code
 * ktime_get_coarse_ns}, {@code ktime_get_boot_ns}, {@code get_prandom_u32}, {@code
 * get_smp_processor_id}, {@code get_current_pid_tgid}, {@code get_current_comm}, {@code redirect},
 * {@code get_hash_recalc}, {@code skb_load_bytes}, {@code skb_load_bytes_relative}, {@code
 * xdp_get_buff_len}, {@code xdp_load_bytes}, {@code xdp_store_bytes}, {@code dynptr_read}. Others
 * fault when they are called. Kernel functions: {@code bpf_dynptr_from_xdp}, {@code
 * bpf_dynptr_from_skb}, {@code bpf_dynptr_slice}, {@code bpf_rdonly_cast}; others are refused when
 * the program is loaded.
 *
 * <p>Maps begin with the entries of their specification, zeros otherwise, and keep their contents
 * from run to run. Registers and stack frames hold nonsense until they are written, and {@code
 * r1}–{@code r5} do so again after each call.
 *
 * <p>An interpreter is for one thread at a time.
 */
public final class Interpreter {
  /** How many instructions a run may execute unless said otherwise. */
  public static final long DEFAULT_BUDGET = 10_000_000;

  /** How often {@code may_goto} goes on in a stack frame unless said otherwise. */
  public static final long DEFAULT_MAY_GOTO_ROUNDS = 1 << 23;

  private static final int MAX_TAIL_CALLS = 33;
  private static final long MAX_LOOPS = 1 << 23;

  /** In place of an instruction: returns from the function. */
  private static final int LEAVE = -1;

  private final Constants constants = new Constants();
  private final Memory memory;
  private final Packet packet;
  private final HelperCalls helpers;
  private final KernelFunctions kernelFunctions;
  private final Steps main;
  private long mayGotoRounds = DEFAULT_MAY_GOTO_ROUNDS;
  private long[] registers = new long[0];
  private CallStack calls;
  private Steps steps;
  private int tailCalls;

  private Interpreter(ObjectSpec object, Environment environment) {
    memory = new Memory(object.maps(), layout(object.program()));
    packet = new Packet(memory);
    kernelFunctions = new KernelFunctions(memory, packet);
    helpers = new HelperCalls(memory, packet, kernelFunctions, environment);
    main = new Steps(object.program(), memory, constants);
    steps = main;
    registers = constants.registers();
    calls = new CallStack(memory, registers);
  }

  private static ContextLayout layout(ProgramSpec program) {
    return ContextLayout.of(program.type(), program.attachType());
  }

  /**
   * A machine that has a program loaded and its maps created, in the world of {@link
   * Environment#repeatable} with seed 0.
   *
   * @throws dev.jbpfilter.bytecode.DecodeException if an instruction is unknown
   * @throws IllegalArgumentException if control leaves the code, the program needs what the
   *     interpreter does not have or names a map that there is not, or a map is not what the kernel
   *     would create
   */
  public static Interpreter of(ObjectSpec object) {
    return of(object, Environment.repeatable(0));
  }

  /** The same in another world. */
  public static Interpreter of(ObjectSpec object, Environment environment) {
    return new Interpreter(object, environment);
  }

  /**
   * Puts a program into a {@code BPF_MAP_TYPE_PROG_ARRAY}. It shares the maps by name.
   *
   * @throws IllegalArgumentException if there is no such array or index, the program is of another
   *     type, or as {@link #of(ObjectSpec)} says
   */
  public void setProgram(String map, int index, ProgramSpec program) {
    if (!(memory.map(map) instanceof ProgramState programs)) {
      throw new IllegalArgumentException(map + " holds no programs");
    }
    if (!layout(program).equals(memory.context().layout)) {
      throw new IllegalArgumentException("a program of type " + program.type());
    }
    programs.set(index, new Steps(program, memory, constants));
    registers = constants.registers();
    calls = new CallStack(memory, registers);
  }

  /**
   * How often {@code may_goto} goes on in a stack frame, before it goes to its target; the kernel
   * does so {@link #DEFAULT_MAY_GOTO_ROUNDS} times, or for a quarter of a second.
   */
  public void setMayGotoRounds(long rounds) {
    mayGotoRounds = rounds;
  }

  /** Runs the program with {@link #DEFAULT_BUDGET}. */
  public int run(Frame frame) {
    return run(frame, DEFAULT_BUDGET);
  }

  /**
   * Runs the program on a frame, which stays as it is even if the program writes to its copy.
   *
   * @param budget how many instructions may be executed
   * @return the program's result: the lower half of {@code r0}
   * @throws ExecutionFault if the program accesses memory that is not there, calls a helper wrongly
   *     or runs for too long; maps keep what was written until then
   * @throws IllegalArgumentException if the frame has a value for a field that the context lacks
   */
  public int run(Frame frame, long budget) {
    packet.enter(frame);
    helpers.reset();
    Arrays.fill(registers, 0, Constants.FIRST, Memory.POISON);
    registers[Phys.R1.number()] = Memory.CONTEXT;
    calls.reset(mayGotoRounds);
    tailCalls = 0;
    steps = main;
    return execute(budget);
  }

  /** The frame as the last run left it. */
  public byte[] packet() {
    return packet.toArray();
  }

  /**
   * What the last run left in a field of the context.
   *
   * @param name as in the structure that programs of the type get, such as {@code mark}
   * @throws IllegalArgumentException if there is no such field, or it is a pointer
   */
  public long field(String name) {
    return memory.context().value(name);
  }

  /** The interface to which the last run redirected the packet; 0 if to none. */
  public int redirectedTo() {
    return helpers.redirectedTo();
  }

  /** What the last run wrote into the kernel's trace, a text for each {@code trace_printk}. */
  public List<String> traces() {
    return helpers.traces();
  }

  /**
   * A map.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public InterpretedMap map(String name) {
    return new InterpretedMap(memory.map(name));
  }

  /**
   * A value of an array: a little-endian view, through which it can be read and written.
   *
   * @throws IllegalArgumentException if there is no such array or index
   */
  public ByteBuffer value(String map, int index) {
    if (!(memory.map(map) instanceof ArrayState array)) {
      throw new IllegalArgumentException(map + " is no array");
    }
    int offset = array.find(Integer.toUnsignedLong(index));
    if (offset == MapState.NONE) {
      throw new IllegalArgumentException("index " + index + " of " + array.spec);
    }
    return ByteBuffer.wrap(array.bytes(), offset, array.spec.valueSize())
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private int execute(long budget) {
    long[] r = registers;
    Steps s = steps;
    int at = 0;
    try {
      for (long left = budget; left > 0; left--) {
        int dst = s.dsts[at];
        int src = s.srcs[at];
        int extra = s.extras[at];
        int next = at + 1;
        switch (s.kinds[at]) {
          case ALU64 -> r[dst] = Semantics.alu64(s.aluOps[at], r[dst], r[src]);
          case ALU32 -> r[dst] = low(Semantics.alu32(s.aluOps[at], (int) r[dst], (int) r[src]));
          case NEGATE64 -> r[dst] = -r[dst];
          case NEGATE32 -> r[dst] = low(-r[dst]);
          case MOVE64 -> r[dst] = r[src];
          case MOVE32 -> r[dst] = low(r[src]);
          case EXTEND64 -> r[dst] = Semantics.signExtend(r[src], extra);
          case EXTEND32 -> r[dst] = low(Semantics.signExtend(r[src], extra));
          case ENDIAN -> r[dst] = Semantics.endian(s.byteSwaps[at], extra, r[dst]);
          case LOAD -> r[dst] = memory.load(r[src] + extra, s.sizes[at]);
          case LOAD_SIGNED -> {
            Size size = s.sizes[at];
            r[dst] = Semantics.signExtend(memory.load(r[src] + extra, size), 8 * size.bytes());
          }
          case LOAD_FIELD -> {
            Target.Field field = s.fields.get(extra);
            r[dst] = memory.objects().load(r[src], field.type(), field.field(), s.sizes[at]);
          }
          case STORE -> memory.store(r[dst] + extra, s.sizes[at], r[src]);
          case ATOMIC -> atomic(at, r[dst] + extra);
          case JUMP -> next = extra;
          case BRANCH64 ->
              next = Semantics.holds64(s.conditions[at], r[dst], r[src]) ? extra : next;
          case BRANCH32 ->
              next = Semantics.holds32(s.conditions[at], (int) r[dst], (int) r[src]) ? extra : next;
          case MAY_GOTO -> next = calls.mayGoOn() ? next : extra;
          case CALL -> next = call(extra, next);
          case CALL_KERNEL -> clobber(kernelFunctions.call(extra, r));
          case CALL_LOCAL -> {
            calls.enter(s, next);
            next = extra;
          }
          case LOAD_PACKET -> next = loadPacket(extra + (int) r[src], s.sizes[at], next);
          case EXIT -> next = LEAVE;
        }
        if (next < 0) {
          if (calls.isEmpty()) {
            requireNoReservations();
            return (int) r[0];
          }
          next = leave();
        }
        s = steps;
        at = next;
      }
    } catch (AccessException e) {
      throw fault(e, s, at);
    }
    String problem = "more than " + budget + " instructions";
    throw fault(new AccessException(Kind.BUDGET, 0, "", problem), s, at);
  }

  private static long low(long value) {
    return value & 0xffff_ffffL;
  }

  private void atomic(int at, long address) {
    if (!(steps.list.get(at).element() instanceof Atomic<Phys> atomic)) {
      throw new AssertionError(steps.list.get(at));
    }
    long[] r = registers;
    switch (atomic) {
      case Atomic.Update<Phys>(AtomicOp op, Size size, boolean fetch, Phys b, int o, Phys src) -> {
        memory.requireAtomic(address, size);
        long old = memory.load(address, size);
        memory.store(address, size, Semantics.atomic(op, old, r[src.number()]));
        if (fetch) {
          r[src.number()] = old;
        }
      }
      case Atomic.CompareExchange<Phys>(Size size, Phys b, int o, Phys expected, Phys src) -> {
        memory.requireAtomic(address, size);
        long old = memory.load(address, size);
        long wanted = r[expected.number()];
        if (old == (size == Size.W ? low(wanted) : wanted)) {
          memory.store(address, size, r[src.number()]);
        }
        r[expected.number()] = old;
      }
      case Atomic.LoadAcquire<Phys>(Size size, Phys dst, Phys b, int o) -> {
        memory.requireAtomic(address, size);
        r[dst.number()] = memory.load(address, size);
      }
      case Atomic.StoreRelease<Phys>(Size size, Phys b, int o, Phys src) -> {
        memory.requireAtomic(address, size);
        memory.store(address, size, r[src.number()]);
      }
    }
  }

  /** Calls a helper; returns where to go on. */
  private int call(int helper, int next) {
    long[] r = registers;
    if (helper == HelperCalls.TAIL_CALL) {
      return tailCall(next);
    }
    if (helper == HelperCalls.LOOP) {
      return loop(next);
    }
    clobber(helpers.call(helper, r));
    return next;
  }

  private void clobber(long result) {
    registers[0] = result;
    Arrays.fill(registers, 1, 6, Memory.POISON);
  }

  private int tailCall(int next) {
    long[] r = registers;
    if (r[1] != Memory.CONTEXT) {
      throw AccessException.call(r[1], "the context");
    }
    Steps target = helpers.programs(r[2]).program(low(r[3]));
    boolean taken = target != null && tailCalls < MAX_TAIL_CALLS;
    clobber(Memory.POISON);
    if (target == null || !taken) {
      return next;
    }
    tailCalls++;
    calls.replace();
    r[1] = Memory.CONTEXT;
    steps = target;
    return 0;
  }

  private int loop(int next) {
    long[] r = registers;
    long count = low(r[1]);
    int function = steps.functionAt(r[2]);
    long context = r[3];
    long flags = r[4];
    clobber(flags != 0 ? -Errno.EINVAL : count > MAX_LOOPS ? -Errno.E2BIG : 0);
    return r[0] != 0 || count == 0 ? next : calls.enterLoop(steps, next, count, function, context);
  }

  private int loadPacket(int offset, Size size, int next) {
    if (registers[6] != Memory.CONTEXT || !memory.context().layout.socketBuffer) {
      throw AccessException.call(registers[6], "the context of a socket buffer");
    }
    Long loaded = packet.access(offset, size);
    clobber(loaded == null ? 0 : loaded);
    return loaded == null ? LEAVE : next;
  }

  private int leave() {
    int next = calls.leave();
    Arrays.fill(registers, calls.again() ? 3 : 1, 6, Memory.POISON);
    steps = calls.program();
    return next;
  }

  private void requireNoReservations() {
    for (MapState map : memory.maps()) {
      if (map instanceof RingState ring && ring.abandon()) {
        String problem = "the program ends with a reserved record of " + ring.region();
        throw new AccessException(Kind.LEAK, 0, "", problem);
      }
    }
  }

  private ExecutionFault fault(AccessException cause, Steps where, int at) {
    for (MapState map : memory.maps()) {
      if (map instanceof RingState ring) {
        ring.abandon();
      }
    }
    return new ExecutionFault(cause, where.list.get(at).slot(), where.place(at));
  }
}
