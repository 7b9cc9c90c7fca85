package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.CodegenException.Reason;
import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import dev.jbpfilter.bytecode.ProgramSpec.Relocation;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes allocated code (RFC 9669; offsets are in slots, relative to the slot after the jump).
 *
 * <p><b>Jump relaxation.</b> An offset has 16 bits, a {@code gotol} (instruction set v4) 32. An
 * unconditional jump takes one slot in either form, so its form is chosen when it is emitted. A
 * branch out of range takes more than one:
 *
 * <pre>{@code
 * if r1 == 2 goto far      becomes   if r1 != 2 goto pc+1
 *                                    gotol far
 *
 * if r1 & 2 goto far       becomes   if r1 & 2 goto pc+1
 *                                    goto pc+1
 *                                    gotol far
 * }</pre>
 *
 * <p>All branches start short. Each round places the elements, one after another, and makes long
 * those short branches whose targets are out of range. The invariant is that a branch never becomes
 * short again: elements only grow, so no two places ever come closer, and what is out of range once
 * is so for good. Hence a round that lengthens nothing is the fixed point, it is the smallest one,
 * and there are at most as many rounds as branches. A round is linear; two are the rule.
 */
public final class Encoder {
  private static final int JA = 0x05;
  private static final int JA_LONG = 0x06;
  private static final int LD_IMM_DW = 0x18;
  private static final int CALL = 0x85;
  private static final int EXIT = 0x95;
  private static final int PSEUDO_MAP_FD = 1;
  private static final int PSEUDO_MAP_VALUE = 2;
  private static final int PSEUDO_KFUNC_CALL = 2;

  private final List<Element<Phys>> elements;
  private final int[] targets;
  private final int[] starts;
  private final boolean[] far;
  private long[] slots = {};
  private int here;
  private @Nullable String note;
  private final List<Relocation> relocations = new ArrayList<>();
  private final List<LineNote> notes = new ArrayList<>();

  private Encoder(Code<Phys> code) {
    elements = code.elements();
    targets = Targets.of(code);
    starts = new int[targets.length + 1];
    far = new boolean[targets.length];
  }

