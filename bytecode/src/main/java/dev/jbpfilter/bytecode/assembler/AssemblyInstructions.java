package dev.jbpfilter.bytecode.assembler;

import static dev.jbpfilter.bytecode.assembler.AssemblyOperands.isHalf;
import static dev.jbpfilter.bytecode.assembler.AssemblyOperands.number;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.AtomicOp;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.assembler.AssemblyProgram.Kind;
import java.util.List;

/** Reads one instruction after another, without their numbers and opcodes. */
final class AssemblyInstructions {
  private static final int MOVE = 0xb0;
  private static final int LOAD_WIDE = 0x18;
  private static final int ATOMIC = 0xc3;
  private static final AluOp[] ALU_OPS = AluOp.values();
  private static final AtomicOp[] ATOMIC_OPS = AtomicOp.values();

  /** The longer ones first where one begins with another. */
  private static final List<Condition> CONDITIONS =
      List.of(
          Condition.EQ,
          Condition.NE,
          Condition.GE,
          Condition.GT,
          Condition.LE,
          Condition.LT,
          Condition.SGE,
          Condition.SGT,
          Condition.SLE,
          Condition.SLT,
          Condition.SET);

  /** What instructions begin with that do not begin with a place. */
  static final List<String> WORDS =
      List.of("if", "goto", "gotol", "may_goto", "call", "exit", "lock", "store_release");

  private final AssemblyScanner in;
  private final AssemblyProgram out;
  private final AssemblyCalls calls;
  private final AssemblyMemory memory;
  private final AssemblyConstants constants;
  private final AssemblyOperands operands;

  AssemblyInstructions(AssemblyScanner in, AssemblyProgram out) {
    this.in = in;
    this.out = out;
    calls = new AssemblyCalls(in, out);
    memory = new AssemblyMemory(in);
    constants = new AssemblyConstants(in, out);
    operands = new AssemblyOperands(in);
  }

  /**
   * Reads an instruction.
   *
   * @param opcode that stands before it, or negative
   */
  void read(int opcode) throws AssemblySyntaxError {
    int dst = in.acceptRegister();
    if (dst >= 0) {
      assignment(dst, opcode);
      return;
    }
    if (in.accept('*')) {
      store();
      return;
    }
    int mark = in.mark();
    int line = in.line();
    int column = in.column();
    String word = in.name();
    switch (word) {
      case "if" -> branch();
      case "goto" -> jump(0x05, Kind.SHORT_JUMP);
      case "gotol" -> jump(0x06, Kind.LONG_JUMP);
      case "may_goto" -> jump(0xe5, Kind.SHORT_JUMP);
      case "call" -> calls.read();
      case "exit" -> out.add(0x95, 0, 0, 0, 0);
      case "lock" -> update();
      case "store_release" -> storeRelease();
      default -> {
        in.rewind(mark);
        if (word.isEmpty()) {
          throw in.unexpected("an instruction");
        }
        throw new AssemblySyntaxError(
            line, column, "there is no instruction " + word, Suggestion.of(word, WORDS));
      }
    }
  }

  private void assignment(int dst, int opcode) throws AssemblySyntaxError {
    if (in.accept('=')) {
      assign(dst, opcode);
      return;
    }
    for (AluOp op : ALU_OPS) {
      if (in.accept(op.symbol())) {
        operation(op.code(), op.offset(), dst);
        return;
      }
    }
    throw in.unexpected("'=' or an operator like '+='");
  }

  private void operation(int code, int offset, int dst) throws AssemblySyntaxError {
    int opcode = code | (isHalf(dst) ? 0x04 : 0x07);
    int src = in.acceptRegister();
    if (src >= 0) {
      operands.requireSameWidth(dst, src);
      out.add(opcode | 0x08, number(dst), number(src), offset, 0);
    } else {
      out.add(opcode, number(dst), 0, offset, operands.immediate(isHalf(dst)));
    }
  }

