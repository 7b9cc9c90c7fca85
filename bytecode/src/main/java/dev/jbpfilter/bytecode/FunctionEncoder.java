package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.CodegenException.Reason;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes one function (RFC 9669; offsets are in slots, relative to the slot after the jump).
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
final class FunctionEncoder {
  private static final int JA = 0x05;
  private static final int JA_LONG = 0x06;
  private static final int LD_IMM_DW = 0x18;
  private static final int CALL = 0x85;
  private static final int EXIT = 0x95;
  private static final int LD_ABS = 0x20;
  private static final int LD_IND = 0x40;
  private static final int MAY_GOTO = 0xe5;
  private static final int PSEUDO_FUNC = 4;
  private static final int PSEUDO_CALL = 1;
  private static final int PSEUDO_KFUNC_CALL = 2;

  private final List<Element<Phys>> elements;
  private final EncodedProgram out;
  private final int[] targets;
  private final int[] starts;
  private final boolean[] far;
  private @Nullable String note;

  private FunctionEncoder(Code<Phys> code, EncodedProgram out) {
    this.out = out;
    elements = code.elements();
    targets = Targets.of(code);
    starts = new int[targets.length + 1];
    far = new boolean[targets.length];
  }

  /** Appends the encoding of a function. */
  static void encode(Code<Phys> code, EncodedProgram out) {
    FunctionEncoder encoder = new FunctionEncoder(code, out);
    encoder.relax();
    for (int i = 0; i < encoder.targets.length; i++) {
      encoder.emit(i);
    }
  }

  private void relax() {
    do {
      int slot = out.count();
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
      case Atomic<Phys> atomic -> 1;
      case Element.AddressSpaceCast<Phys> cast -> 1;
      case Element.LoadField<Phys> load -> 1;
      case LoadPacket<Phys> load -> 1;
      case Element.MayGoto<Phys> jump -> 1;
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
      case Element.AddressSpaceCast<Phys>(Phys dst, Phys src, int to, int from) ->
          add(0xbf, dst.number(), src.number(), 1, to << 16 | from);
      case Element.LoadField<Phys> load -> {
        relocate(new Target.Field(load.type(), load.field()));
        add(0x61 | load.size().code(), load.dst().number(), load.base().number(), 0, 0);
      }
      case LoadPacket<Phys> load -> loadPacket(load);
      case Atomic<Phys> atomic -> atomic(atomic);
      case Element.LoadImm64<Phys>(Phys dst, Constant value) -> loadImm64(dst.number(), value);
      case Element.Jump<Phys> jump -> jump(starts[targets[index]]);
      case Element.Branch<Phys> branch -> branch(branch, index);
      case Element.MayGoto<Phys> jump ->
          add(MAY_GOTO, 0, 0, starts[targets[index]] - out.count() - 1, 0);
      case Element.Call<Phys> call -> call(call);
      case Element.Exit<Phys>(Phys value) -> {
        require(value, Phys.R0, "result of exit");
        add(EXIT, 0, 0, 0, 0);
      }
      case Element.Bind<Phys> bind -> {}
      case Element.Note<Phys>(String text) -> note(text);
    }
  }

  private void atomic(Atomic<Phys> atomic) {
    int opcode = 0xc3 | atomic.size().code();
    int base = atomic.base().number();
    int offset = memory(atomic.offset());
    switch (atomic) {
      case Atomic.Update<Phys> e ->
          add(opcode, base, e.src().number(), offset, e.op().code() | (e.fetch() ? 1 : 0));
      case Atomic.CompareExchange<Phys> e -> {
        require(e.old(), Phys.R0, "value to compare with");
        add(opcode, base, e.src().number(), offset, AtomicOp.COMPARE_EXCHANGE);
      }
      case Atomic.LoadAcquire<Phys> e ->
          add(opcode, e.dst().number(), base, offset, AtomicOp.LOAD_ACQUIRE);
      case Atomic.StoreRelease<Phys> e ->
          add(opcode, base, e.src().number(), offset, AtomicOp.STORE_RELEASE);
    }
  }

  private void loadPacket(LoadPacket<Phys> load) {
    require(load.dst(), Phys.R0, "result of packet access");
    require(load.context(), Phys.R6, "context of packet access");
    Phys index = load.index();
    if (index == null) {
      add(LD_ABS | load.size().code(), 0, 0, 0, load.offset());
    } else {
      add(LD_IND | load.size().code(), 0, index.number(), 0, load.offset());
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
        add(LD_IMM_DW, dst, Constant.Pseudo.MAP_FD.code(), 0, 0);
        add(0, 0, 0, 0, 0);
      }
      case Constant.MapValue(String map, int offset) -> {
        relocate(new Target.MapValue(map, offset));
        add(LD_IMM_DW, dst, Constant.Pseudo.MAP_VALUE.code(), 0, 0);
        add(0, 0, 0, 0, 0);
      }
      case Constant.Variable(String name) -> {
        relocate(new Target.Variable(name));
        add(LD_IMM_DW, dst, Constant.Pseudo.BTF_ID.code(), 0, 0);
        add(0, 0, 0, 0, 0);
      }
      case Constant.Function(String name) -> {
        out.refer(name);
        add(LD_IMM_DW, dst, PSEUDO_FUNC, 0, 0);
        add(0, 0, 0, 0, 0);
      }
      case Constant.Resolved(Constant.Pseudo kind, int number, int offset) -> {
        add(LD_IMM_DW, dst, kind.code(), 0, number);
        add(0, 0, 0, 0, offset);
      }
    }
  }

  private void jump(int target) {
    int offset = target - out.count() - 1;
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
      branch(branch.condition(), branch, target - out.count() - 1);
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
      case CallTarget.Helper(int number) -> add(CALL, 0, 0, 0, number);
      case CallTarget.KernelFunction(String name) -> {
        relocate(new Target.KernelFunction(name));
        add(CALL, 0, PSEUDO_KFUNC_CALL, 0, 0);
      }
      case CallTarget.KernelFunctionId(int id, int module) ->
          add(CALL, 0, PSEUDO_KFUNC_CALL, module, id);
      case CallTarget.Subprogram(String name) -> {
        out.refer(name);
        add(CALL, 0, PSEUDO_CALL, 0, 0);
      }
    }
  }

  private static void require(Phys actual, Phys expected, String what) {
    if (actual != expected) {
      throw new IllegalArgumentException(what + " is in " + actual + ", not in " + expected);
    }
  }

  private void relocate(Target target) {
    out.relocate(target);
  }

  private void note(String text) {
    note = text;
    if (out.count() < starts[targets.length]) {
      out.note(text);
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
    out.add(opcode, dst, src, offset, imm);
  }
}
