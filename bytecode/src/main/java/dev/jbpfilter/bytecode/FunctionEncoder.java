package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.CodegenException.Reason;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes one function (RFC 9669; offsets are in slots, relative to the slot after the jump). How
 * far jumps are encoded is the matter of its {@link JumpLayout}.
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
  private final KernelVersion target;
  private final JumpLayout layout;
  private @Nullable String note;

  private FunctionEncoder(Code<Phys> code, KernelVersion target, EncodedProgram out) {
    this.out = out;
    this.target = target;
    elements = code.elements();
    // The table of helpers takes milliseconds to set up.
    if (!target.isAtLeast(FirstKernel.NEWEST)) {
      requireFeatures();
    }
    int[] targets = Targets.of(code);
    layout =
        target.isAtLeast(FirstKernel.LONG_JUMP)
            ? new LongJumps(elements, targets, out.count())
            : new Trampolines(elements, targets, out.count());
  }

  /** Appends the encoding of a function. */
  static void encode(Code<Phys> code, KernelVersion target, EncodedProgram out) {
    FunctionEncoder encoder = new FunctionEncoder(code, target, out);
    for (int i = 0; i < encoder.elements.size(); i++) {
      encoder.island(i);
      encoder.emit(i);
    }
  }

  private void requireFeatures() {
    for (Element<Phys> element : elements) {
      if (element instanceof Element.Note<Phys>(String text)) {
        note = text;
      }
      KernelVersion since = FirstKernel.of(element);
      if (!target.isAtLeast(since)) {
        throw new CodegenException(new Reason.Unsupported(CodePrinter.text(element), since), note);
      }
    }
    note = null;
  }

  private void island(int index) {
    int[] hops = layout.island(index);
    if (hops.length > 0 && layout.fallsIn(index)) {
      jump(out.count() + 1 + hops.length);
    }
    for (int hop : hops) {
      jump(hop);
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
      case Element.AddressSpaceCast<Phys>(Phys dst, Phys src, int to, int from) ->
          add(0xbf, dst.number(), src.number(), 1, to << 16 | from);
      case Element.LoadField<Phys> load -> {
        relocate(new Target.Field(load.type(), load.field()));
        add(0x61 | load.size().code(), load.dst().number(), load.base().number(), 0, 0);
      }
      case LoadPacket<Phys> load -> loadPacket(load);
      case Atomic<Phys> atomic -> atomic(atomic);
      case Element.LoadImm64<Phys>(Phys dst, Constant value) -> loadImm64(dst.number(), value);
      case Element.Jump<Phys> jump -> jump(layout.hop(index));
      case Element.Branch<Phys> branch -> branch(branch, index);
      case Element.MayGoto<Phys> jump -> mayGoto(index);
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
      case Constant.StructureId(String structure) -> {
        relocate(new Target.StructureId(structure));
        add(LD_IMM_DW, dst, 0, 0, 0);
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

  private void jump(int slot) {
    int offset = slot - out.count() - 1;
    if (JumpLayout.isShort(offset) || !target.isAtLeast(FirstKernel.LONG_JUMP)) {
      add(JA, 0, 0, shortOffset(offset), 0);
    } else {
      add(JA_LONG, 0, 0, 0, offset);
    }
  }

  private void branch(Element.Branch<Phys> branch, int index) {
    Condition negation = branch.condition().negation();
    if (!layout.isFar(index)) {
      branch(branch.condition(), branch, layout.hop(index) - out.count() - 1);
    } else if (negation != null) {
      branch(negation, branch, 1);
      jump(layout.hop(index));
    } else {
      branch(branch.condition(), branch, 1);
      jumpOver(layout.hop(index));
    }
  }

  private void mayGoto(int index) {
    if (layout.isFar(index)) {
      add(MAY_GOTO, 0, 0, 1, 0);
      jumpOver(layout.hop(index));
    } else {
      add(MAY_GOTO, 0, 0, shortOffset(layout.hop(index) - out.count() - 1), 0);
    }
  }

  /** What follows a jump that, if it is taken, skips a slot and then goes on to another place. */
  private void jumpOver(int slot) {
    add(JA, 0, 0, 1, 0);
    jump(slot);
  }

  private void branch(Condition condition, Element.Branch<Phys> branch, int offset) {
    int kind = branch.width() == Width.W64 ? 0x05 : 0x06;
    add(condition.code() | kind, branch.left(), branch.right(), shortOffset(offset));
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
    if (out.count() < layout.end()) {
      out.note(text);
    }
  }

  private int memory(int offset) {
    return shortOffset("memory offset", offset);
  }

  private int shortOffset(int offset) {
    return shortOffset("jump distance", offset);
  }

  private int shortOffset(String field, int offset) {
    if (!JumpLayout.isShort(offset)) {
      throw new CodegenException(new Reason.OutOfRange(field, offset), note);
    }
    return offset;
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
