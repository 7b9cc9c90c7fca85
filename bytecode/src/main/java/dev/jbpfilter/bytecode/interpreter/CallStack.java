package dev.jbpfilter.bytecode.interpreter;

import dev.jbpfilter.bytecode.interpreter.ExecutionFault.Kind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The calls that are under way: for each where it returns to, the registers that it has to leave as
 * they were, and how often it may still go round loops with {@code may_goto}.
 */
final class CallStack {
  /** The kernel's {@code MAX_CALL_FRAMES}. */
  static final int MAX_FRAMES = 8;

  private static final int FIRST_SAVED = 6;
  private static final int FRAME_POINTER = 10;
  private static final int SAVED = FRAME_POINTER - FIRST_SAVED + 1;

  /** A call of {@code bpf_loop}: it is the caller of the frame above. */
  private static final class Loop {
    final long count;
    final int function;
    final long context;
    long done;

    Loop(long count, int function, long context) {
      this.count = count;
      this.function = function;
      this.context = context;
    }
  }

  private final Memory memory;
  private final long[] registers;
  private final int[] returns = new int[MAX_FRAMES];
  private final Steps[] programs = new Steps[MAX_FRAMES];
  private final long[] saved = new long[MAX_FRAMES * SAVED];
  private final long[] rounds = new long[MAX_FRAMES];
  private final @Nullable Loop[] loops = new @Nullable Loop[MAX_FRAMES];
  private long maxRounds;
  private int depth;
  private boolean again;

  CallStack(Memory memory, long[] registers) {
    this.memory = memory;
    this.registers = registers;
  }

  /** Begins a run. */
  void reset(long mayGotoRounds) {
    maxRounds = mayGotoRounds;
    while (depth > 0) {
      memory.leaveFrame(depth--);
    }
    rounds[0] = maxRounds;
    registers[FRAME_POINTER] = memory.enterFrame(0);
  }

  boolean isEmpty() {
    return depth == 0;
  }

  /** Enters a function; {@code r1}–{@code r5} hold its arguments. */
  void enter(Steps program, int returnTo) {
    if (depth + 1 == MAX_FRAMES) {
      String problem = "more than " + MAX_FRAMES + " frames";
      throw new AccessException(Kind.DEPTH, 0, "", problem);
    }
    System.arraycopy(registers, FIRST_SAVED, saved, depth * SAVED, SAVED);
    returns[depth] = returnTo;
    programs[depth] = program;
    loops[depth] = null;
    depth++;
    rounds[depth] = maxRounds;
    registers[FRAME_POINTER] = memory.enterFrame(depth);
    Arrays.fill(registers, FIRST_SAVED, FRAME_POINTER, Memory.POISON);
  }

  /** Enters the function that {@code bpf_loop} calls, for the first time; returns its place. */
  int enterLoop(Steps program, int returnTo, long count, int function, long context) {
    enter(program, returnTo);
    loops[depth - 1] = new Loop(count, function, context);
    return round(0, context, function);
  }

  private int round(long index, long context, int function) {
    registers[1] = index;
    registers[2] = context;
    return function;
  }

  /**
   * Leaves a function, back into its caller or, in a loop that goes on, into itself.
   *
   * @return where to go on
   */
  int leave() {
    Loop loop = loops[depth - 1];
    again = loop != null && registers[0] == 0 && loop.done + 1 < loop.count;
    if (loop != null) {
      loop.done++;
      if (again) {
        rounds[depth] = maxRounds;
        memory.enterFrame(depth);
        return round(loop.done, loop.context, loop.function);
      }
      registers[0] = loop.done;
    }
    memory.leaveFrame(depth--);
    System.arraycopy(saved, depth * SAVED, registers, FIRST_SAVED, SAVED);
    return returns[depth];
  }

  /** Whether {@link #leave} did so into a function that begins again. */
  boolean again() {
    return again;
  }

  /** The program that {@link #leave} went to. */
  Steps program() {
    return programs[again ? depth - 1 : depth];
  }

  /** Another program takes the place of the function that runs now. */
  void replace() {
    rounds[depth] = maxRounds;
    memory.enterFrame(depth);
    Arrays.fill(registers, FIRST_SAVED, FRAME_POINTER, Memory.POISON);
  }

  /** Whether {@code may_goto} goes on to the next instruction. */
  boolean mayGoOn() {
    return rounds[depth]-- > 0;
  }
}
