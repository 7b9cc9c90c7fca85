package dev.jbpfilter.bytecode.assembler;

import dev.jbpfilter.bytecode.Decoder;
import dev.jbpfilter.bytecode.Disassembler;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.assembler.AssemblyDirectives.Header;
import dev.jbpfilter.bytecode.assembler.AssemblyException.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads programs in the notation that {@link Disassembler} writes: that of the kernel's verifier
 * and of {@code bpftool prog dump xlated}.
 *
 * <pre>{@code
 * .map counters array key 4 value 8 entries 1
 * .program count xdp
 * ; counts packets
 *   *(u32 *)(r10 -4) = 0
 *   r1 = map[name:counters]
 *   r2 = r10
 *   r2 += -4
 *   call bpf_map_lookup_elem
 *   if r0 == 0 goto done
 *   r1 = 1
 *   lock *(u64 *)(r0 +0) += r1
 * done:
 *   r0 = 2
 *   exit
 * }</pre>
 *
 * <p>A source is lines. Spaces and empty lines do not count.
 *
 * <pre>{@code
 * line        = [ statement ] [ comment ] | ";" note
 * comment     = ";" text | "#" text | "//" text      # and // after a space or at the beginning
 * statement   = directive | function | label | instruction
 * directive   = ".program" NAME TYPE [ ATTACH_TYPE ] [ "flags" NUMBER ]
 *             | ".license" NAME
 *             | ".global" NAME                        a function that the verifier walks once
 *             | ".map" NAME TYPE "key" NUMBER "value" NUMBER "entries" NUMBER [ "flags" NUMBER ]
 * function    = NAME "(" [ parameter { "," parameter } ] ")" ":"
 * label       = NAME ":"
 * instruction = [ NUMBER ":" ] [ "(" OPCODE ")" ] operation
 *
 * operation   = dst OPERATOR src                      r1 += -5, w1 s>>= w2
 *             | dst "=" value
 *             | "*" place "=" src                     *(u32 *)(r10 -4) = 0
 *             | "lock *" place OPERATOR src           lock *(u64 *)(r1 +0) += r2
 *             | "store_release(" place "," src ")"
 *             | "if" dst CONDITION src "goto" target
 *             | ( "goto" | "gotol" | "may_goto" ) target
 *             | "call" callee
 *             | "exit"
 * value       = src | "-" dst | "(" ( "s8" | "s16" | "s32" ) ")" src
 *             | ( "le" | "be" | "bswap" ) ( 16 | 32 | 64 ) dst
 *             | "*" place | "load_acquire(" place ")"
 *             | "atomic_fetch_add(" place "," dst ")" and so on, "r0 = atomic_cmpxchg(" place ", r0," src ")"
 *             | "addr_space_cast(" src "," NUMBER "," NUMBER ")"
 *             | NUMBER [ "ll" ] | constant
 * place       = "(" type "*)(" REGISTER [ ( "+" | "-" ) NUMBER | "+" TYPE "." MEMBER ] ")"
 *             | "(" type "*)skb[" ( NUMBER | REGISTER [ "+" NUMBER ] ) "]"
 * type        = "u8" | "u16" | "u32" | "u64" | "s8" | "s16" | "s32"
 * constant    = "map[" ( "name:" NAME | "fd:" NUMBER | "idx:" NUMBER ) "]" [ "[0]+" NUMBER ]
 *             | "var[" ( "name:" NAME "]" | "id:" NUMBER "]" [ "[fd:" NUMBER "]" ] )
 *             | "struct[name:" NAME "]"
 *             | "subprog[" ( "name:" NAME "]" | ( "+" | "-" ) NUMBER "]" [ "#" NAME ] )
 * target      = "pc" ( "+" | "-" ) NUMBER | NAME
 * callee      = NAME [ "#" NUMBER ] | NUMBER | "pc" ( "+" | "-" ) NUMBER [ "#" NAME ]
 *             | "kernel-function#" NUMBER [ "[module:" NUMBER "]" ]
 * }</pre>
 *
 * <p>Numbers are decimal or, after {@code 0x}, hexadecimal. A move of a number has 32 bits; {@code
 * r1 = …} takes two slots if the number needs it, has {@code ll} after it, or the opcode 18 before
 * it. The number before an instruction is not looked at, but the opcode must be right.
 *
 * <p>A name consists of letters, digits, {@code _}, {@code .} and {@code $}; between brackets and
 * in directives, other characters but control characters may occur.
 *
 * <p>A line that begins with {@code ;} is a {@linkplain ProgramSpec.LineNote note} for what
 * follows; several in a row are one.
 *
 * <p>A function without a parameter list is a label that is called. {@code call NAME} calls the
 * function of that name, or else the helper, or else the kernel function. Names are unique in a
 * program. The first function is named after the program unless it has a name of its own; without
 * {@code .program} the program is of type {@code xdp} and named after it, or {@code main}. A
 * prototype in C, as bpftool shows it, begins a function, too; its parameters are counted.
 *
 * <p>Program, attach and map types are the kernel's in lower case, as {@code percpu_array}. The
 * license is GPL unless {@code .license} says otherwise, for all programs of the source. If there
 * is a {@code .map}, all maps have to be declared. What a map's BTF says cannot be written.
 *
 * <p>A verifier log of a program without branches is read, too: what it says of states is skipped.
 *
 * <p>The assembler does not check that control stays within functions; {@link Decoder#decode} does.
 */
public final class Assembler {
  /** How lines begin that a verifier log has besides instructions. */
  private static final List<String> DECORATIONS =
      List.of(
          "func#",
          "processed ",
          "Live regs before insn:",
          "mark_precise:",
          "verification time ",
          "stack depth ",
          "(0) frame ",
          "(0) live ");

  private static final int MAX_PARAMETERS = 5;

  private final AssemblyScanner in;
  private final AssemblyDirectives directives;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private Part part;

  /** A program. */
  private record Part(
      @Nullable Header header, int line, AssemblyProgram program, AssemblyInstructions reader) {}

  /** Whether maps have to be declared even if none is. */
  private final boolean complete;

  private Assembler(String source, boolean complete) {
    this.complete = complete;
    in = new AssemblyScanner(source);
    directives = new AssemblyDirectives(in);
    part = part(null);
  }

  private Part part(@Nullable Header header) {
    AssemblyProgram program = new AssemblyProgram(problems);
    return new Part(header, in.line(), program, new AssemblyInstructions(in, program));
  }

  /**
   * Assembles a source.
   *
   * @throws AssemblyException if it is not as the grammar above says, a name is missing or there
   *     twice, a place or a number is out of range, or there are no instructions
   */
  public static Assembly assemble(String source) {
    return new Assembler(source, false).assemble();
  }

  /**
   * Assembles a source that has all that its programs need, so that {@link Assembly#objects} can
   * give it: maps have to be declared even if none is.
   *
   * @throws AssemblyException as {@link #assemble(String)}
   */
  public static Assembly assembleComplete(String source) {
    return new Assembler(source, true).assemble();
  }

  private Assembly assemble() {
    while (problems.size() < AssemblyException.MAX_PROBLEMS && in.nextLine()) {
      try {
        line();
      } catch (AssemblySyntaxError e) {
        problems.add(e.problem());
        // Takes the place of what is missing, so that distances are not wrong for that alone.
        part.program().add(0, 0, 0, 0, 0);
      }
    }
    parts.add(part);
    List<ProgramSpec> programs = new ArrayList<>();
    for (Part each : parts) {
      if (each.program().isEmpty() && problems.isEmpty()) {
        String where = each.header() == null ? "" : " in program " + each.header().name();
        int line = Math.max(1, each.line());
        problems.add(new Problem(line, 1, "there are no instructions" + where, null));
      } else {
        programs.add(each.program().finish(each.header(), directives.license()));
        if (complete || !directives.maps().isEmpty()) {
          each.program().requireMaps(directives.maps().keySet());
        }
      }
    }
    if (!problems.isEmpty()) {
      problems.sort(Comparator.comparingInt(Problem::line));
      int shown = Math.min(problems.size(), AssemblyException.MAX_PROBLEMS);
      throw new AssemblyException(problems.subList(0, shown));
    }
    return new Assembly(programs, List.copyOf(directives.maps().values()));
  }

  private void line() throws AssemblySyntaxError {
    char first = in.peek();
    if (in.accept(';')) {
      in.acceptAdjacent(' ');
      part.program().note(in.rest());
      return;
    }
    if (in.isAtEnd() || in.isOneOf(DECORATIONS) || isOpcodes()) {
      return;
    }
    if (first == '.' && directive()) {
      return;
    }
    if (AssemblyScanner.isDigit(first)) {
      in.number("number of an instruction", 0, Integer.MAX_VALUE);
      in.expect(':');
      if (isState()) {
        return;
      }
    } else if (place()) {
      requireEnd();
      return;
    }
    int line = in.line();
    int column = in.column();
    int slot = part.program().count();
    int given = opcode();
    part.reader().read(given);
    requireEnd();
    int actual = part.program().opcode(slot);
    if (given >= 0 && given != actual) {
      String message = "the opcode of this instruction is " + hex(actual);
      throw new AssemblySyntaxError(line, column, message, "leave it out");
    }
  }

  private void requireEnd() throws AssemblySyntaxError {
    if (!in.isAtEnd()) {
      throw in.unexpected("the end of the line");
    }
  }

  private static String hex(int opcode) {
    return (opcode < 16 ? "0" : "") + Integer.toHexString(opcode);
  }

  /** The opcode before an instruction, or −1. */
  private int opcode() throws AssemblySyntaxError {
    if (in.peek() != '(') {
      return -1;
    }
    int digits = AssemblyScanner.digit(in.peek(1), 16) << 4 | AssemblyScanner.digit(in.peek(2), 16);
    if (digits < 0 || in.peek(3) != ')') {
      throw in.unexpected("an opcode like (b7)");
    }
    in.accept('(');
    in.skip(3);
    return digits;
  }

  /** Whether the line is what {@code bpftool prog dump xlated opcodes} adds: bytes. */
  private boolean isOpcodes() {
    int bytes = 0;
    for (int at = 0; ; at += 3) {
      if (AssemblyScanner.digit(in.peek(at), 16) < 0
          || AssemblyScanner.digit(in.peek(at + 1), 16) < 0) {
        return false;
      }
      bytes++;
      if (in.peek(at + 2) == 0) {
        return bytes == 8 || bytes == 16;
      }
      if (in.peek(at + 2) != ' ') {
        return false;
      }
    }
  }

  /** Whether a verifier log tells of registers instead of an instruction. */
  private boolean isState() {
    char c = in.peek();
    return c == 'R' || c == '.' || AssemblyScanner.isDigit(c) || in.isOneOf(List.of("frame"));
  }

  private boolean directive() throws AssemblySyntaxError {
    int mark = in.mark();
    int line = in.line();
    int column = in.column();
    String name = in.name();
    if (in.peek() == ':') {
      in.rewind(mark);
      return false;
    }
    switch (name) {
      case ".program" -> {
        Header header = directives.program();
        // What stands before the first one is a program of its own, if anything does.
        if (part.header() != null || part.program().isBegun()) {
          parts.add(part);
        }
        part = part(header);
      }
      case ".map" -> directives.map();
      case ".license" -> directives.readLicense();
      case ".global" -> part.program().global(in.word("name of the function"), line, column);
      default -> throw AssemblyDirectives.unknown(line, column, name);
    }
    requireEnd();
    return true;
  }

  /** Reads a label, or where a function begins; false if the line is something else. */
  private boolean place() throws AssemblySyntaxError {
    int mark = in.mark();
    int line = in.line();
    int column = in.column();
    String name = in.name();
    if (name.isEmpty()) {
      return false;
    }
    if (in.acceptAdjacent(':')) {
      part.program().label(name, line, column);
      return true;
    }
    in.rewind(mark);
    boolean isInstruction = AssemblyInstructions.WORDS.contains(name) || isRegister(name);
    char next = in.peek(name.length());
    return (!isInstruction || (next == '(' && in.peek(name.length() + 1) != '('))
        && function(line, column);
  }

  private static boolean isRegister(String name) {
    return (name.charAt(0) == 'r' || name.charAt(0) == 'w')
        && name.length() > 1
        && AssemblyScanner.isDigit(name.charAt(1));
  }

  /** Reads where a function begins. A prototype in C has a type before the name. */
  private boolean function(int line, int column) throws AssemblySyntaxError {
    String text = in.rest();
    int open = text.indexOf('(');
    int close = text.indexOf("):");
    if (open < 0 || close < open) {
      return false;
    }
    int start = open;
    while (start > 0 && AssemblyScanner.isName(text.charAt(start - 1))) {
      start--;
    }
    String inside = text.substring(open + 1, close).strip();
    int parameters = inside.isEmpty() || inside.equals("void") ? 0 : 1;
    for (int i = 0; i < inside.length(); i++) {
      parameters += inside.charAt(i) == ',' ? 1 : 0;
    }
    if (start == open || parameters > MAX_PARAMETERS) {
      String problem = start == open ? "a function without a name" : "more than five parameters";
      throw new AssemblySyntaxError(line, column, problem, null);
    }
    part.program().function(text.substring(start, open), parameters, line, column);
    in.skip(close + 2);
    return true;
  }
}
