package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.Checker.Finding;
import java.util.Arrays;
import java.util.List;

/**
 * What registers hold before each instruction, on all paths that lead there: nothing that was
 * written, a pointer at a known distance from the frame pointer, or anything.
 *
 * <p>An array of numbers, {@link #REGISTERS} for each instruction. Where paths meet, what differs
 * becomes {@link #ANY}, or {@link #UNWRITTEN} if it is that on one of them; so each register
 * changes at most twice and the whole is linear. A function begins with the arguments of all its
 * calls together, and after a call {@code r0} holds what all exits of the function together leave
 * there.
 */
final class RegisterFlow {
  static final int REGISTERS = 11;
  static final int UNWRITTEN = Integer.MIN_VALUE;
  static final int ANY = Integer.MIN_VALUE + 1;

  private static final int NO_EXIT = Integer.MIN_VALUE + 2;
  private static final int MAX_DISTANCE = 1 << 20;
  private static final int FRAME = Phys.FRAME.number();

  private final ControlFlow flow;
  private final int[] states;
  private final boolean[] reached;
  private final boolean[] queued;
  private final int[] queue;
  private int queueCount;
  private final int[] results;
  private final boolean[] escapes;
  private final StackUse[] stack;

  RegisterFlow(ControlFlow flow) {
    this.flow = flow;
    states = new int[flow.size() * REGISTERS];
    reached = new boolean[flow.size()];
    queued = new boolean[flow.size()];
    queue = new int[flow.size()];
    results = new int[flow.functionCount()];
    escapes = new boolean[flow.functionCount()];
    stack = new StackUse[flow.functionCount()];
    Arrays.fill(results, NO_EXIT);
    for (int f = 0; f < stack.length; f++) {
      stack[f] = new StackUse();
    }
    int[] entry = new int[REGISTERS];
    Arrays.fill(entry, UNWRITTEN);
    entry[Phys.R1.number()] = ANY;
    entry[FRAME] = 0;
    join(0, entry);
    int[] state = new int[REGISTERS];
    while (queueCount > 0) {
      int index = queue[--queueCount];
      queued[index] = false;
      flow(index, state);
    }
  }

  /** Follows control from an instruction as long as something changes. */
  private void flow(int first, int[] state) {
    System.arraycopy(states, first * REGISTERS, state, 0, REGISTERS);
    int index = first;
    boolean changed = true;
    while (changed) {
      boolean goesOn = step(index, state) && flow.goesOn(index);
      int target = flow.target(index);
      if (target >= 0) {
        join(target, state);
      }
      changed = false;
      if (goesOn) {
        index++;
        changed = merge(index, state);
        System.arraycopy(states, index * REGISTERS, state, 0, REGISTERS);
      }
    }
  }

  private void join(int index, int[] state) {
    if (merge(index, state) && !queued[index]) {
      queued[index] = true;
      queue[queueCount++] = index;
    }
  }

  /** Adds a path to an instruction; whether that changes what is known there. */
  private boolean merge(int index, int[] state) {
    int base = index * REGISTERS;
    if (!reached[index]) {
      reached[index] = true;
      System.arraycopy(state, 0, states, base, REGISTERS);
      return true;
    }
    boolean changed = false;
    for (int r = 0; r < REGISTERS; r++) {
      int old = states[base + r];
      if (old != state[r] && old != UNWRITTEN) {
        int joined = state[r] == UNWRITTEN ? UNWRITTEN : ANY;
        if (isFrame(old) || isFrame(state[r])) {
          escapes[flow.functionOf(index)] = true;
        }
        if (joined != old) {
          states[base + r] = joined;
          changed = true;
        }
      }
    }
    return changed;
  }

  private static boolean isFrame(int value) {
    return value > NO_EXIT;
  }

  /** What an instruction makes of a state; false if control does not come out of it (yet). */
  private boolean step(int index, int[] state) {
    Element<Phys> element = flow.element(index);
    switch (element) {
      case Element.Call<Phys> call -> {
        return call(index, call.function(), state);
      }
      case Element.Exit<Phys> exit -> leave(index, state);
      case LoadPacket<Phys> load -> {
        Arrays.fill(state, 1, 6, UNWRITTEN);
        state[0] = ANY;
      }
      case Element.LoadImm64<Phys> load -> {
        if (flow.callee(index) >= 0) {
          callBack(flow.callee(index));
        }
        state[load.dst().number()] = ANY;
      }
      default -> {
        Phys def = element.def();
        if (def != null && def != Phys.FRAME) {
          int value = value(element, state);
          if (value == ANY && usesFrame(element, state)) {
            escapes[flow.functionOf(index)] = true;
          }
          state[def.number()] = value;
        }
      }
    }
    return true;
  }