  /**
   * What code encodes to.
   *
   * @param instructions with zeros where a relocation goes
   * @param relocations by ascending slot
   * @param notes by ascending slot, at most one for each slot
   */
  public record Encoded(
      Instructions instructions, List<Relocation> relocations, List<LineNote> notes) {
    /** Copies the lists. */
    public Encoded {
      relocations = List.copyOf(relocations);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Encodes the {@linkplain DeadCode live part} of some code.
   *
   * @throws CodegenException if a memory offset has more than 16 bits; names the note
   * @throws IllegalArgumentException if a call or an exit has other registers than the calling
   *     convention says
   */
  public static Encoded encode(Code<Phys> code) {
    Encoder encoder = new Encoder(DeadCode.remove(code));
    encoder.relax();
    encoder.emit();
    return new Encoded(Instructions.of(encoder.slots), encoder.relocations, encoder.notes);
  }

  /** A program out of some code, {@linkplain #encode encoded}. */
  public static ProgramSpec program(
      String name,
      ProgramType type,
      AttachType attachType,
      int flags,
      String license,
      Code<Phys> code) {
    Encoded encoded = encode(code);
    return new ProgramSpec(
        name,
        type,
        attachType,
        flags,
        license,
        encoded.instructions(),
        encoded.relocations(),
        encoded.notes());
  }

  private void relax() {
    do {
      int slot = 0;
      for (int i = 0; i < targets.length; i++) {
        starts[i] = slot;
        slot += size(i);
      }
      starts[targets.length] = slot;
    } while (lengthen());
  }

  private int size(int index) {
    return switch (elements.get(index)) {
      case Element.Bind<Phys> bind -> 0;
      case Element.Note<Phys> text -> 0;
      case Element.LoadImm64<Phys> load -> 2;
      case Element.Branch<Phys> branch when far[index] ->
          branch.condition().negation() == null ? 3 : 2;
      case Element.Branch<Phys> branch -> 1;
      case Element.Alu<Phys> alu -> 1;
      case Element.Negate<Phys> negate -> 1;
      case Element.Move<Phys> move -> 1;
      case Element.Endian<Phys> endian -> 1;
      case Element.Load<Phys> load -> 1;
      case Element.Store<Phys> store -> 1;
      case Element.Atomic<Phys> atomic -> 1;
      case Element.Jump<Phys> jump -> 1;
      case Element.Call<Phys> call -> 1;
      case Element.Exit<Phys> exit -> 1;
    };
  }

  private boolean lengthen() {
    boolean changed = false;
    for (int i = 0; i < targets.length; i++) {
      if (targets[i] >= 0
          && !far[i]
          && elements.get(i) instanceof Element.Branch
          && !isShort(starts[targets[i]] - starts[i] - 1)) {
        far[i] = true;
        changed = true;
      }
    }
    return changed;
  }

  private void emit() {
    slots = new long[starts[targets.length]];
    for (int i = 0; i < targets.length; i++) {
      emit(i);
    }
  }

  private void emit(int index) {
    switch (elements.get(index)) {
      case Element.Alu<Phys>(AluOp op, Width width, Phys dst, Operand<Phys> src) ->
          add(op.code() | aluClass(width), dst, src, op.offset());
      case Element.Negate<Phys>(Width width, Phys dst) ->
          add(0x80 | aluClass(width), dst.number(), 0, 0, 0);
      case Element.Move<Phys>(Width width, int extend, Phys dst, Operand<Phys> src) ->
          add(0xb0 | aluClass(width), dst, src, extend);
      case Element.Endian<Phys>(ByteSwap order, int bits, Phys dst) ->
          add(endianOpcode(order), dst.number(), 0, 0, bits);
      case Element.Load<Phys>(Size size, boolean signed, Phys dst, Phys base, int offset) ->
          add((signed ? 0x81 : 0x61) | size.code(), dst.number(), base.number(), memory(offset), 0);
      case Element.Store<Phys>(Size size, Phys base, int offset, Operand<Phys> src) -> {
        switch (src) {
          case Operand.OfReg<Phys>(Phys reg) ->
              add(0x63 | size.code(), base.number(), reg.number(), memory(offset), 0);
          case Operand.Imm<Phys>(int value) ->
              add(0x62 | size.code(), base.number(), 0, memory(offset), value);
        }
      }
      case Element.Atomic<Phys>(
              AtomicOp op,
              Size size,
              boolean fetch,
              Phys base,
              int offset,
              Phys src) ->
          add(
              0xc3 | size.code(),
              base.number(),
              src.number(),
              memory(offset),
              op.code() | (fetch ? 1 : 0));
      case Element.LoadImm64<Phys>(Phys dst, Constant value) -> loadImm64(dst.number(), value);
      case Element.Jump<Phys> jump -> jump(starts[targets[index]]);
      case Element.Branch<Phys> branch -> branch(branch, index);
      case Element.Call<Phys> call -> call(call);
      case Element.Exit<Phys>(Phys value) -> {
        require(value, Phys.R0, "result of exit");
        add(EXIT, 0, 0, 0, 0);
      }
      case Element.Bind<Phys> bind -> {}
      case Element.Note<Phys>(String text) -> note(text);
    }
  }

  private void loadImm64(int dst, Constant constant) {
    switch (constant) {
      case Constant.Value(long value) -> {
        add(LD_IMM_DW, dst, 0, 0, (int) value);
        add(0, 0, 0, 0, (int) (value >>> 32));
      }
      case Constant.MapFd(String map) -> {
        relocate(new Target.MapFd(map));
        add(LD_IMM_DW, dst, PSEUDO_MAP_FD, 0, 0);
        add(0, 0, 0, 0, 0);
      }
      case Constant.MapValue(String map, int offset) -> {
        relocate(new Target.MapValue(map, offset));
        add(LD_IMM_DW, dst, PSEUDO_MAP_VALUE, 0, 0);
        add(0, 0, 0, 0, 0);
      }
    }
  }

  private void jump(int target) {
    int offset = target - here - 1;
    if (isShort(offset)) {
      add(JA, 0, 0, offset, 0);
    } else {
      add(JA_LONG, 0, 0, 0, offset);
    }
  }

  private void branch(Element.Branch<Phys> branch, int index) {
    int target = starts[targets[index]];
    Condition negation = branch.condition().negation();
    if (!far[index]) {
      branch(branch.condition(), branch, target - here - 1);
    } else if (negation != null) {
      branch(negation, branch, 1);
      jump(target);
    } else {
      branch(branch.condition(), branch, 1);
      add(JA, 0, 0, 1, 0);
      jump(target);
    }
  }

  private void branch(Condition condition, Element.Branch<Phys> branch, int offset) {
    int kind = branch.width() == Width.W64 ? 0x05 : 0x06;
    add(condition.code() | kind, branch.left(), branch.right(), offset);
  }

  private void call(Element.Call<Phys> call) {
    for (int i = 0; i < call.arguments().size(); i++) {
      require(call.arguments().get(i), Phys.of(i + 1), "argument of a call");
    }
    require(call.result(), Phys.R0, "result of a call");
    switch (call.function()) {
      case CallTarget.Helper(int number, String name) -> add(CALL, 0, 0, 0, number);
      case CallTarget.KernelFunction(String name) -> {
        relocate(new Target.KernelFunction(name));
        add(CALL, 0, PSEUDO_KFUNC_CALL, 0, 0);
      }
    }
  }

  private static void require(Phys actual, Phys expected, String what) {
    if (actual != expected) {
      throw new IllegalArgumentException(what + " is in " + actual + ", not in " + expected);
    }
  }

  private void relocate(Target target) {
    relocations.add(new Relocation(here, target));
  }

  private void note(String text) {
    note = text;
    if (!notes.isEmpty() && notes.getLast().slot() == here) {
      notes.removeLast();
    }
    if (here < slots.length) {
      notes.add(new LineNote(here, text));
    }
  }

  private int memory(int offset) {
    if (!isShort(offset)) {
      throw new CodegenException(new Reason.OutOfRange("memory offset", offset), note);
    }
    return offset;
  }

  private static boolean isShort(int offset) {
    return offset == (short) offset;
  }

  private static int aluClass(Width width) {
    return width == Width.W64 ? 0x07 : 0x04;
  }

  private static int endianOpcode(ByteSwap order) {
    return switch (order) {
      case TO_LE -> 0xd4;
      case TO_BE -> 0xdc;
      case SWAP -> 0xd7;
    };
  }

  private void add(int opcode, Phys dst, Operand<Phys> src, int offset) {
    switch (src) {
      case Operand.OfReg<Phys>(Phys reg) ->
          add(opcode | 0x08, dst.number(), reg.number(), offset, 0);
      case Operand.Imm<Phys>(int value) -> add(opcode, dst.number(), 0, offset, value);
    }
  }

  private void add(int opcode, int dst, int src, int offset, int imm) {
    slots[here++] = (opcode | dst << 8 | src << 12 | (offset & 0xffffL) << 16) | (long) imm << 32;
  }
}
