package dev.jbpfilter.bytecode;

/**
 * Prints code with its registers and labels by name: the listing of the level between the filter
 * program and the instructions. The notation follows the kernel verifier's; 32-bit operations have
 * a {@code w} before the register.
 */
public final class CodePrinter {
  private CodePrinter() {}

  /** The listing of a function, one element on each line. */
  public static String print(Code<?> code) {
    StringBuilder out = new StringBuilder();
    out.append(code.name()).append('(');
    String separator = "";
    for (Reg parameter : code.parameters()) {
      out.append(separator).append(parameter);
      separator = ", ";
    }
    out.append("), frame ").append(code.frameBytes()).append(":\n");
    for (Element<?> element : code.elements()) {
      if (!(element instanceof Element.Bind)) {
        out.append(element instanceof Element.Note ? "  ; " : "    ");
      }
      out.append(text(element)).append('\n');
    }
    return out.toString();
  }

  /** An element as the listing shows it. */
  static String text(Element<?> element) {
    return switch (element) {
      case Element.Alu<?> e ->
          name(e.dst(), e.width()) + " " + e.op().symbol() + " " + text(e.src(), e.width());
      case Element.Negate<?> e -> name(e.dst(), e.width()) + " = -" + name(e.dst(), e.width());
      case Element.Move<?> e -> move(e);
      case Element.Endian<?> e -> e.dst() + " = " + swap(e) + " " + e.dst();
      case Element.AddressSpaceCast<?> e ->
          e.dst() + " = addr_space_cast(" + e.src() + ", " + e.to() + ", " + e.from() + ")";
      case Element.Load<?> e -> e.dst() + " = *(" + type(e) + " *)" + address(e.base(), e.offset());
      case Element.LoadField<?> e ->
          e.dst()
              + " = *("
              + e.size().type()
              + " *)("
              + e.base()
              + " +"
              + e.type()
              + "."
              + e.field()
              + ")";
      case LoadPacket<?> e ->
          e.dst()
              + " = *("
              + e.size().type()
              + " *)skb["
              + (e.index() == null ? "" : e.index() + " + ")
              + e.offset()
              + "]";
      case Element.Store<?> e ->
          "*("
              + e.size().type()
              + " *)"
              + address(e.base(), e.offset())
              + " = "
              + text(e.src(), Width.W64);
      case Atomic<?> e -> atomic(e);
      case Element.LoadImm64<?> e -> e.dst() + " = " + text(e.value());
      case Element.Jump<?> e -> "goto " + e.target();
      case Element.Branch<?> e ->
          "if "
              + name(e.left(), e.width())
              + " "
              + e.condition().symbol()
              + " "
              + text(e.right(), e.width())
              + " goto "
              + e.target();
      case Element.MayGoto<?> e -> "may_goto " + e.target();
      case Element.Call<?> e -> call(e);
      case Element.Exit<?> e -> "exit " + e.value();
      case Element.Bind<?> e -> e.label() + ":";
      case Element.Note<?> e -> e.text();
    };
  }

  private static String move(Element.Move<?> move) {
    String from = move.signExtendFrom() == 0 ? "" : "(s" + move.signExtendFrom() + ")";
    return name(move.dst(), move.width()) + " = " + from + text(move.src(), move.width());
  }

  private static String swap(Element.Endian<?> endian) {
    return switch (endian.order()) {
      case TO_LE -> "le" + endian.bits();
      case TO_BE -> "be" + endian.bits();
      case SWAP -> "bswap" + endian.bits();
    };
  }

  private static String type(Element.Load<?> load) {
    return load.signed() ? "s" + load.size().type().substring(1) : load.size().type();
  }

  private static String atomic(Atomic<?> atomic) {
    String place = "(" + atomic.size().type() + " *)" + address(atomic.base(), atomic.offset());
    return switch (atomic) {
      case Atomic.Update<?> e -> {
        String text = "lock *" + place + " " + e.op().symbol() + " " + e.src();
        yield e.fetch() ? e.src() + " = fetch " + text : text;
      }
      case Atomic.CompareExchange<?> e ->
          e.old() + " = cmpxchg(" + place + ", " + e.old() + ", " + e.src() + ")";
      case Atomic.LoadAcquire<?> e -> e.dst() + " = load_acquire(" + place + ")";
      case Atomic.StoreRelease<?> e -> "store_release(" + place + ", " + e.src() + ")";
    };
  }

  private static String call(Element.Call<?> call) {
    StringBuilder out = new StringBuilder();
    out.append(call.result()).append(" = call ").append(call.function()).append('(');
    String separator = "";
    for (Reg argument : call.arguments()) {
      out.append(separator).append(argument);
      separator = ", ";
    }
    return out.append(')').toString();
  }

  private static String text(Constant constant) {
    return switch (constant) {
      case Constant.Value(long value) -> "0x" + Long.toHexString(value) + " ll";
      case Constant.MapFd(String map) -> "map[" + map + "]";
      case Constant.MapValue(String map, int offset) -> "map[" + map + "][0]+" + offset;
      case Constant.Variable(String name) -> "&" + name;
      case Constant.StructureId(String structure) -> "struct[" + structure + "]";
      case Constant.Function(String name) -> "&" + name + "()";
      case Constant.Resolved(Constant.Pseudo kind, int number, int offset) ->
          kind + "[" + number + "]+" + offset;
    };
  }

  private static String text(Operand<?> operand, Width width) {
    return switch (operand) {
      case Operand.OfReg<?> reg -> name(reg.reg(), width);
      case Operand.Imm<?>(int value) -> Integer.toString(value);
    };
  }

  private static String name(Reg reg, Width width) {
    return switch (width) {
      case W32 -> "w" + reg;
      case W64 -> reg.toString();
    };
  }

  private static String address(Reg base, int offset) {
    return "(" + base + (offset < 0 ? " " : " +") + offset + ")";
  }
}
