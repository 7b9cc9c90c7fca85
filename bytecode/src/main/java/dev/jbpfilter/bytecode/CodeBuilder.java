package dev.jbpfilter.bytecode;

import dev.jbpfilter.bytecode.CallTarget.Helper;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes the code of one function over virtual registers.
 *
 * <pre>{@code
 * Code<Virt> code = CodeBuilder.function("main", b -> {
 *   Virt ctx = b.parameter();
 *   Virt data = b.load(Size.W, ctx, 0);
 *   Virt end = b.load(Size.W, ctx, 4);
 *   Virt length = b.subtract(end, data);
 *   b.ifThen(Condition.LT, length, 64, () -> b.exit(1));
 *   b.exit(2);
 * });
 * }</pre>
 *
 * <p>Methods that return a register return a fresh one; those that take a destination first
 * overwrite it. Every convenience ends in {@link #with}.
 */
public final class CodeBuilder {
  private final List<Virt> parameters = new ArrayList<>();
  private final List<Element<Virt>> elements = new ArrayList<>();
  private int registers = 1;
  private int labels;
  private int frameBytes;

  private CodeBuilder() {}

  /**
   * The code that a body writes.
   *
   * @throws IllegalArgumentException if the code is malformed, as {@link Code} says
   */
  public static Code<Virt> function(String name, Consumer<CodeBuilder> body) {
    CodeBuilder builder = new CodeBuilder();
    body.accept(builder);
    return new Code<>(name, builder.parameters, builder.elements, builder.frameBytes);
  }

  /** Appends any element. */
  public CodeBuilder with(Element<Virt> element) {
    elements.add(element);
    return this;
  }

  /** Says what the following instructions are for. */
  public CodeBuilder note(String text) {
    return with(new Element.Note<>(text));
  }

  /** A register that nothing has used yet. */
  public Virt fresh() {
    return new Virt(registers++);
  }

  /** The function's next parameter. */
  public Virt parameter() {
    Virt parameter = fresh();
    parameters.add(parameter);
    return parameter;
  }

  /**
   * Reserves a variable on the stack.
   *
   * @return its offset from {@link Virt#FRAME}, negative, a multiple of 8
   */
  public int stackVariable(int bytes) {
    frameBytes += (bytes + 7) & ~7;
    return -frameBytes;
  }

  /** A register that holds a number. */
  public Virt constant(long value) {
    Virt dst = fresh();
    if (value == (int) value) {
      move(dst, (int) value);
    } else {
      with(new Element.LoadImm64<>(dst, new Constant.Value(value)));
    }
    return dst;
  }

  /** A register that holds what the loader fills in. */
  public Virt constant(Constant value) {
    Virt dst = fresh();
    with(new Element.LoadImm64<>(dst, value));
    return dst;
  }

  /** {@code dst = src}. */
  public CodeBuilder move(Virt dst, Virt src) {
    return with(new Element.Move<>(Width.W64, 0, dst, Operand.reg(src)));
  }

  /** {@code dst = value}, sign-extended. */
  public CodeBuilder move(Virt dst, int value) {
    return with(new Element.Move<>(Width.W64, 0, dst, Operand.imm(value)));
  }

  /** A copy of a register. */
  public Virt copy(Virt src) {
    Virt dst = fresh();
    move(dst, src);
    return dst;
  }

  /** {@code dst = dst op src}, 64 bits. */
  public CodeBuilder alu(AluOp op, Virt dst, Virt src) {
    return with(new Element.Alu<>(op, Width.W64, dst, Operand.reg(src)));
  }

  /** {@code dst = dst op value}, 64 bits. */
  public CodeBuilder alu(AluOp op, Virt dst, int value) {
    return with(new Element.Alu<>(op, Width.W64, dst, Operand.imm(value)));
  }

  /** {@code left + right}. */
  public Virt add(Virt left, Virt right) {
    Virt dst = copy(left);
    alu(AluOp.ADD, dst, right);
    return dst;
  }

  /** {@code left + right}. */
  public Virt add(Virt left, int right) {
    Virt dst = copy(left);
    alu(AluOp.ADD, dst, right);
    return dst;
  }

  /** {@code left - right}. */
  public Virt subtract(Virt left, Virt right) {
    Virt dst = copy(left);
    alu(AluOp.SUB, dst, right);
    return dst;
  }

  /** {@code left & mask}. */
  public Virt and(Virt left, int mask) {
    Virt dst = copy(left);
    alu(AluOp.AND, dst, mask);
    return dst;
  }

  /** Converts the lower bits of a register between host and network byte order. */
  public CodeBuilder toBigEndian(Virt dst, int bits) {
    return with(new Element.Endian<>(ByteSwap.TO_BE, bits, dst));
  }

  /** {@code *(size *)(base + offset)}, zero-extended. */
  public Virt load(Size size, Virt base, int offset) {
    Virt dst = fresh();
    load(dst, size, base, offset);
    return dst;
  }

  /** {@code dst = *(size *)(base + offset)}, zero-extended. */
  public CodeBuilder load(Virt dst, Size size, Virt base, int offset) {
    return with(new Element.Load<>(size, false, dst, base, offset));
  }

  /** {@code *(size *)(base + offset) = src}. */
  public CodeBuilder store(Size size, Virt base, int offset, Virt src) {
    return with(new Element.Store<>(size, base, offset, Operand.reg(src)));
  }

  /** {@code *(size *)(base + offset) = value}. */
  public CodeBuilder store(Size size, Virt base, int offset, int value) {
    return with(new Element.Store<>(size, base, offset, Operand.imm(value)));
  }

  /** Calls a helper. */
  public Virt call(Helper helper, Virt... arguments) {
    Virt result = fresh();
    with(new Element.Call<>(helper, List.of(arguments), result));
    return result;
  }

  /** Returns a register's value from the function. */
  public CodeBuilder exit(Virt value) {
    return with(new Element.Exit<>(value));
  }

  /** Returns a number from the function. */
  public CodeBuilder exit(int value) {
    return exit(constant(value));
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
}
