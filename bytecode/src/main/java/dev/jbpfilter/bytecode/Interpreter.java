package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.ExecutionFault.Kind;
import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
 * <p>Maps begin with zeros and keep their contents from run to run. Registers and stack hold
 * nonsense until they are written, and {@code r1}–{@code r5} do so again after each call. The
 * context of an XDP program is a {@code struct xdp_md}; of the helpers there are those of {@link
 * Helpers}.
 *
 * <p>An interpreter is for one thread at a time.
 */
public final class Interpreter {
  /** How many instructions a run may execute unless said otherwise. */
  public static final long DEFAULT_BUDGET = 10_000_000;

  private static final int MAP_LOOKUP_ELEM = Helpers.MAP_LOOKUP_ELEM.number();
  private static final int XDP_GET_BUFF_LEN = Helpers.XDP_GET_BUFF_LEN.number();
  private static final int XDP_LOAD_BYTES = Helpers.XDP_LOAD_BYTES.number();
  private static final int EFAULT = 14;
  private static final int EINVAL = 22;

  private final Memory memory;
  private final Steps steps;
  private final List<LineNote> notes;
  private final long[] registers;
  private int frameLength;

  private Interpreter(ObjectSpec object) {
    memory = new Memory(object.maps());
    steps = new Steps(object.program(), memory);
    notes = object.program().notes();
    registers = steps.registers();
  }

  /**
   * A machine that has a program loaded and its maps created.
   *
   * @throws DecodeException if an instruction is unknown or control leaves the code
   * @throws IllegalArgumentException if the program calls a kernel function or names a map that
   *     there is not, or a map is not what the kernel would create
   */
  public static Interpreter of(ObjectSpec object) {
    return new Interpreter(object);
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
   */
  public int run(Frame frame, long budget) {
    memory.enter(frame);
    frameLength = frame.length();
    Arrays.fill(registers, 0, Steps.CONSTANTS, Memory.POISON);
    registers[Phys.R1.number()] = Memory.CONTEXT;
    registers[Phys.FRAME.number()] = Memory.STACK + Code.MAX_FRAME_BYTES;
    return execute(budget);
  }

  /**
   * A value of a map: a little-endian view, through which it can be read and written.
   *
   * @throws IllegalArgumentException if there is no such map or index
   */
  public ByteBuffer value(String map, int index) {
    return memory.value(map, index);
  }

  private int execute(long budget) {
    long[] r = registers;
    int at = 0;
    try {
      for (long left = budget; left > 0; left--) {
        int dst = steps.dsts[at];
        int src = steps.srcs[at];
        int extra = steps.extras[at];
        int next = at + 1;
        switch (steps.kinds[at]) {
          case ALU64 -> r[dst] = Semantics.alu64(steps.aluOps[at], r[dst], r[src]);
          case ALU32 -> r[dst] = low(Semantics.alu32(steps.aluOps[at], (int) r[dst], (int) r[src]));
          case NEGATE64 -> r[dst] = -r[dst];
          case NEGATE32 -> r[dst] = low(-r[dst]);
          case MOVE64 -> r[dst] = r[src];
          case MOVE32 -> r[dst] = low(r[src]);
          case EXTEND64 -> r[dst] = Semantics.signExtend(r[src], extra);
          case EXTEND32 -> r[dst] = low(Semantics.signExtend(r[src], extra));
          case ENDIAN -> r[dst] = Semantics.endian(steps.byteSwaps[at], extra, r[dst]);
          case LOAD -> r[dst] = memory.load(r[src] + extra, steps.sizes[at]);
          case LOAD_SIGNED -> {
            Size size = steps.sizes[at];
            r[dst] = Semantics.signExtend(memory.load(r[src] + extra, size), 8 * size.bytes());
          }
          case STORE -> memory.store(r[dst] + extra, steps.sizes[at], r[src]);
          case ATOMIC -> atomic(at, r[dst] + extra);
          case JUMP -> next = extra;
          case BRANCH64 ->
              next = Semantics.holds64(steps.conditions[at], r[dst], r[src]) ? extra : next;
          case BRANCH32 ->
              next =
                  Semantics.holds32(steps.conditions[at], (int) r[dst], (int) r[src])
                      ? extra
                      : next;
          case CALL -> call(extra);
          case EXIT -> {
            return (int) r[0];
          }
        }
        at = next;
      }
    } catch (Memory.AccessException e) {
      throw fault(e.kind, at, e.address, e.problem);
    }
    throw fault(Kind.BUDGET, at, 0, "more than " + budget + " instructions");
  }

  private static long low(long value) {
    return value & 0xffff_ffffL;
  }

  private void atomic(int at, long address) {
    if (!(steps.list.get(at).element() instanceof Atomic.Update<Phys> atomic)) {
      throw new AssertionError(steps.list.get(at));
    }
    int src = steps.srcs[at];
    long old = memory.load(address, atomic.size());
    memory.store(address, atomic.size(), Semantics.atomic(atomic.op(), old, registers[src]));
    if (atomic.fetch()) {
      registers[src] = old;
    }
  }

  private void call(int helper) {
    long[] r = registers;
    if (helper == MAP_LOOKUP_ELEM) {
      r[0] = memory.lookup(r[1], r[2]);
    } else if (helper == XDP_GET_BUFF_LEN) {
      requireContext();
      r[0] = frameLength;
    } else if (helper == XDP_LOAD_BYTES) {
      requireContext();
      r[0] = loadBytes(low(r[2]), r[3], low(r[4]));
    } else {
      throw new Memory.AccessException(Kind.CALL, 0, "helper " + helper + " is not interpreted");
    }
    Arrays.fill(r, 1, 6, Memory.POISON);
  }

  private void requireContext() {
    if (registers[1] != Memory.CONTEXT) {
      String value = "0x" + Long.toHexString(registers[1]);
      throw new Memory.AccessException(Kind.CALL, registers[1], value + " is not the context");
    }
  }

  /** The limits are those of {@code bpf_xdp_pointer} in net/core/filter.c. */
  private long loadBytes(long offset, long target, long length) {
    if (length == 0) {
      throw new Memory.AccessException(Kind.CALL, 0, "nothing to load");
    }
    memory.requireWritable(target, length);
    if (offset > 0xffff || length > 0xffff) {
      return -EFAULT;
    }
    if (offset + length > frameLength) {
      return -EINVAL;
    }
    memory.copyFromFrame((int) offset, target, (int) length);
    return 0;
  }

  private ExecutionFault fault(Kind kind, int at, long address, String problem) {
    int slot = steps.list.get(at).slot();
    @Nullable String note = null;
    for (LineNote candidate : notes) {
      if (candidate.slot() <= slot) {
        note = candidate.text();
      }
    }
    return new ExecutionFault(kind, slot, note, address, problem);
  }
}
