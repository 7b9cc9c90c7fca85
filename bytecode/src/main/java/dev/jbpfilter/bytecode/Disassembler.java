package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.CallTarget.Helper;
import dev.jbpfilter.bytecode.Decoder.Decoded;
import dev.jbpfilter.bytecode.ProgramSpec.LineNote;
import dev.jbpfilter.bytecode.assembler.Assembler;
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
 * jumps and calls count slots from the next one. Notes are lines of their own that begin with
 * {@code "; "}. What only a loaded program has a number for is shown by name instead:
 *
 * <ul>
 *   <li>a map, {@code map[name:bf_cmap]};
 *   <li>a byte in a map's first value, {@code map[name:bf_tables][0]+40};
 *   <li>a kernel variable, {@code var[name:bpf_prog_active]};
 *   <li>a kernel function, {@code call bpf_dynptr_from_xdp}, without {@code #};
 *   <li>the offset of a kernel structure's member, {@code *(u64 *)(r1 +sk_buff.dev)}.
 * </ul>
 *
 * <p>Numbers that are filled in already show as {@code map[fd:3]}, {@code map[idx:0][0]+8}, {@code
 * var[id:1234]} (with {@code [fd:4]} if the type is a module's), {@code call kernel-function#5678}
 * (with {@code [module:1]}).
 *
 * <p>Where a program has several functions, or one that is not simply named after it, a line {@code
 * name(r1, r2):} with the parameters begins each. References to them show the name: {@code call
 * pc+5#name}, {@code r2 = subprog[+5]#name}.
 *
 * <p>{@link Assembler} reads all this back.
 */
public final class Disassembler extends Notation {
  private static final int NUMBER_WIDTH = 4;

  private Disassembler(Instructions instructions) {
    super(instructions, new StringBuilder());
  }

  /**
   * A line of a listing.
   *
   * @param slot of the instruction, or of the next one
   * @param text without the line feed; a note's may have several lines
   */
  record Line(int slot, Kind kind, String text) {}

  /** What a line of a listing is. */
  enum Kind {
    INSTRUCTION,
    NOTE,
    /** The beginning of a function. */
    FUNCTION
  }

  /**
   * A program's listing, each line ended by a line feed.
   *
   * @throws DecodeException if {@link Decoder#functions} does
   */
  public static String disassemble(ProgramSpec program) {
    StringBuilder out = new StringBuilder(program.instructions().count() * 40);
    for (Line line : lines(program)) {
      if (line.kind() == Kind.NOTE) {
        out.append("; ").append(line.text().replace("\n", "\n; "));
      } else {
        out.append(line.text());
      }
      out.append('\n');
    }
    return out.toString();
  }

  /**
   * A program's listing after directives with which {@link Assembler} gives the same program and
   * maps back, except for the types of keys and values.
   *
   * @throws DecodeException if {@link Decoder#functions} does
   */
  public static String disassemble(ObjectSpec object) {
    ProgramSpec program = object.program();
    StringBuilder out = new StringBuilder();
    out.append(".license ").append(program.license()).append('\n');
    for (MapSpec map : object.maps()) {
      out.append(".map ").append(map.name()).append(' ').append(Dump.name(map.type()));
      out.append(" key ").append(map.keySize()).append(" value ").append(map.valueSize());
      out.append(" entries ").append(Integer.toUnsignedString(map.maxEntries()));
      flags(out, map.flags());
      if (!map.entries().isEmpty()) {
        out.append("; ").append(map.name()).append(" begins with ").append(map.entries());
        out.append(", which are not here\n");
      }
    }
    out.append(".program ").append(program.name()).append(' ').append(Dump.name(program.type()));
    out.append(' ').append(Dump.name(program.attachType()));
    flags(out, program.flags());
    for (ProgramSpec.Function function : program.functions()) {
      if (function.global()) {
        out.append(".global ").append(function.name()).append('\n');
      }
    }
    return out.append(disassemble(program)).toString();
  }

  private static void flags(StringBuilder out, int flags) {
    if (flags != 0) {
      out.append(" flags 0x").append(Integer.toHexString(flags));
    }
    out.append('\n');
  }

  /**
   * A program's listing.
   *
   * @throws DecodeException if {@link Decoder#functions} does
   */
  static List<Line> lines(ProgramSpec program) {
    FunctionStarts starts = new FunctionStarts(program.instructions().count(), program.functions());
    List<Decoded> list = Decoder.list(program, starts);
    List<ProgramSpec.Function> functions = starts.functions(list);
    Disassembler disassembler = new Disassembler(program.instructions());
    List<Line> lines = new ArrayList<>(list.size() + program.notes().size() + functions.size());
    int notes = 0;
    int function = isNamedAfter(program, functions) ? 1 : 0;
    for (Decoded decoded : list) {
      int slot = decoded.slot();
      if (function < functions.size() && functions.get(function).slot() == slot) {
        lines.add(new Line(slot, Kind.FUNCTION, header(functions.get(function++))));
      }
      for (; notes < program.notes().size(); notes++) {
        LineNote note = program.notes().get(notes);
        if (note.slot() > slot) {
          break;
        }
        lines.add(new Line(slot, Kind.NOTE, note.text()));
      }
      lines.add(new Line(slot, Kind.INSTRUCTION, disassembler.line(decoded)));
    }
    return lines;
  }

  private static boolean isNamedAfter(ProgramSpec program, List<ProgramSpec.Function> functions) {
    return functions.equals(List.of(new ProgramSpec.Function(0, program.name(), 1)));
  }

  private static String header(ProgramSpec.Function function) {
    StringBuilder header = new StringBuilder(function.name()).append('(');
    for (int i = 1; i <= function.parameters(); i++) {
      header.append(i == 1 ? "r" : ", r").append(i);
    }
    return header.append("):").toString();
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
      case Element.Alu<Phys> alu -> alu(alu);
      case Element.Negate<Phys> negate -> negate(negate);
      case Element.Move<Phys> move -> move(move);
      case Element.Endian<Phys> endian -> endian(endian);
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
        constant(decoded.slot(), value);
      }
      case Element.Jump<Phys>(Label target) -> {
        jump(decoded.slot());
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
      case Element.Call<Phys> call -> call(decoded.slot(), call.function());
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
    out.append('_').append(fetch(atomic.op())).append('(');
    memory('u', atomic.size(), atomic.base(), atomic.offset());
    out.append(", ").append(atomic.src()).append(')');
  }

  @Override
  void operand(Width width, Operand<Phys> operand) {
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

  private void constant(int slot, Constant constant) {
    switch (constant) {
      case Constant.Value(long value) -> out.append("0x").append(Long.toHexString(value));
      case Constant.MapFd(String map) -> out.append("map[name:").append(map).append(']');
      case Constant.MapValue(String map, int offset) ->
          value(out.append("map[name:").append(map), offset);
      case Constant.Variable(String name) -> out.append("var[name:").append(name).append(']');
      case Constant.StructureId(String structure) ->
          out.append("struct[name:").append(structure).append(']');
      case Constant.Function(String name) -> {
        out.append("subprog[");
        signed(immediate(slot)).append("]#").append(name);
      }
      case Constant.Resolved resolved -> resolved(resolved);
    }
  }

  private void resolved(Constant.Resolved constant) {
    int number = constant.number();
    switch (constant.kind()) {
      case MAP_FD -> out.append("map[fd:").append(number).append(']');
      case MAP_VALUE -> value(out.append("map[fd:").append(number), constant.offset());
      case BTF_ID -> {
        out.append("var[id:").append(number).append(']');
        if (constant.offset() != 0) {
          out.append("[fd:").append(constant.offset()).append(']');
        }
      }
      case MAP_INDEX -> out.append("map[idx:").append(number).append(']');
      case MAP_INDEX_VALUE -> value(out.append("map[idx:").append(number), constant.offset());
    }
  }

  private static void value(StringBuilder out, int offset) {
    out.append("][0]+").append(Integer.toUnsignedString(offset));
  }

  private void target(int slot, Label target) {
    out.append("pc");
    signed(target.id() - slot - 1);
  }

  private void call(int slot, CallTarget function) {
    out.append("call ");
    switch (function) {
      // The kernel has a name for the number that no helper has.
      case Helper helper when helper.number() == 0 -> out.append("bpf_unspec#0");
      case Helper helper ->
          out.append(HelperTable.has(helper.number()) ? "bpf_" : "").append(helper);
      case CallTarget.KernelFunction(String name) -> out.append(name);
      case CallTarget.KernelFunctionId(int id, int module) -> {
        out.append("kernel-function#").append(id);
        if (module != 0) {
          out.append("[module:").append(module).append(']');
        }
      }
      case CallTarget.Subprogram(String name) -> {
        out.append("pc");
        signed(immediate(slot)).append('#').append(name);
      }
    }
  }
}
