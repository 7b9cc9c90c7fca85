package dev.jbpfilter.bytecode.testing;

import static dev.jbpfilter.bytecode.Predicate.is;

import dev.jbpfilter.bytecode.AluOp;
import dev.jbpfilter.bytecode.CallTarget;
import dev.jbpfilter.bytecode.CodeBuilder;
import dev.jbpfilter.bytecode.Condition;
import dev.jbpfilter.bytecode.ProgramBuilder;
import dev.jbpfilter.bytecode.Virt;

/** Programs that the interpreter and the kernel both have to run. */
public final class SamplePrograms {
  private SamplePrograms() {}

  /** Euclid's algorithm, for a result of 21. */
  public static void greatestCommonDivisor(CodeBuilder b) {
    Virt x = b.constant(1071);
    Virt y = b.constant(462);
    b.whileLoop(
        is(y, Condition.NE, 0),
        loop -> {
          Virt rest = b.modulo(x, y);
          b.move(x, y);
          b.move(y, rest);
        });
    b.exit(x);
  }

  /** Functions, one of them unused and one added after its call, for a result of 10. */
  public static void functions(ProgramBuilder p) {
    CallTarget.Subprogram square =
        p.function(
            "square",
            b -> {
              Virt x = b.parameter();
              b.exit(b.multiply(x, x));
            });
    p.function("unused", b -> b.exit(0));
    p.main(b -> {
      Virt sum = b.constant(0);
      b.forRange(1, 4, i -> b.alu(AluOp.ADD, sum, b.call(square, i)));
      b.exit(b.callFunction("difference", sum, b.constant(4)));
    });
    p.function(
        "difference",
        b -> {
          Virt left = b.parameter();
          Virt right = b.parameter();
          b.exit(b.subtract(left, right));
        });
  }
}
