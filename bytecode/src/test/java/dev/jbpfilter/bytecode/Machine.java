package dev.jbpfilter.bytecode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs code over virtual or physical registers, to compare what both do.
 *
 * <p>Moves, 64-bit additions, the stack and control flow are real. Other arithmetic, conditions,
 * calls and memory other than the stack are opaque functions of their operands: any operand that is
 * wrong shows in all that follows, and every branch goes either way half of the time. Over physical
 * registers a call or packet access fills r0–r5 with garbage, and fixed registers are asked for. A
 * run ends at an exit, or after some labels, so loops end.
 *
 * <p>Of the stack, registers other than the frame pointer reach the variables of the code only.
 */
final class Machine<R extends Reg> {
  private static final long FRAME = 0x7fff_0000_0000L;

  private final Code<R> code;
  private final Map<R, Long> registers = new HashMap<>();
  private final byte[] stack = new byte[Code.MAX_FRAME_BYTES];
  private final List<String> trace = new ArrayList<>();
  private final boolean physical;
  private final int variableBytes;
  private int labels;
  private int calls;
  private int mayGotos;

  private Machine(Code<R> code, int variableBytes, boolean physical) {
    this.code = code;
    this.variableBytes = variableBytes;
    this.physical = physical;
  }

  /** What code over virtual registers does: calls, stores and the exit in order. */
  static List<String> runVirtual(Code<Virt> code, long seed, int labels) {
    Machine<Virt> machine = new Machine<>(code, code.frameBytes(), false);
    machine.registers.put(Virt.FRAME, FRAME);
    machine.run(seed, labels);
    return machine.trace;
  }

  /**
   * What code over physical registers does.
   *
   * @param variableBytes the frame of the code over virtual registers
   */
  static List<String> runPhysical(Code<Phys> code, int variableBytes, long seed, int labels) {
    Machine<Phys> machine = new Machine<>(code, variableBytes, true);
    for (Phys register : Phys.values()) {
      machine.registers.put(register, mix(register.number(), 77));
    }
    machine.registers.put(Phys.FRAME, FRAME);
    machine.run(seed, labels);
    return machine.trace;
  }

  private void run(long seed, int maxLabels) {
    for (int i = 0; i < code.parameters().size(); i++) {
      registers.put(code.parameters().get(i), mix(seed, i));
    }
    Map<Label, Integer> places = new HashMap<>();
    for (int i = 0; i < code.elements().size(); i++) {
      if (code.elements().get(i) instanceof Element.Bind<R>(Label label)) {
        places.put(label, i);
      }
    }
    int at = 0;
    while (labels < maxLabels) {
      Element<R> element = code.elements().get(at);
      Label target = step(element);
      if (element instanceof Element.Exit) {
        return;
      }
      at = target == null ? at + 1 : places.getOrDefault(target, -1);
    }
    trace.add("stopped");
  }

  /** Where control goes; null for the next element. */
  private @Nullable Label step(Element<R> element) {
    switch (element) {
      case Element.Alu<R> e -> set(e.dst(), computed(e));
      case Element.Negate<R> e -> set(e.dst(), mix(get(e.dst()), number(e.width())));
      case Element.Endian<R> e -> set(e.dst(), mix(get(e.dst()), number(e.order()), e.bits()));
      case Element.Move<R> e -> set(e.dst(), moved(e));
      case Element.Load<R> e -> set(e.dst(), load(e.size(), e.base(), e.offset()));
      case Element.Store<R> e -> store(e.size(), e.base(), e.offset(), value(e.src()));
      case Atomic<R> e -> atomic(e);
      case Element.AddressSpaceCast<R> e -> set(e.dst(), mix(get(e.src()), e.to()));
      case Element.LoadField<R> e -> set(e.dst(), mix(get(e.base()), e.field().hashCode()));
      case LoadPacket<R> e -> packet(e);
      case Element.MayGoto<R> e -> {
        return mix(++mayGotos) % 4 == 0 ? e.target() : null;
      }
      case Element.LoadImm64<R> e -> set(e.dst(), e.value().hashCode());
      case Element.Jump<R> e -> {
        return e.target();
      }
      case Element.Branch<R> e -> {
        long taken = mix(get(e.left()), value(e.right()), number(e.condition()), number(e.width()));
        return (taken & 1) == 0 ? null : e.target();
      }
      case Element.Call<R> e -> call(e);
      case Element.Exit<R> e -> trace.add("exit " + get(e.value()));
      case Element.Bind<R> e -> labels++;
      case Element.Note<R> e -> {}
    }
    return null;
  }

