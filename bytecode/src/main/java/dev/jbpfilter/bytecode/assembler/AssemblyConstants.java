package dev.jbpfilter.bytecode.assembler;

import dev.jbpfilter.bytecode.Constant.Pseudo;
import dev.jbpfilter.bytecode.ProgramSpec.Target;
import dev.jbpfilter.bytecode.assembler.AssemblyProgram.Kind;

/** Reads what two slots load: {@code constant} in the grammar of {@link Assembler}. */
final class AssemblyConstants {
  private static final int PSEUDO_FUNC = 4;
  private static final long UNSIGNED_MAX = 0xffff_ffffL;

  private final AssemblyScanner in;
  private final AssemblyProgram out;

  AssemblyConstants(AssemblyScanner in, AssemblyProgram out) {
    this.in = in;
    this.out = out;
  }

  /**
   * Reads a constant.
   *
   * @param kind {@code map}, {@code var}, {@code struct} or {@code subprog}, which has been read
   *     already
   * @param dst number of the register that it goes into
   */
  void read(String kind, int dst) throws AssemblySyntaxError {
    in.expect('[');
    switch (kind) {
      case "map" -> map(dst);
      case "var" -> variable(dst);
      case "struct" -> structure(dst);
      default -> function(dst);
    }
  }

  private void map(int dst) throws AssemblySyntaxError {
    int line = in.line();
    int column = in.column();
    if (in.accept("name:")) {
      int place = in.column();
      String name = in.until(']', "name of a map");
      out.useMap(name, line, place);
      boolean value = in.accept('[');
      Target target = value ? new Target.MapValue(name, valueOffset()) : new Target.MapFd(name);
      out.relocate(target);
      out.addWide(dst, (value ? Pseudo.MAP_VALUE : Pseudo.MAP_FD).code(), 0, 0);
      return;
    }
    boolean indexed = in.accept("idx:");
    if (!indexed && !in.accept("fd:")) {
      if (in.accept("id:")) {
        throw new AssemblySyntaxError(
            line, column, "the id of a loaded map", "write name: and a name of your choice");
      }
      throw in.unexpected("name:, fd: or idx:");
    }
    int number = number("number of a map");
    in.expect(']');
    if (in.accept('[')) {
      Pseudo kind = indexed ? Pseudo.MAP_INDEX_VALUE : Pseudo.MAP_VALUE;
      out.addWide(dst, kind.code(), number, valueOffset());
    } else {
      out.addWide(dst, (indexed ? Pseudo.MAP_INDEX : Pseudo.MAP_FD).code(), number, 0);
    }
  }

  private int valueOffset() throws AssemblySyntaxError {
    in.expect('0');
    in.expect(']');
    return in.accept('+') ? number("offset") : 0;
  }

  private void variable(int dst) throws AssemblySyntaxError {
    if (in.accept("name:")) {
      out.relocate(new Target.Variable(in.until(']', "name of a variable")));
      out.addWide(dst, Pseudo.BTF_ID.code(), 0, 0);
      return;
    }
    in.expect("id:");
    int id = number("type id");
    in.expect(']');
    int btf = 0;
    if (in.accept("[fd:")) {
      btf = number("descriptor");
      in.expect(']');
    }
    out.addWide(dst, Pseudo.BTF_ID.code(), id, btf);
  }

  private void structure(int dst) throws AssemblySyntaxError {
    in.expect("name:");
    out.relocate(new Target.StructureId(in.until(']', "name of a structure")));
    out.addWide(dst, 0, 0, 0);
  }

  private void function(int dst) throws AssemblySyntaxError {
    int line = in.line();
    int column = in.column();
    if (in.accept("name:")) {
      out.refer(Kind.FUNCTION, in.until(']', "name of a function"), line, column);
    } else {
      int distance = (int) in.number("distance", Integer.MIN_VALUE, Integer.MAX_VALUE);
      in.expect(']');
      String name = in.acceptAdjacent('#') ? in.expectName("name of the function") : null;
      out.refer(Kind.FUNCTION, distance, name, line, column);
    }
    out.addWide(dst, PSEUDO_FUNC, 0, 0);
  }

  private int number(String what) throws AssemblySyntaxError {
    return (int) in.number(what, Integer.MIN_VALUE, UNSIGNED_MAX);
  }
}
