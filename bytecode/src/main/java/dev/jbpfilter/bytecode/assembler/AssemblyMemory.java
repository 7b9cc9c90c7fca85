package dev.jbpfilter.bytecode.assembler;

import dev.jbpfilter.bytecode.Size;
import dev.jbpfilter.bytecode.btf.FieldPath;
import org.jspecify.annotations.Nullable;

/** Reads what is accessed in memory: {@code place} in the grammar of {@link Assembler}. */
final class AssemblyMemory {
  private final AssemblyScanner in;

  Size size = Size.B;
  boolean signed;

  /** Number of a register. */
  int base;

  int offset;

  /** Whether the packet is accessed by an old instruction; then there is no base. */
  boolean isPacket;

  /** Number of a register, or negative. */
  int index;

  /** Name of a kernel structure, if the offset is that of its field. */
  @Nullable String type;

  @Nullable String field;

  AssemblyMemory(AssemblyScanner in) {
    this.in = in;
  }

  /** Reads a place of 4 or 8 bytes. */
  void readWord() throws AssemblySyntaxError {
    int line = in.line();
    int column = in.column();
    read(false);
    if (size != Size.W && size != Size.DW) {
      throw new AssemblySyntaxError(
          line, column, "atomic operation on " + size.bytes() + " bytes", "only 4 and 8 work");
    }
  }

  /** Reads the path of a structure's member. */
  private String member() throws AssemblySyntaxError {
    int line = in.line();
    int column = in.column();
    String path = in.until(')', "member");
    try {
      FieldPath unused = FieldPath.parse(path);
    } catch (IllegalArgumentException e) {
      throw new AssemblySyntaxError(line, column, String.valueOf(e.getMessage()), null);
    }
    return path;
  }

  /**
   * Reads a place.
   *
   * @param load whether signed types, packets and members are allowed
   */
  void read(boolean load) throws AssemblySyntaxError {
    in.expect('(');
    type(load);
    in.expect('*');
    in.expect(')');
    isPacket = false;
    type = null;
    field = null;
    index = -1;
    if (load && !signed && size != Size.DW && in.accept("skb")) {
      packet();
      return;
    }
    in.expect('(');
    base = register();
    offset = 0;
    if (in.peek() == '+') {
      int mark = in.mark();
      in.accept('+');
      if (load && !signed && !AssemblyScanner.isDigit(in.peek())) {
        type = in.until('.', "offset");
        field = member();
        return;
      }
      in.rewind(mark);
    }
    if (in.peek() != ')') {
      offset = offset();
    }
    in.expect(')');
  }

  private int offset() throws AssemblySyntaxError {
    boolean negative = in.accept('-');
    if (!negative) {
      in.expect('+');
    }
    long max = negative ? -(long) Short.MIN_VALUE : Short.MAX_VALUE;
    int magnitude = (int) in.number("offset", 0, max);
    return negative ? -magnitude : magnitude;
  }

  private void packet() throws AssemblySyntaxError {
    isPacket = true;
    offset = 0;
    in.expect('[');
    int register = in.acceptRegister();
    if (register >= 0) {
      index = AssemblyOperands.number(register);
    }
    if (register < 0 || in.accept('+')) {
      offset = (int) in.number("offset", Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    in.expect(']');
  }

  private int register() throws AssemblySyntaxError {
    int register = in.acceptRegister();
    if (register < 0) {
      throw in.unexpected("a register");
    }
    if (AssemblyOperands.isHalf(register)) {
      throw in.error("an address has 64 bits", "write r, not w");
    }
    return register;
  }

  private void type(boolean load) throws AssemblySyntaxError {
    int line = in.line();
    int column = in.column();
    String name = in.expectName("type");
    signed = name.startsWith("s");
    size =
        switch (name) {
          case "u8", "s8" -> Size.B;
          case "u16", "s16" -> Size.H;
          case "u32", "s32" -> Size.W;
          case "u64" -> Size.DW;
          default ->
              throw new AssemblySyntaxError(
                  line,
                  column,
                  "there is no type " + name,
                  "types are u8, u16, u32, u64, and for loads s8, s16, s32");
        };
    if (signed && !load) {
      throw new AssemblySyntaxError(
          line, column, name + " is for loads only", "write u" + name.substring(1));
    }
  }

  /**
   * How many bits a move sign-extends.
   *
   * @param half whether to 32 bits
   */
  int signedBits(boolean half) throws AssemblySyntaxError {
    int line = in.line();
    int column = in.column();
    String name = in.expectName("type");
    if (name.equals("s8") || name.equals("s16") || (name.equals("s32") && !half)) {
      return Integer.parseInt(name, 1, name.length(), 10);
    }
    throw new AssemblySyntaxError(
        line, column, "no move extends " + name, half ? "s8 or s16" : "s8, s16 or s32");
  }
}
