package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.Decoder.Decoded;
import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import dev.jbpfilter.bytecode.ProgramSpec.Relocation;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import java.util.List;

/**
 * Writes programs in the notation of LLVM: what {@code llvm-objdump -dr --no-show-raw-insn} of LLVM
 * 22 prints, and {@code llvm-mc -mcpu=v4} reads.
 *
 * <pre>{@code
 * 0000000000000000 <main>:
 * ; rule 0
 *        0:	w6 = *(u32 *)(r1 + 0x4)
 *        1:	if r6 == 0x0 goto +0x3 <main+0x28>
 *        2:	r1 = 0x5 ll
 *        4:	call 0x1
 *        5:	exit
 * }</pre>
 *
 * <p>A line has the number of the instruction's first slot and the instruction; a line with an
 * address and a name begins each function. Notes stand where {@code -S} shows source lines. A
 * relocation is a line below its instruction, with the address in bytes:
 *
 * <pre>{@code
 *        2:	ld_pseudo	r1, 0x1, 0x0
 * 		0000000000000010:  R_BPF_64_64	bf_cmap
 * }</pre>
 *
 * <p>The notation tells less than {@link Disassembler}'s. It has one {@code call} for helpers,
 * kernel functions and functions of the program; it drops the offset of {@code skb[r2 + 4]}, and
 * the second number of a load of two slots other than a plain number.
 */
public final class LlvmDisassembler extends Notation {
  private static final int NUMBER_WIDTH = 8;

  private final List<ProgramSpec.Function> functions;

  private LlvmDisassembler(Instructions instructions, List<ProgramSpec.Function> functions) {
    super(instructions, new StringBuilder(instructions.count() * 40));
    this.functions = functions;
  }

  /**
   * A program's listing, each line ended by a line feed.
   *
   * @throws DecodeException if {@link Decoder#functions} does
   */
  public static String disassemble(ProgramSpec program) {
    FunctionStarts starts = new FunctionStarts(program.instructions().count(), program.functions());
    List<Decoded> list = Decoder.list(program, starts);
    return new LlvmDisassembler(program.instructions(), starts.functions(list))
        .listing(program, list);
  }

  private String listing(ProgramSpec program, List<Decoded> list) {
    List<LineNote> notes = program.notes();
    List<Relocation> relocations = program.relocations();
    int function = -1;
    int note = 0;
    int relocation = 0;
    for (Decoded decoded : list) {
      int slot = decoded.slot();
      if (function + 1 < functions.size() && functions.get(function + 1).slot() == slot) {
        function++;
        out.append(function == 0 ? "" : "\n").append(address(slot));
        out.append(" <").append(functions.get(function).name()).append(">:\n");
      }
      for (; note < notes.size() && notes.get(note).slot() <= slot; note++) {
        out.append("; ").append(notes.get(note).text().replace("\n", "\n; ")).append('\n');
      }
      String number = Integer.toString(slot);
      out.append(" ".repeat(Math.max(0, NUMBER_WIDTH - number.length()))).append(number);
      out.append(":\t");
      instruction(decoded);
      out.append('\n');
      if (relocation < relocations.size() && relocations.get(relocation).slot() == slot) {
        out.append("\t\t").append(address(slot)).append(":  ");
        relocation(relocations.get(relocation++).target());
      }
    }
    return out.toString();
  }

  private static String address(int slot) {
    String address = Long.toHexString((long) slot * Long.BYTES);
    return "0".repeat(16 - address.length()) + address;
  }

  private void relocation(Target target) {
    switch (target) {
      case Target.MapFd(String map) -> out.append("R_BPF_64_64\t").append(map);
      case Target.MapValue(String map, int offset) -> {
        out.append("R_BPF_64_64\t").append(map);
        if (offset != 0) {
          signed(offset, "+", "-");
        }
      }
      case Target.Variable(String name) -> out.append("R_BPF_64_64\t").append(name);
      case Target.KernelFunction(String name) -> out.append("R_BPF_64_32\t").append(name);
      case Target.StructureId(String type) ->
          out.append("CO-RE <target_type_id> struct ").append(type);
      case Target.Field(String type, String field) ->
          out.append("CO-RE <byte_off> struct ").append(type).append("::").append(field);
    }
    out.append('\n');
  }

