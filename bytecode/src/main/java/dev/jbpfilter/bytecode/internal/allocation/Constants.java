package dev.jbpfilter.bytecode.internal.allocation;

import dev.jbpfilter.bytecode.Allocation;
import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.Atomic;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.LoadPacket;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Virt;
import dev.jbpfilter.bytecode.Width;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The variables that only ever hold one value which can be made anew anywhere: a constant, or an
 * address in the frame. Every place that writes such a variable does it in the same way, with the
 * same constant move, or with the same two elements in a row:
 *
 * <pre>{@code
 * v = fp
 * v += offset
 * }</pre>
 *
 * <p>Spilling one costs no memory; the value is made again wherever it is read. The two elements
 * stay neighbours in all rounds: at the first, whatever a row holds is stored, so that nothing is
 * left to be inserted at the second. Nobody can see the moment between them.
 */
final class Constants {
  private final @Nullable Element<Virt>[] definitions;

  /** What follows the definition, if that takes two elements. */
  private final Map<Integer, Element<Virt>> additions = new HashMap<>();

  Constants(Draft draft, Numbering numbering, Operands operands) {
    definitions = newArray(operands.variables());
    boolean[] varies = new boolean[operands.variables()];
    for (int variable = 0; variable < varies.length; variable++) {
      // A piece that is written only once is not what it is a piece of.
      varies[variable] = draft.hasHome(numbering.register(variable));
    }
    for (int variable : operands.entryDefs()) {
      varies[variable] = true;
    }
    for (int i = 0; i < operands.elements(); i++) {
      int def = operands.def(i);
      if (def == Operands.NONE || varies[def]) {
        continue;
      }
      Element<Virt> element = draft.element(i);
      Element<Virt> addition = isFramePointer(element) ? addition(draft, i) : null;
      if ((addition != null || isConstant(element)) && isKnownAs(def, element, addition)) {
        definitions[def] = element;
        if (addition != null) {
          additions.put(def, addition);
          i++;
        }
      } else {
        varies[def] = true;
        definitions[def] = null;
      }
    }
  }

  private boolean isKnownAs(int variable, Element<Virt> first, @Nullable Element<Virt> addition) {
    Element<Virt> known = definitions[variable];
    return known == null
        || (known.equals(first) && Objects.equals(additions.get(variable), addition));
  }

  private static boolean isFramePointer(Element<Virt> element) {
    return Virt.FRAME.equals(Copies.source(element));
  }

  /** The element after one that copies the frame pointer, if it adds a number to the copy. */
  private static @Nullable Element<Virt> addition(Draft draft, int copy) {
    Element<Virt> next = copy + 1 < draft.size() ? draft.element(copy + 1) : null;
    boolean adds =
        next instanceof Element.Alu<Virt> alu
            && alu.op() == AluOp.ADD
            && alu.width() == Width.W64
            && alu.src() instanceof Operand.Imm
            && alu.dst().equals(draft.element(copy).def());
    return adds && areNeighbours(draft.origin(copy), draft.origin(copy + 1)) ? next : null;
  }

  private static boolean areNeighbours(int first, int second) {
    return first == Allocation.INSERTED ? second == first : second == first + 1;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of generic types.
  private static @Nullable Element<Virt>[] newArray(int length) {
    return new Element[length];
  }

  private static boolean isConstant(Element<Virt> element) {
    return switch (element) {
      case Element.LoadImm64<Virt> load -> true;
      case Element.Move<Virt> move ->
          move.signExtendFrom() == 0 && move.src() instanceof Operand.Imm;
      case Element.Alu<Virt> e -> false;
      case Element.Negate<Virt> e -> false;
      case Element.Endian<Virt> e -> false;
      case Element.AddressSpaceCast<Virt> e -> false;
      case Element.Load<Virt> e -> false;
      case Element.LoadField<Virt> e -> false;
      case LoadPacket<Virt> e -> false;
      case Element.Store<Virt> e -> false;
      case Atomic<Virt> e -> false;
      case Element.Jump<Virt> e -> false;
      case Element.Branch<Virt> e -> false;
      case Element.MayGoto<Virt> e -> false;
      case Element.Call<Virt> e -> false;
      case Element.Exit<Virt> e -> false;
      case Element.Bind<Virt> e -> false;
      case Element.Note<Virt> e -> false;
    };
  }

  /** Whether a variable only ever holds one value that can be made anew. */
  boolean isConstant(int variable) {
    return definitions[variable] != null;
  }

  /** The elements that make a variable's only value; none if it is not a constant. */
  List<Element<Virt>> definition(int variable) {
    Element<Virt> first = definitions[variable];
    if (first == null) {
      return List.of();
    }
    Element<Virt> addition = additions.get(variable);
    return addition == null ? List.of(first) : List.of(first, addition);
  }
}
