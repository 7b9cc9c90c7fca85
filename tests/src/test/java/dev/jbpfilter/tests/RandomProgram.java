package dev.jbpfilter.tests;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.bytecode.CallTarget;
import dev.jbpfilter.bytecode.Code;
import dev.jbpfilter.bytecode.Constant;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Encoder;
import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.bytecode.MapType;
import dev.jbpfilter.bytecode.ObjectSpec;
import dev.jbpfilter.bytecode.Phys;
import dev.jbpfilter.bytecode.ProgramSpec;
import dev.jbpfilter.bytecode.ProgramType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A random XDP program that the verifier should accept, as a tree of pieces. Any piece can be left
 * out, so that a program that shows a difference can be made small.
 *
 * @param functions the first is where the program starts; others may have no caller
 */
record RandomProgram(Map<String, List<Piece>> functions) {
  /** What programs work on: one value, which ends with what registers hold at the end. */
  static final MapSpec STATE = new MapSpec("state", MapType.ARRAY, 4, 144, 1, 0, null);

  /** What programs look up. */
  static final MapSpec TABLE = new MapSpec("table", MapType.ARRAY, 4, 16, 4, 0, null);

  /**
   * Some instructions that may be left out together, or only those in the middle, piece by piece.
   *
   * @param fixed whether it cannot be left out
   */
  record Piece(
      boolean fixed, List<Element<Phys>> before, List<Piece> inside, List<Element<Phys>> after) {
    static Piece of(List<Element<Phys>> elements) {
      return new Piece(false, elements, List.of(), List.of());
    }

    static Piece fixed(List<Element<Phys>> elements) {
      return new Piece(true, elements, List.of(), List.of());
    }

    private void appendTo(List<Element<Phys>> elements) {
      elements.addAll(before);
      inside.forEach(piece -> piece.appendTo(elements));
      elements.addAll(after);
    }

    /** All pieces with one piece less, or with one that has less in it. */
    private static List<List<Piece>> smaller(List<Piece> pieces) {
      List<List<Piece>> result = new ArrayList<>();
      for (int i = 0; i < pieces.size(); i++) {
        Piece piece = pieces.get(i);
        if (!piece.fixed) {
          result.add(with(pieces, i, List.of()));
        }
        for (List<Piece> inside : smaller(piece.inside)) {
          Piece less = new Piece(piece.fixed, piece.before, inside, piece.after);
          result.add(with(pieces, i, List.of(less)));
        }
      }
      return result;
    }

    private static List<Piece> with(List<Piece> pieces, int index, List<Piece> instead) {
      List<Piece> result = new ArrayList<>(pieces.subList(0, index));
      result.addAll(instead);
      result.addAll(pieces.subList(index + 1, pieces.size()));
      return result;
    }
  }

  /** The program with its maps. */
  ObjectSpec object() {
    ProgramSpec program =
        Encoder.program("random", ProgramType.XDP, AttachType.XDP, 0, "GPL", code());
    return new ObjectSpec("random", program, List.of(STATE, TABLE));
  }

  /** The functions that the first one calls, or those that they call. */
  List<Code<Phys>> code() {
    List<Code<Phys>> result = new ArrayList<>();
    List<String> names = new ArrayList<>();
    ArrayDeque<String> pending = new ArrayDeque<>();
    pending.add(functions.keySet().iterator().next());
    while (!pending.isEmpty()) {
      String name = pending.remove();
      if (!names.contains(name)) {
        names.add(name);
        List<Element<Phys>> elements = new ArrayList<>();
        functions.getOrDefault(name, List.of()).forEach(piece -> piece.appendTo(elements));
        result.add(new Code<>(name, List.of(Phys.R1), elements, 0));
        elements.forEach(element -> callee(element, pending));
      }
    }
    return result;
  }

  private static void callee(Element<Phys> element, ArrayDeque<String> pending) {
    if (element instanceof Element.Call<Phys> call
        && call.function() instanceof CallTarget.Subprogram(String name)) {
      pending.add(name);
    } else if (element instanceof Element.LoadImm64<Phys> load
        && load.value() instanceof Constant.Function(String name)) {
      pending.add(name);
    }
  }

  /** The smallest program that can be found which still has a property. */
  RandomProgram shrink(Predicate<RandomProgram> property) {
    RandomProgram smallest = this;
    boolean shrunk = true;
    while (shrunk) {
      shrunk = false;
      for (RandomProgram candidate : smallest.smaller()) {
        if (holds(property, candidate)) {
          smallest = candidate;
          shrunk = true;
          break;
        }
      }
    }
    return smallest;
  }

  private static boolean holds(Predicate<RandomProgram> property, RandomProgram candidate) {
    try {
      return property.test(candidate);
    } catch (IllegalArgumentException e) {
      // A jump has lost its label.
      return false;
    }
  }

  private List<RandomProgram> smaller() {
    List<RandomProgram> result = new ArrayList<>();
    functions.forEach((name, pieces) -> {
      for (List<Piece> less : Piece.smaller(pieces)) {
        Map<String, List<Piece>> changed = new LinkedHashMap<>(functions);
        changed.put(name, less);
        result.add(new RandomProgram(changed));
      }
    });
    return result;
  }
}
