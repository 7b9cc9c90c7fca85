package dev.jbpfilter.bytecode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs code over virtual or physical registers, to compare what both do.
 *
 * <p>Moves, the stack and control flow are real. Arithmetic, conditions, calls and memory other
 * than the stack are opaque functions of their operands: any operand that is wrong shows in all
 * that follows, and every branch goes either way half of the time. Over physical registers a call
 * fills r0–r5 with garbage. A run ends at an exit, or after some labels, so loops end.
 */
final class Machine<R extends Reg> {
  private static final long FRAME = 0x7fff_0000_0000L;

  private final Code<R> code;
  private final Map<R, Long> registers = new HashMap<>();
  private final byte[] stack = new byte[Code.MAX_FRAME_BYTES];
  private final List<String> trace = new ArrayList<>();
  private final boolean physical;
  private int labels;
  private int calls;

  private Machine(Code<R> code, boolean physical) {
    this.code = code;
    this.physical = physical;
  }

  /** What code over virtual registers does: calls, stores and the exit in order. */
  static List<String> runVirtual(Code<Virt> code, long seed, int labels) {
    Machine<Virt> machine = new Machine<>(code, false);
    machine.registers.put(Virt.FRAME, FRAME);
    machine.run(seed, labels);
    return machine.trace;
  }

  /** What code over physical registers does. */
  static List<String> runPhysical(Code<Phys> code, long seed, int labels) {
    Machine<Phys> machine = new Machine<>(code, true);
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
      case Element.Alu<R> e ->
          set(e.dst(), mix(get(e.dst()), value(e.src()), number(e.op()), number(e.width())));
      case Element.Negate<R> e -> set(e.dst(), mix(get(e.dst()), number(e.width())));
      case Element.Endian<R> e -> set(e.dst(), mix(get(e.dst()), number(e.order()), e.bits()));
      case Element.Move<R> e -> set(e.dst(), moved(e));
      case Element.Load<R> e -> set(e.dst(), load(e.size(), get(e.base()) + e.offset()));
      case Element.Store<R> e -> store(e.size(), get(e.base()) + e.offset(), value(e.src()));
      case Atomic.Update<R> e -> atomic(e);
      case Atomic<R> e -> throw new IllegalStateException("not simulated: " + e);
      case Element.AddressSpaceCast<R> e -> set(e.dst(), mix(get(e.src()), e.to()));
      case Element.LoadField<R> e -> set(e.dst(), mix(get(e.base()), e.field().hashCode()));
      case LoadPacket<R> e -> throw new IllegalStateException("not simulated: " + e);
      case Element.MayGoto<R> e -> {
        return null;
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

  private void atomic(Atomic.Update<R> e) {
    long address = get(e.base()) + e.offset();
    long old = load(e.size(), address);
    store(e.size(), address, mix(old, get(e.src()), number(e.op())));
    if (e.fetch()) {
      set(e.src(), old);
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
    calls++;
    if (physical) {
      registers.replaceAll((register, value) ->
          register instanceof Phys p && p.clobberedByCalls() ? mix(calls, p.number()) : value);
    }
    set(e.result(), result);
  }

  private long load(Size size, long address) {
    if (!onStack(address, size)) {
      return mix(address, size.bytes());
    }
    long value = 0;
    for (int i = size.bytes() - 1; i >= 0; i--) {
      value = value << 8 | (stack[(int) (address - FRAME) + stack.length + i] & 0xff);
    }
    return value;
  }

  private void store(Size size, long address, long value) {
    if (!onStack(address, size)) {
      trace.add(size + " at " + address + " = " + value);
      return;
    }
    for (int i = 0; i < size.bytes(); i++) {
      stack[(int) (address - FRAME) + stack.length + i] = (byte) (value >> (8 * i));
    }
  }

  private static boolean onStack(long address, Size size) {
    return address >= FRAME - Code.MAX_FRAME_BYTES && address + size.bytes() <= FRAME;
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
