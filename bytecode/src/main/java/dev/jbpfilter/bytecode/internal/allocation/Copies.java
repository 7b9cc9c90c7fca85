package dev.jbpfilter.bytecode.internal.allocation;

import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.Operand;
import dev.jbpfilter.bytecode.Reg;
import dev.jbpfilter.bytecode.Width;
import org.jspecify.annotations.Nullable;

/** Plain copies: moves that do nothing if both registers are the same. */
final class Copies {
  private Copies() {}

  /**
   * The register that an element copies to its {@link Element#def()} unchanged; null if it is no
   * copy. A move of 32 bits is none: it clears the upper half.
   */
  static <R extends Reg> @Nullable R source(Element<R> element) {
    return element instanceof Element.Move<R>(Width width, int extend, R dst, Operand<R> src)
            && width == Width.W64
            && extend == 0
            && src instanceof Operand.OfReg<R>(R register)
        ? register
        : null;
  }
}
