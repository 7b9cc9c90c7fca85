package dev.jbpfilter.bytecode.internal.allocation;

import dev.jbpfilter.bytecode.Atomic;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.LoadPacket;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Virt;
import org.jspecify.annotations.Nullable;

/**
 * The variables that only ever hold one constant: every element that writes them is the same
 * constant move. Spilling one costs no memory; the constant is made again wherever it is read.
 */
final class Constants {
  private final @Nullable Element<Virt>[] definitions;

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
      Element<Virt> known = definitions[def];
      if (!isConstant(element) || (known != null && !known.equals(element))) {
        varies[def] = true;
        definitions[def] = null;
      } else {
        definitions[def] = element;
      }
    }
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

  /** The element that makes a variable's only value; null if it is not a constant. */
  @Nullable Element<Virt> definition(int variable) {
    return definitions[variable];
  }
}
