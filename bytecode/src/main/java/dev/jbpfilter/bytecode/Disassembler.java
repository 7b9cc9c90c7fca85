package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.CallTarget.Helper;
import dev.jbpfilter.bytecode.Decoder.Decoded;
import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes programs in the notation of the kernel: that of the verifier's log and of {@code bpftool
 * prog dump xlated} (kernel/bpf/disasm.c).
 *
 * <pre>{@code
 * ; rule 0
 *    0: (61) r6 = *(u32 *)(r1 +4)
 *    1: (b7) r0 = 2
 *    2: (15) if r6 == 0x0 goto pc+1
 *    3: (85) call bpf_map_lookup_elem#1
 *    4: (95) exit
 * }</pre>
 *
 * <p>A line has the number of the instruction's first slot, its opcode byte, and the instruction;
 * jumps count slots from the next one. Notes are lines of their own that begin with {@code "; "}.
 * What only a loaded program has a number for is shown by name instead:
 *
 * <ul>
 *   <li>a map, {@code map[name:bf_cmap]};
 *   <li>a byte in a map's first value, {@code map[name:bf_tables][0]+40};
 *   <li>a kernel function, {@code call bpf_dynptr_from_xdp}, without {@code #}.
 * </ul>
 */
public final class Disassembler {
  private static final int NUMBER_WIDTH = 4;

  private final Instructions instructions;
  private final StringBuilder out = new StringBuilder();

  private Disassembler(Instructions instructions) {
    this.instructions = instructions;
  }

  /**
   * A line of a listing.
   *
   * @param slot of the instruction; of the next one for a note
   * @param text without the line feed; a note's may have several lines
   */
  record Line(int slot, boolean note, String text) {}

  /**
   * A program's listing, each line ended by a line feed.
   *
   * @throws DecodeException if {@link Decoder#list} does
   */
  public static String disassemble(ProgramSpec program) {
    StringBuilder out = new StringBuilder(program.instructions().count() * 40);
    for (Line line : lines(program)) {
      if (line.note()) {
        out.append("; ").append(line.text().replace("\n", "\n; "));
      } else {
        out.append(line.text());
      }
      out.append('\n');
    }
    return out.toString();
  }

  /**
   * A program's listing.
   *
   * @throws DecodeException if {@link Decoder#list} does
   */
  static List<Line> lines(ProgramSpec program) {
    List<Decoded> list = Decoder.list(program);
    Disassembler disassembler = new Disassembler(program.instructions());
    List<Line> lines = new ArrayList<>(list.size() + program.notes().size());
    int notes = 0;
    for (Decoded decoded : list) {
      for (; notes < program.notes().size(); notes++) {
        LineNote note = program.notes().get(notes);
        if (note.slot() > decoded.slot()) {
          break;
        }
        lines.add(new Line(decoded.slot(), true, note.text()));
      }
      lines.add(new Line(decoded.slot(), false, disassembler.line(decoded)));
    }
    return lines;
  }

  private String line(Decoded decoded) {
    out.setLength(0);
    String number = Integer.toString(decoded.slot());
    out.append(" ".repeat(Math.max(0, NUMBER_WIDTH - number.length()))).append(number);
    out.append(": (");
    int opcode = (int) instructions.slot(decoded.slot()) & 0xff;
    out.append(Character.forDigit(opcode >> 4, 16)).append(Character.forDigit(opcode & 15, 16));
    out.append(") ");
    instruction(decoded);
    return out.toString();
  }

  private void instruction(Decoded decoded) {
    switch (decoded.element()) {
      case Element.Alu<Phys>(AluOp op, Width width, Phys dst, Operand<Phys> src) -> {
        register(width, dst).append(' ').append(op.symbol()).append(' ');
        operand(width, src);
      }
      case Element.Negate<Phys>(Width width, Phys dst) -> {
        register(width, dst).append(" = -");
        register(width, dst);
      }
      case Element.Move<Phys>(Width width, int extend, Phys dst, Operand<Phys> src) -> {
        register(width, dst).append(" = ");
        if (extend != 0) {
          out.append("(s").append(extend).append(')');
        }
        operand(width, src);
      }
      case Element.Endian<Phys>(ByteSwap order, int bits, Phys dst) ->
          out.append(dst).append(" = ").append(name(order)).append(bits).append(' ').append(dst);
      case Element.Load<Phys>(Size size, boolean signed, Phys dst, Phys base, int offset) -> {
        out.append(dst).append(" = *");
        memory(signed ? 's' : 'u', size, base, offset);
      }
      case Element.Store<Phys>(Size size, Phys base, int offset, Operand<Phys> src) -> {
        out.append('*');
        memory('u', size, base, offset).append(" = ").append(src);
      }
      case Atomic<Phys> atomic -> atomic(atomic);
      case Element.AddressSpaceCast<Phys>(Phys dst, Phys src, int to, int from) -> {
        out.append(dst).append(" = addr_space_cast(").append(src);
        out.append(", ").append(to).append(", ").append(from).append(')');
      }
      case Element.LoadField<Phys> load -> {
        out.append(load.dst()).append(" = *(").append(load.size().type()).append(" *)(");
        out.append(load.base()).append(" +").append(load.type()).append('.').append(load.field());
        out.append(')');
      }
      case LoadPacket<Phys> load -> {
        out.append(load.dst()).append(" = *(").append(load.size().type()).append(" *)skb[");
        if (load.index() != null) {
          out.append(load.index()).append(" + ");
        }
        out.append(load.offset()).append(']');
      }
      case Element.MayGoto<Phys>(Label target) -> {
        out.append("may_goto ");
        target(decoded.slot(), target);
      }
      case Element.LoadImm64<Phys>(Phys dst, Constant value) -> {
        out.append(dst).append(" = ");
        constant(value);
      }
      case Element.Jump<Phys>(Label target) -> {
        boolean distant = (instructions.slot(decoded.slot()) & 0xff) == 0x06;
        out.append(distant ? "gotol " : "goto ");
        target(decoded.slot(), target);
      }
      case Element.Branch<Phys>(
              Condition condition,
              Width width,
              Phys left,
              Operand<Phys> right,
              Label target) -> {
        out.append("if ");
        register(width, left).append(' ').append(condition.symbol()).append(' ');
        switch (right) {
          case Operand.OfReg<Phys>(Phys reg) -> register(width, reg);
          case Operand.Imm<Phys>(int value) -> out.append("0x").append(Integer.toHexString(value));
        }
        out.append(" goto ");
        target(decoded.slot(), target);
      }
      case Element.Call<Phys> call -> call(call.function());
      case Element.Exit<Phys> exit -> out.append("exit");
      // Bytes never decode to these two.
      case Element.Bind<Phys>(Label label) -> out.append(label).append(':');
      case Element.Note<Phys>(String text) -> out.append("; ").append(text);
    }
  }

  private void atomic(Atomic<Phys> atomic) {
    switch (atomic) {
      case Atomic.Update<Phys> update -> update(update);
      case Atomic.CompareExchange<Phys> exchange -> {
        out.append("r0 = atomic").append(exchange.size() == Size.DW ? "64" : "");
        out.append("_cmpxchg(");
        memory('u', exchange.size(), exchange.base(), exchange.offset());
        out.append(", r0, ").append(exchange.src()).append(')');
      }
      case Atomic.LoadAcquire<Phys> load -> {
        out.append(load.dst()).append(" = load_acquire(");
        memory('u', load.size(), load.base(), load.offset()).append(')');
      }
      case Atomic.StoreRelease<Phys> store -> {
        out.append("store_release(");
        memory('u', store.size(), store.base(), store.offset());
        out.append(", ").append(store.src()).append(')');
      }
    }
  }

  private void update(Atomic.Update<Phys> atomic) {
    if (!atomic.fetch()) {
      out.append("lock *");
      memory('u', atomic.size(), atomic.base(), atomic.offset());
      out.append(' ').append(atomic.op().symbol()).append(' ').append(atomic.src());
      return;
    }
    out.append(atomic.src()).append(" = atomic");
    if (atomic.size() == Size.DW) {
      out.append("64");
    }
    out.append(
        switch (atomic.op()) {
          case ADD -> "_fetch_add(";
          case OR -> "_fetch_or(";
          case AND -> "_fetch_and(";
          case XOR -> "_fetch_xor(";
          case XCHG -> "_xchg(";
        });
    memory('u', atomic.size(), atomic.base(), atomic.offset());
    out.append(", ").append(atomic.src()).append(')');
  }

  private StringBuilder register(Width width, Phys register) {
    return out.append(width == Width.W64 ? 'r' : 'w').append(register.number());
  }

  private void operand(Width width, Operand<Phys> operand) {
    switch (operand) {
      case Operand.OfReg<Phys>(Phys reg) -> register(width, reg);
      case Operand.Imm<Phys>(int value) -> out.append(value);
    }
  }

  private StringBuilder memory(char sign, Size size, Phys base, int offset) {
    out.append('(').append(sign).append(size.bytes() * 8).append(" *)(").append(base).append(' ');
    return signed(offset).append(')');
  }

  private StringBuilder signed(int number) {
    return number < 0 ? out.append(number) : out.append('+').append(number);
  }

  private void constant(Constant constant) {
    switch (constant) {
      case Constant.Value(long value) -> out.append("0x").append(Long.toHexString(value));
      case Constant.MapFd(String map) -> out.append("map[name:").append(map).append(']');
      case Constant.MapValue(String map, int offset) ->
          out.append("map[name:").append(map).append("][0]+").append(offset);
      case Constant.Variable(String name) -> out.append("var[name:").append(name).append(']');
      case Constant.Function(String name) -> out.append("subprog[name:").append(name).append(']');
      case Constant.Resolved resolved -> resolved(resolved);
    }
  }

  private void resolved(Constant.Resolved constant) {
    int number = constant.number();
    switch (constant.kind()) {
      case MAP_FD -> out.append("map[fd:").append(number).append(']');
      case MAP_VALUE ->
          out.append("map[fd:").append(number).append("][0]+").append(constant.offset());
      case BTF_ID -> {
        out.append("var[id:").append(number).append(']');
        if (constant.offset() != 0) {
          out.append("[fd:").append(constant.offset()).append(']');
        }
      }
      case MAP_INDEX -> out.append("map[idx:").append(number).append(']');
      case MAP_INDEX_VALUE ->
          out.append("map[idx:").append(number).append("][0]+").append(constant.offset());
    }
  }

  private void target(int slot, Label target) {
    out.append("pc");
    signed(target.id() - slot - 1);
  }

  private void call(CallTarget function) {
    out.append("call ");
    switch (function) {
      case Helper helper ->
          out.append(HelperTable.has(helper.number()) ? "bpf_" : "").append(helper);
      case CallTarget.KernelFunction(String name) -> out.append(name);
      case CallTarget.KernelFunctionId(int id, int module) -> {
        out.append("kernel-function#").append(id);
        if (module != 0) {
          out.append("[module:").append(module).append(']');
        }
      }
      case CallTarget.Subprogram(String name) -> out.append(name);
    }
  }

  private static String name(ByteSwap order) {
    return switch (order) {
      case TO_LE -> "le";
      case TO_BE -> "be";
      case SWAP -> "bswap";
    };
  }
}