  private long moved(Element.Move<R> move) {
    long value = value(move.src());
    int shift = move.signExtendFrom() == 0 ? 0 : 64 - move.signExtendFrom();
    long extended = value << shift >> shift;
    return move.width() == Width.W32 ? extended & 0xffff_ffffL : extended;
  }

  private long computed(Element.Alu<R> alu) {
    long left = get(alu.dst());
    long right = value(alu.src());
    return alu.op() == AluOp.ADD && alu.width() == Width.W64
        ? left + right
        : mix(left, right, number(alu.op()), number(alu.width()));
  }

  private void atomic(Atomic<R> atomic) {
    switch (atomic) {
      case Atomic.Update<R> e -> {
        long old = load(e.size(), e.base(), e.offset());
        long operand = get(e.src());
        store(e.size(), e.base(), e.offset(), mix(old, operand, number(e.op())));
        if (e.fetch()) {
          set(e.src(), old);
        }
      }
      case Atomic.CompareExchange<R> e -> {
        require(e.old(), Phys.R0);
        long old = load(e.size(), e.base(), e.offset());
        // No comparison: all three operands show in what is stored.
        store(e.size(), e.base(), e.offset(), mix(old, get(e.old()), get(e.src())));
        set(e.old(), old);
      }
      case Atomic.LoadAcquire<R> e -> set(e.dst(), load(e.size(), e.base(), e.offset()));
      case Atomic.StoreRelease<R> e -> store(e.size(), e.base(), e.offset(), get(e.src()));
    }
  }

  private void packet(LoadPacket<R> e) {
    require(e.context(), Phys.R6);
    require(e.dst(), Phys.R0);
    R index = e.index();
    long at = index == null ? e.offset() : get(index) + e.offset();
    long result = mix(get(e.context()), at, e.size().bytes());
    clobber();
    set(e.dst(), result);
  }

  private void require(R register, Phys expected) {
    if (physical && register != expected) {
      trace.add(register + " should be " + expected);
    }
  }

  private void clobber() {
    calls++;
    if (physical) {
      registers.replaceAll((register, value) ->
          register instanceof Phys p && p.clobberedByCalls() ? mix(calls, p.number()) : value);
    }
  }

  private void call(Element.Call<R> e) {
    StringBuilder line = new StringBuilder(e.function().toString());
    long result = line.toString().hashCode();
    for (R argument : e.arguments()) {
      line.append(' ').append(get(argument));
      result = mix(result, get(argument));
    }
    trace.add(line.toString());
    clobber();
    set(e.result(), result);
  }

  private long load(Size size, R base, int offset) {
    long address = get(base) + offset;
    if (!onStack(base, address, size)) {
      return mix(address, size.bytes());
    }
    long value = 0;
    for (int i = size.bytes() - 1; i >= 0; i--) {
      value = value << 8 | (stack[(int) (address - FRAME) + stack.length + i] & 0xff);
    }
    return value;
  }

  private void store(Size size, R base, int offset, long value) {
    long address = get(base) + offset;
    if (!onStack(base, address, size)) {
      trace.add(size + " at " + address + " = " + value);
      return;
    }
    for (int i = 0; i < size.bytes(); i++) {
      stack[(int) (address - FRAME) + stack.length + i] = (byte) (value >> (8 * i));
    }
  }

  private boolean onStack(R base, long address, Size size) {
    boolean direct = base.equals(Virt.FRAME) || base.equals(Phys.FRAME);
    long bytes = direct ? Code.MAX_FRAME_BYTES : variableBytes;
    return address >= FRAME - bytes && address + size.bytes() <= FRAME;
  }

  private long value(Operand<R> operand) {
    return switch (operand) {
      case Operand.OfReg<R>(R register) -> get(register);
      case Operand.Imm<R>(int value) -> value;
    };
  }

  private long get(R register) {
    Long value = registers.get(register);
    if (value == null) {
      throw new IllegalStateException(register + " is read before it is written");
    }
    return value;
  }

  private void set(R register, long value) {
    registers.put(register, value);
  }

  private static long number(Enum<?> constant) {
    return constant.name().hashCode();
  }

  private static long mix(long... values) {
    long hash = 0x9e37_79b9_7f4a_7c15L;
    for (long value : values) {
      hash = (hash ^ value) * 0xbf58_476d_1ce4_e5b9L;
      hash ^= hash >>> 29;
    }
    return hash;
  }
}
