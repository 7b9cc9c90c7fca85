package dev.jbpfilter.bytecode;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the code of one function over virtual registers.
 *
 * <pre>{@code
 * Code<Virt> code = CodeBuilder.function("main", b -> {
 *   Virt ctx = b.parameter();
 *   Virt data = b.load(Size.W, ctx, 0);
 *   Virt end = b.load(Size.W, ctx, 4);
 *   b.ifThen(is(b.subtract(end, data), Condition.LT, 64), () -> b.exit(1));
 *   Virt sum = b.constant(0);
 *   b.forRange(0, 16, i -> b.alu(AluOp.ADD, sum, b.load(Size.W, b.add(data, b.shiftLeft(i, 2)), 0)));
 *   b.exit(sum);
 * });
 * }</pre>
 *
 * <p>Methods that return a register return a fresh one; those that take a destination first
 * overwrite it. A register is a variable: it may be written again, on different ways and in loops.
 * Every convenience ends in {@link #with}. A program of several functions, and what comes after
 * this, is the matter of {@link ProgramBuilder}.
 */
public final class CodeBuilder extends CallBuilder {
  private final List<Virt> parameters = new ArrayList<>();
  private final List<Element<Virt>> elements = new ArrayList<>();
  private int labels;
  private boolean open = true;
  private @Nullable String note;

  private CodeBuilder() {}

  /**
   * The code that a body writes.
   *
   * @throws IllegalArgumentException if the code is malformed, as {@link Code} says
   */
  public static Code<Virt> function(String name, Consumer<CodeBuilder> body) {
    CodeBuilder builder = new CodeBuilder();
    body.accept(builder);
    return new Code<>(name, builder.parameters, builder.elements, builder.frameBytes());
  }

  @Override
  public CodeBuilder with(Element<Virt> element) {
    elements.add(element);
    if (element instanceof Element.Note<Virt>(String text)) {
      note = text;
    } else {
      open = !element.endsBlock();
    }
    return this;
  }

  /** Whether control can get from what was written last to what is written next. */
  public boolean isOpen() {
    return open;
  }

  /**
   * Says what the following instructions are for: which rule, or which line of which source. Shown
   * in every dump and in error messages.
   */
  public CodeBuilder note(String text) {
    return with(new Element.Note<>(text));
  }

  /** Says what the instructions of a body are for; after it, the note before it holds again. */
  public CodeBuilder note(String text, Runnable body) {
    String outer = note;
    note(text);
    body.run();
    return outer == null ? this : note(outer);
  }

  /** The function's next parameter. */
  public Virt parameter() {
    Virt parameter = fresh();
    parameters.add(parameter);
    return parameter;
  }

  /** A label without a place yet. */
  public Label label(String name) {
    return new Label(labels++, name);
  }

  /** Gives a label its place: here. */
  public CodeBuilder bind(Label label) {
    return with(new Element.Bind<>(label));
  }

  /** {@code goto target}. */
  public CodeBuilder jump(Label target) {
    return with(new Element.Jump<>(target));
  }

  /** {@code if left condition right goto target}, 64 bits. */
  public CodeBuilder branch(Condition condition, Virt left, Virt right, Label target) {
    return with(new Element.Branch<>(condition, Width.W64, left, Operand.reg(right), target));
  }

  /**
   * {@code if left condition right goto target}.
   *
   * @param width with {@link Width#W32} the number is taken as unsigned 32 bits
   */
  public CodeBuilder branch(Condition condition, Width width, Virt left, int right, Label target) {
    return with(new Element.Branch<>(condition, width, left, Operand.imm(right), target));
  }

  /** Jumps if a predicate holds. */
  public CodeBuilder branch(Predicate predicate, Label target) {
    new PredicateLowering(this).jump(predicate, true, target);
    return this;
  }

  /** Jumps if a predicate does not hold. */
  public CodeBuilder branchUnless(Predicate predicate, Label target) {
    new PredicateLowering(this).jump(predicate, false, target);
    return this;
  }

  /** Goes on, but some time, in a loop that would take too long, to the target. Linux 6.9. */
  public CodeBuilder mayGoto(Label target) {
    return with(new Element.MayGoto<>(target));
  }

  /** Runs a body if {@code left condition right}, compared as 32-bit numbers. */
  public CodeBuilder ifThen(Condition condition, Virt left, int right, Runnable body) {
    Label end = label("end");
    Condition opposite = condition.negation();
    if (opposite != null) {
      branch(opposite, Width.W32, left, right, end);
    } else {
      Label then = label("then");
      branch(condition, Width.W32, left, right, then);
      jump(end);
      bind(then);
    }
    body.run();
    return bind(end);
  }

  /** Runs a body if a predicate holds. */
  public CodeBuilder ifThen(Predicate predicate, Runnable body) {
    Label end = label("end");
    branchUnless(predicate, end);
    body.run();
    return bind(end);
  }

  /** Runs one of two bodies. If both of them end, as with an exit, nothing comes after. */
  public CodeBuilder ifThenElse(Predicate predicate, Runnable then, Runnable otherwise) {
    Label no = label("else");
    branchUnless(predicate, no);
    then.run();
    if (!open) {
      bind(no);
      otherwise.run();
      return this;
    }
    Label end = label("end");
    jump(end);
    bind(no);
    otherwise.run();
    return bind(end);
  }

  /**
   * Runs the body of the case that a value is, all 64 bits of it taken as unsigned.
   *
   * <pre>{@code
   * b.switchOn(port, s -> s
   *     .on(22, () -> b.exit(DROP))
   *     .onRange(1024, 65_535, () -> b.move(verdict, PASS))
   *     .otherwise(() -> b.move(verdict, DROP)));
   * }</pre>
   *
   * @param cases adds the cases
   * @throws IllegalArgumentException if two of them overlap
   */
  public CodeBuilder switchOn(Virt value, Consumer<SwitchCases> cases) {
    return switchOn(Width.W64, value, cases);
  }

  /** The same, of the lower 32 bits or all. */
  public CodeBuilder switchOn(Width width, Virt value, Consumer<SwitchCases> cases) {
    SwitchCases collected = new SwitchCases(this, width);
    cases.accept(collected);
    new SwitchLowering(this, value, collected).lower();
    return this;
  }

  /** Runs a body a number of times, which the verifier follows from Linux 5.3 on. */
  public CodeBuilder repeat(int times, Runnable body) {
    return forRange(0, times, i -> body.run());
  }

  /**
   * Runs a body for each number of a range, which the verifier follows from Linux 5.3 on.
   *
   * @param first the first number
   * @param end one after the last number
   * @param body gets the number, which it may change to skip others
   */
  public CodeBuilder forRange(int first, int end, Consumer<Virt> body) {
    return forRange(first, end, (number, loop) -> body.accept(number));
  }

  /** The same; the body may jump to the next round, or to the end. */
  public CodeBuilder forRange(int first, int end, BiConsumer<Virt, Loop> body) {
    if (first >= end) {
      return this;
    }
    Virt number = constant(first);
    Label head = label("loop");
    Loop loop = new Loop(label("next"), label("end"));
    bind(head);
    body.accept(number, loop);
    bind(loop.next());
    alu(AluOp.ADD, number, 1);
    branch(Condition.SLT, Width.W64, number, end, head);
    return bind(loop.end());
  }

  /**
   * Runs a body for each number of a range with an end that is only known then. The verifier must
   * be able to tell a bound of it, as after a comparison.
   */
  public CodeBuilder forRange(int first, Virt end, Consumer<Virt> body) {
    Virt number = constant(first);
    Label head = label("loop");
    Label done = label("end");
    bind(head);
    branch(Condition.SGE, number, end, done);
    body.accept(number);
    alu(AluOp.ADD, number, 1);
    jump(head);
    return bind(done);
  }

  /**
   * Runs a body as long as a predicate holds, but no more than some million times, with {@code
   * may_goto}: the verifier need not find out how often. Linux 6.9.
   *
   * @param body may jump to the next round, or to the end
   */
  public CodeBuilder whileLoop(Predicate predicate, Consumer<Loop> body) {
    Loop loop = new Loop(label("loop"), label("end"));
    bind(loop.next());
    mayGoto(loop.end());
    branchUnless(predicate, loop.end());
    body.accept(loop);
    if (open) {
      jump(loop.next());
    }
    return bind(loop.end());
  }
}