  private void instruction(Decoded decoded) {
    switch (decoded.element()) {
      case Element.Alu<Phys> alu -> alu(alu);
      case Element.Negate<Phys> negate -> negate(negate);
      case Element.Move<Phys> move -> move(move);
      case Element.Endian<Phys> endian -> endian(endian);
      case Element.AddressSpaceCast<Phys>(Phys dst, Phys src, int to, int from) -> {
        out.append(dst).append(" = addr_space_cast(").append(src).append(", 0x").append(to);
        out.append(", 0x").append(from).append(')');
      }
      case Element.Load<Phys>(Size size, boolean signed, Phys dst, Phys base, int offset) -> {
        register(signed ? Width.W64 : width(size), dst).append(" = *");
        memory(signed ? 's' : 'u', size, base, offset);
      }
      case Element.LoadField<Phys> load -> {
        register(width(load.size()), load.dst()).append(" = *");
        memory('u', load.size(), load.base(), 0);
      }
      case LoadPacket<Phys> load -> packet(load);
      case Element.Store<Phys>(Size size, Phys base, int offset, Operand<Phys> src) -> {
        out.append('*');
        memory('u', size, base, offset).append(" = ");
        operand(width(size), src);
      }
      case Atomic<Phys> atomic -> atomic(atomic);
      case Element.LoadImm64<Phys> load -> constant(decoded.slot(), load);
      case Element.Jump<Phys>(Label target) -> {
        jump(decoded.slot());
        target(decoded.slot(), target);
      }
      case Element.Branch<Phys> branch -> {
        out.append("if ");
        register(branch.width(), branch.left());
        out.append(' ').append(branch.condition().symbol()).append(' ');
        operand(branch.width(), branch.right());
        out.append(" goto ");
        target(decoded.slot(), branch.target());
      }
      case Element.MayGoto<Phys>(Label target) -> {
        out.append("may_goto ");
        target(decoded.slot(), target);
      }
      case Element.Call<Phys> call -> {
        out.append("call ");
        number(immediate(decoded.slot()));
      }
      case Element.Exit<Phys> exit -> out.append("exit");
      case Element.Bind<Phys> bind -> throw new AssertionError(bind);
      case Element.Note<Phys> note -> throw new AssertionError(note);
    }
  }

  private void packet(LoadPacket<Phys> load) {
    out.append("r0 = *(").append(load.size().type()).append(" *)skb[");
    if (load.index() == null) {
      number(load.offset());
    } else {
      out.append(load.index());
    }
    out.append(']');
  }

  private void atomic(Atomic<Phys> atomic) {
    Width width = width(atomic.size());
    switch (atomic) {
      case Atomic.Update<Phys> update when !update.fetch() -> {
        out.append("lock *");
        memory('u', update.size(), update.base(), update.offset());
        out.append(' ').append(update.op().symbol()).append(' ');
        register(width, update.src());
      }
      case Atomic.Update<Phys> update when update.op() == AtomicOp.XCHG -> {
        register(width, update.src()).append(" = xchg");
        exchanged(update);
        register(width, update.src()).append(')');
      }
      case Atomic.Update<Phys> update -> {
        register(width, update.src()).append(" = atomic_");
        out.append(fetch(update.op())).append('(');
        memory('u', update.size(), update.base(), update.offset()).append(", ");
        register(width, update.src()).append(')');
      }
      case Atomic.CompareExchange<Phys> exchange -> {
        register(width, Phys.R0).append(" = cmpxchg");
        exchanged(exchange);
        register(width, Phys.R0).append(", ");
        register(width, exchange.src()).append(')');
      }
      case Atomic.LoadAcquire<Phys> load -> {
        register(width, load.dst()).append(" = load_acquire(");
        memory('u', load.size(), load.base(), load.offset()).append(')');
      }
      case Atomic.StoreRelease<Phys> store -> {
        out.append("store_release(");
        memory('u', store.size(), store.base(), store.offset()).append(", ");
        register(width, store.src()).append(')');
      }
    }
  }

  private void exchanged(Atomic<Phys> atomic) {
    out.append(atomic.size() == Size.DW ? "_64(" : "32_32(").append(atomic.base());
    signed(atomic.offset(), " + ", " - ").append(", ");
  }

  private void constant(int slot, Element.LoadImm64<Phys> load) {
    int pseudo = (int) instructions.slot(slot) >>> 12 & 0xf;
    if (pseudo == 0) {
      out.append(load.dst()).append(" = ");
      number(load.value() instanceof Constant.Value(long value) ? value : 0).append(" ll");
      return;
    }
    out.append("ld_pseudo\t").append(load.dst()).append(", 0x").append(pseudo);
    out.append(", 0x").append(Integer.toHexString(immediate(slot)));
  }

  private void target(int slot, Label target) {
    int distance = target.id() - slot - 1;
    signed(distance, "+", "-");
    ProgramSpec.Function nearest = null;
    for (int low = 0, high = functions.size(); low < high; ) {
      int middle = (low + high) >>> 1;
      if (functions.get(middle).slot() <= target.id()) {
        nearest = functions.get(middle);
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (nearest != null) {
      out.append(" <").append(nearest.name());
      if (target.id() != nearest.slot()) {
        long bytes = (long) (target.id() - nearest.slot()) * Long.BYTES;
        out.append("+0x").append(Long.toHexString(bytes));
      }
      out.append('>');
    }
  }

  private static Width width(Size size) {
    return size == Size.DW ? Width.W64 : Width.W32;
  }

  @Override
  void operand(Width width, Operand<Phys> operand) {
    switch (operand) {
      case Operand.OfReg<Phys>(Phys reg) -> register(width, reg);
      case Operand.Imm<Phys>(int value) -> number(value);
    }
  }

  private StringBuilder memory(char sign, Size size, Phys base, int offset) {
    out.append('(').append(sign).append(size.bytes() * 8).append(" *)(").append(base);
    return signed(offset, " + ", " - ").append(')');
  }

  private StringBuilder number(long number) {
    return signed(number, "", "-");
  }

  private StringBuilder signed(long number, String plus, String minus) {
    out.append(number < 0 ? minus : plus).append("0x");
    return out.append(Long.toHexString(Math.abs(number)));
  }
}