  private void assign(int dst, int opcode) throws AssemblySyntaxError {
    char first = in.peek();
    if (first == '-') {
      int mark = in.mark();
      in.accept('-');
      int src = in.acceptRegister();
      if (src >= 0) {
        operands.requireSame(dst, src, "negates");
        out.add(0x80 | (isHalf(dst) ? 0x04 : 0x07), number(dst), 0, 0, 0);
        return;
      }
      in.rewind(mark);
      constant(dst, opcode);
    } else if (AssemblyScanner.isDigit(first)) {
      constant(dst, opcode);
    } else if (in.accept('*')) {
      load(dst);
    } else if (in.accept('(')) {
      int bits = memory.signedBits(isHalf(dst));
      in.expect(')');
      operation(MOVE, bits, dst);
    } else {
      int src = in.acceptRegister();
      if (src >= 0) {
        operands.requireSameWidth(dst, src);
        out.add(MOVE | (isHalf(dst) ? 0x0c : 0x0f), number(dst), number(src), 0, 0);
      } else {
        named(dst);
      }
    }
  }

  /** A number: a move, unless it is too large for one or is said to be two slots long. */
  private void constant(int dst, int opcode) throws AssemblySyntaxError {
    int mark = in.mark();
    long value = in.number("number", Long.MIN_VALUE, -1L);
    boolean isLong = in.accept("ll");
    boolean unfit = value != (int) value || isUnsigned(mark, value);
    if (!isHalf(dst) && (isLong || opcode == LOAD_WIDE || (opcode < 0 && unfit))) {
      out.addWide(number(dst), 0, (int) value, (int) (value >>> 32));
      return;
    }
    if (isLong) {
      throw in.error("no move of 32 bits takes a number of 64", "leave ll out");
    }
    in.rewind(mark);
    operation(MOVE, 0, dst);
  }

  /** Whether a number that is negative as 64 bits was written without a sign. */
  private boolean isUnsigned(int mark, long value) {
    int after = in.mark();
    in.rewind(mark);
    boolean signed = in.peek() == '-';
    in.rewind(after);
    return value < 0 && !signed;
  }

  private void named(int dst) throws AssemblySyntaxError {
    int mark = in.mark();
    int line = in.line();
    int column = in.column();
    String word = in.name();
    switch (word) {
      case "le16", "le32", "le64" -> endian(0xd4, dst, word.substring(2));
      case "be16", "be32", "be64" -> endian(0xdc, dst, word.substring(2));
      case "bswap16", "bswap32", "bswap64" -> endian(0xd7, dst, word.substring(5));
      case "addr_space_cast" -> addressSpaceCast(dst);
      case "load_acquire" -> loadAcquire(dst);
      case "map", "var", "struct", "subprog" -> {
        operands.requireWhole(dst);
        constants.read(word, number(dst));
      }
      default -> {
        if (word.startsWith("atomic")) {
          fetch(dst, word, column);
          return;
        }
        in.rewind(mark);
        if (word.isEmpty()) {
          throw in.unexpected("a value");
        }
        throw new AssemblySyntaxError(line, column, "there is no value " + word, null);
      }
    }
  }

  private void endian(int opcode, int dst, String bits) throws AssemblySyntaxError {
    operands.requireWhole(dst);
    operands.requireSame(dst, operands.register(), "converts");
    out.add(opcode, number(dst), 0, 0, Integer.parseInt(bits));
  }

  private void addressSpaceCast(int dst) throws AssemblySyntaxError {
    operands.requireWhole(dst);
    in.expect('(');
    int src = operands.register();
    in.expect(',');
    int to = (int) in.number("address space", 0, 1);
    in.expect(',');
    in.number("other address space", 1 - to, 1 - to);
    in.expect(')');
    out.add(0xbf, number(dst), number(src), 1, to << 16 | (1 - to));
  }

  private void load(int dst) throws AssemblySyntaxError {
    memory.read(true);
    if (memory.isPacket) {
      if (dst != 0) {
        throw in.error("packet access leaves its result in r0", null);
      }
      int opcode = (memory.index < 0 ? 0x20 : 0x40) | memory.size.code();
      out.add(opcode, 0, Math.max(0, memory.index), 0, memory.offset);
      return;
    }
    operands.requireWidth(dst, memory.signed ? Size.DW : memory.size);
    if (memory.type != null && memory.field != null) {
      out.relocate(new Target.Field(memory.type, memory.field));
    }
    int opcode = (memory.signed ? 0x81 : 0x61) | memory.size.code();
    out.add(opcode, number(dst), memory.base, memory.offset, 0);
  }

  private void store() throws AssemblySyntaxError {
    memory.read(false);
    in.expect('=');
    int src = in.acceptRegister();
    if (src >= 0) {
      operands.requireWidth(src, memory.size);
      out.add(0x63 | memory.size.code(), memory.base, number(src), memory.offset, 0);
    } else {
      int value = operands.immediate(memory.size != Size.DW);
      out.add(0x62 | memory.size.code(), memory.base, 0, memory.offset, value);
    }
  }