  /** Whether an element that computes takes a pointer into the frame. */
  private static boolean usesFrame(Element<Phys> element, int[] state) {
    boolean computes = element instanceof Element.Alu || element instanceof Element.Move;
    for (Phys use : element.uses()) {
      if (computes && isFrame(state[use.number()])) {
        return true;
      }
    }
    return false;
  }

  private static int value(Element<Phys> element, int[] state) {
    if (element instanceof Element.Move<Phys> move
        && move.width() == Width.W64
        && move.signExtendFrom() == 0
        && move.src() instanceof Operand.OfReg<Phys>(Phys src)
        && state[src.number()] != UNWRITTEN) {
      return state[src.number()];
    }
    if (element instanceof Element.Alu<Phys> alu
        && alu.width() == Width.W64
        && alu.src() instanceof Operand.Imm<Phys>(int number)
        && isFrame(state[alu.dst().number()])
        && (alu.op() == AluOp.ADD || alu.op() == AluOp.SUB)) {
      long distance = state[alu.dst().number()];
      distance += alu.op() == AluOp.ADD ? number : -(long) number;
      return Math.abs(distance) <= MAX_DISTANCE ? (int) distance : ANY;
    }
    return ANY;
  }

  private boolean call(int index, CallTarget target, int[] state) {
    int result = ANY;
    int callee = flow.callee(index);
    if (callee >= 0) {
      int[] entry = new int[REGISTERS];
      Arrays.fill(entry, UNWRITTEN);
      for (int r = 1; r <= 5; r++) {
        entry[r] = state[r] == UNWRITTEN ? UNWRITTEN : ANY;
        if (isFrame(state[r])) {
          escapes[flow.functionOf(index)] = true;
        }
      }
      entry[FRAME] = 0;
      join(flow.start(callee), entry);
      result = results[callee];
    } else if (target instanceof CallTarget.Helper helper && isVoid(helper)) {
      result = UNWRITTEN;
    }
    Arrays.fill(state, 1, 6, UNWRITTEN);
    state[0] = result;
    return result != NO_EXIT;
  }

  private static boolean isVoid(CallTarget.Helper helper) {
    return Helpers.of(helper.number()).filter(info -> info.result() == ResultKind.VOID).isPresent();
  }

  /** Which arguments a function gets depends on the helper that calls it; all, for all we know. */
  private void callBack(int function) {
    int[] entry = new int[REGISTERS];
    Arrays.fill(entry, UNWRITTEN);
    Arrays.fill(entry, 1, 6, ANY);
    entry[FRAME] = 0;
    join(flow.start(function), entry);
  }

  /** Where the function was called, things are to be seen again if it leaves something new. */
  private void leave(int index, int[] state) {
    int function = flow.functionOf(index);
    int result = state[0] == UNWRITTEN ? UNWRITTEN : ANY;
    if (results[function] != result && results[function] != UNWRITTEN) {
      results[function] = result;
      for (int i = 0; i < flow.size(); i++) {
        if (reached[i] && !queued[i] && flow.callee(i) == function) {
          queued[i] = true;
          queue[queueCount++] = i;
        }
      }
    }
  }

  /** How many bytes of stack each function accesses, as far as is known. */
  int[] stackBytes() {
    int[] bytes = new int[stack.length];
    for (int f = 0; f < bytes.length; f++) {
      bytes[f] = stack[f].depth();
    }
    return bytes;
  }

  /** Finds what is wrong with registers and stack. */
  void check(List<Finding> findings) {
    int[] state = new int[REGISTERS];
    for (int i = 0; i < reached.length; i++) {
      if (reached[i]) {
        System.arraycopy(states, i * REGISTERS, state, 0, REGISTERS);
        stack[flow.functionOf(i)].collect(flow.element(i), state);
      }
    }
    for (int f = 0; f < escapes.length; f++) {
      if (escapes[f]) {
        stack[f].anythingWritten();
      }
    }
    for (int i = 0; i < reached.length; i++) {
      if (reached[i]) {
        System.arraycopy(states, i * REGISTERS, state, 0, REGISTERS);
        String problem = InstructionCheck.problem(flow.element(i), state, flow.functionOf(i) == 0);
        if (problem == null) {
          problem = stack[flow.functionOf(i)].problem(flow.element(i), state);
        }
        if (problem != null) {
          findings.add(new Finding(i, problem));
        }
      }
    }
  }
}