  private void update() throws AssemblySyntaxError {
    in.expect('*');
    memory.readWord();
    for (AtomicOp op : ATOMIC_OPS) {
      if (op != AtomicOp.XCHG && in.accept(op.symbol())) {
        atomic(operands.register(), op.code());
        return;
      }
    }
    throw in.unexpected("'+=', '|=', '&=' or '^='");
  }

  private void atomic(int src, int code) throws AssemblySyntaxError {
    operands.requireWidth(src, memory.size);
    out.add(ATOMIC | memory.size.code(), memory.base, number(src), memory.offset, code);
  }

  private void fetch(int dst, String word, int column) throws AssemblySyntaxError {
    boolean wide = word.startsWith("atomic64_");
    String operation = word.substring(Math.min(word.length(), wide ? 9 : 7));
    int code =
        switch (operation) {
          case "fetch_add" -> 0x01;
          case "fetch_or" -> 0x41;
          case "fetch_and" -> 0x51;
          case "fetch_xor" -> 0xa1;
          case "xchg" -> 0xe1;
          case "cmpxchg" -> AtomicOp.COMPARE_EXCHANGE;
          default ->
              throw new AssemblySyntaxError(
                  in.line(), column, "there is no atomic operation " + word, null);
        };
    in.expect('(');
    memory.readWord();
    if (wide && memory.size != Size.DW) {
      throw in.error(word + " is for 8 bytes", null);
    }
    in.expect(',');
    if (code == AtomicOp.COMPARE_EXCHANGE) {
      operands.requireNumber(dst, 0, "the result");
      operands.requireNumber(operands.register(), 0, "the value to compare with");
      in.expect(',');
    }
    int src = operands.register();
    if (code != AtomicOp.COMPARE_EXCHANGE) {
      operands.requireSame(dst, src, "fetches into");
    }
    in.expect(')');
    atomic(src, code);
  }

  private void loadAcquire(int dst) throws AssemblySyntaxError {
    in.expect('(');
    memory.read(false);
    in.expect(')');
    operands.requireWidth(dst, memory.size);
    out.add(
        ATOMIC | memory.size.code(),
        number(dst),
        memory.base,
        memory.offset,
        AtomicOp.LOAD_ACQUIRE);
  }

  private void storeRelease() throws AssemblySyntaxError {
    in.expect('(');
    memory.read(false);
    in.expect(',');
    int src = operands.register();
    in.expect(')');
    atomic(src, AtomicOp.STORE_RELEASE);
  }

  private void branch() throws AssemblySyntaxError {
    int left = operands.register();
    Condition condition = null;
    for (Condition candidate : CONDITIONS) {
      if (in.accept(candidate.symbol())) {
        condition = candidate;
        break;
      }
    }
    if (condition == null) {
      throw in.unexpected("a condition like '=='");
    }
    int opcode = condition.code() | (isHalf(left) ? 0x06 : 0x05);
    int right = in.acceptRegister();
    int value = 0;
    if (right >= 0) {
      operands.requireSameWidth(left, right);
      opcode |= 0x08;
    } else {
      // The kernel shows 32 bits here, whatever the comparison makes of them.
      value = operands.immediate(true);
    }
    int mark = in.mark();
    if (!in.name().equals("goto")) {
      in.rewind(mark);
      throw in.unexpected("'goto'");
    }
    target(Kind.SHORT_JUMP);
    out.add(opcode, number(left), Math.max(0, number(right)), 0, value);
  }

  private void jump(int opcode, Kind kind) throws AssemblySyntaxError {
    target(kind);
    out.add(opcode, 0, 0, 0, 0);
  }

  private void target(Kind kind) throws AssemblySyntaxError {
    int line = in.line();
    int column = in.column();
    int mark = in.mark();
    String name = in.name();
    char sign = in.peek();
    if ((name.isEmpty() || name.equals("pc")) && (sign == '+' || sign == '-')) {
      int distance = (int) in.number("distance", Integer.MIN_VALUE, Integer.MAX_VALUE);
      out.refer(kind, distance, null, line, column);
      if (in.accept('<')) {
        in.until('>', "a place");
      }
      return;
    }
    if (name.isEmpty()) {
      in.rewind(mark);
      throw in.unexpected("a label, or a distance like pc+1,");
    }
    out.refer(kind, name, line, column);
  }
}
