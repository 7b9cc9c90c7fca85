package dev.jbpfilter.bytecode;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@link Code}: an instruction, or a pseudo-element that encodes to nothing ({@link
 * Bind}, {@link Note}).
 *
 * <pre>{@code
 * Element = Alu | Negate | Move | Endian | Load | Store | Atomic | LoadImm64
 *         | Jump | Branch | Call | Exit | Bind | Note
 * }</pre>
 *
 * <p>The records are the same before and after register allocation; only the kind of register
 * differs. Field names follow the instruction-set document (RFC 9669).
 */
public sealed interface Element<R extends Reg> {

  /** Registers that the element reads, in operand order. */
  default List<R> uses() {
    return List.of();
  }

  /** The register that the element writes, if it writes one. */
  default @Nullable R def() {
    return null;
  }

  /** The same element over other registers. */
  <S extends Reg> Element<S> map(Function<? super R, ? extends S> registers);

  /** Where control may go besides the next element, if anywhere. */
  default @Nullable Label target() {
    return null;
  }

  /** Whether control never goes on to the next element. */
  default boolean endsBlock() {
    return false;
  }

  /** {@code dst = dst op src}. */
  record Alu<R extends Reg>(AluOp op, Width width, R dst, Operand<R> src) implements Element<R> {
    @Override
    public List<R> uses() {
      return Elements.with(dst, src);
    }

    @Override
    public R def() {
      return dst;
    }

    @Override
    public <S extends Reg> Alu<S> map(Function<? super R, ? extends S> registers) {
      return new Alu<>(op, width, registers.apply(dst), Elements.map(src, registers));
    }
  }

  /** {@code dst = -dst}. */
  record Negate<R extends Reg>(Width width, R dst) implements Element<R> {
    @Override
    public List<R> uses() {
      return List.of(dst);
    }

    @Override
    public R def() {
      return dst;
    }

    @Override
    public <S extends Reg> Negate<S> map(Function<? super R, ? extends S> registers) {
      return new Negate<>(width, registers.apply(dst));
    }
  }

  /**
   * {@code dst = src}.
   *
   * @param signExtendFrom bits of the source that are sign-extended: 8, 16 or 32 (instruction set
   *     v4, register sources only), or 0 for a plain move
   */
  record Move<R extends Reg>(Width width, int signExtendFrom, R dst, Operand<R> src)
      implements Element<R> {
    /**
     * @throws IllegalArgumentException if no instruction extends like that
     */
    public Move {
      boolean narrower =
          signExtendFrom == 8
              || signExtendFrom == 16
              || (signExtendFrom == 32 && width == Width.W64);
      if (signExtendFrom != 0 && !(narrower && src instanceof Operand.OfReg)) {
        throw new IllegalArgumentException(
            "sign extension of " + src + " from " + signExtendFrom + " bits to " + width);
      }
    }

    @Override
    public List<R> uses() {
      return Elements.of(src);
    }

    @Override
    public R def() {
      return dst;
    }

    @Override
    public <S extends Reg> Move<S> map(Function<? super R, ? extends S> registers) {
      return new Move<>(width, signExtendFrom, registers.apply(dst), Elements.map(src, registers));
    }
  }

  /**
   * {@code dst = order(dst)}: byte order conversion of the lower bits; the upper ones become zero.
   *
   * @param bits 16, 32 or 64
   */
  record Endian<R extends Reg>(ByteSwap order, int bits, R dst) implements Element<R> {
    /**
     * @throws IllegalArgumentException if there is no such number of bits
     */
    public Endian {
      if (bits != 16 && bits != 32 && bits != 64) {
        throw new IllegalArgumentException("byte order conversion of " + bits + " bits");
      }
    }

    @Override
    public List<R> uses() {
      return List.of(dst);
    }

    @Override
    public R def() {
      return dst;
    }

    @Override
    public <S extends Reg> Endian<S> map(Function<? super R, ? extends S> registers) {
      return new Endian<>(order, bits, registers.apply(dst));
    }
  }

  /**
   * {@code dst = *(size *)(base + offset)}.
   *
   * @param signed sign-extend instead of zero-extend (instruction set v4; not for 8 bytes)
   * @param offset −32 768 to 32 767
   */
  record Load<R extends Reg>(Size size, boolean signed, R dst, R base, int offset)
      implements Element<R> {
    /**
     * @throws IllegalArgumentException if 8 bytes are to be sign-extended
     */
    public Load {
      if (signed && size == Size.DW) {
        throw new IllegalArgumentException("sign extension of 8 bytes");
      }
    }

    @Override
    public List<R> uses() {
      return List.of(base);
    }

    @Override
    public R def() {
      return dst;
    }

    @Override
    public <S extends Reg> Load<S> map(Function<? super R, ? extends S> registers) {
      return new Load<>(size, signed, registers.apply(dst), registers.apply(base), offset);
    }
  }

  /**
   * {@code *(size *)(base + offset) = src}.
   *
   * @param offset −32 768 to 32 767
   */
  record Store<R extends Reg>(Size size, R base, int offset, Operand<R> src) implements Element<R> {
    @Override
    public List<R> uses() {
      return Elements.with(base, src);
    }

    @Override
    public <S extends Reg> Store<S> map(Function<? super R, ? extends S> registers) {
      return new Store<>(size, registers.apply(base), offset, Elements.map(src, registers));
    }
  }

  /**
   * {@code lock *(size *)(base + offset) op= src}.
   *
   * @param size {@link Size#W} or {@link Size#DW}
   * @param fetch whether {@code src} receives the old value
   */
  record Atomic<R extends Reg>(AtomicOp op, Size size, boolean fetch, R base, int offset, R src)
      implements Element<R> {
    /**
     * @throws IllegalArgumentException if the size is 1 or 2 bytes, or an exchange does not fetch
     */
    public Atomic {
      if (size != Size.W && size != Size.DW) {
        throw new IllegalArgumentException("atomic operation on " + size.bytes() + " bytes");
      }
      if (op == AtomicOp.XCHG && !fetch) {
        throw new IllegalArgumentException("exchange that does not fetch");
      }
    }

    @Override
    public List<R> uses() {
      return List.of(base, src);
    }

    @Override
    public @Nullable R def() {
      return fetch ? src : null;
    }

    @Override
    public <S extends Reg> Atomic<S> map(Function<? super R, ? extends S> registers) {
      return new Atomic<>(op, size, fetch, registers.apply(base), offset, registers.apply(src));
    }
  }

  /** {@code dst = value}: the one instruction of two slots. */
  record LoadImm64<R extends Reg>(R dst, Constant value) implements Element<R> {
    @Override
    public R def() {
      return dst;
    }

    @Override
    public <S extends Reg> LoadImm64<S> map(Function<? super R, ? extends S> registers) {
      return new LoadImm64<>(registers.apply(dst), value);
    }
  }

  /** {@code goto target}. */
  record Jump<R extends Reg>(Label target) implements Element<R> {
    @Override
    public <S extends Reg> Jump<S> map(Function<? super R, ? extends S> registers) {
      return new Jump<>(target);
    }

    @Override
    public boolean endsBlock() {
      return true;
    }
  }

  /** {@code if left condition right goto target}. */
  record Branch<R extends Reg>(
      Condition condition, Width width, R left, Operand<R> right, Label target)
      implements Element<R> {
    @Override
    public List<R> uses() {
      return Elements.with(left, right);
    }

    @Override
    public <S extends Reg> Branch<S> map(Function<? super R, ? extends S> registers) {
      return new Branch<>(
          condition, width, registers.apply(left), Elements.map(right, registers), target);
    }
  }

  /**
   * {@code result = function(arguments…)}. Over virtual registers the operands are any; allocation
   * moves them to where the calling convention wants them, and over physical registers they are
   * exactly {@code r1…} and {@code r0}. A call destroys {@code r0}–{@code r5}.
   *
   * @param arguments at most five
   */
  record Call<R extends Reg>(CallTarget function, List<R> arguments, R result)
      implements Element<R> {
    /**
     * @throws IllegalArgumentException if there are more than five arguments
     */
    public Call {
      arguments = List.copyOf(arguments);
      if (arguments.size() > 5) {
        throw new IllegalArgumentException(function + " with " + arguments.size() + " arguments");
      }
    }

    @Override
    public List<R> uses() {
      return arguments;
    }

    @Override
    public R def() {
      return result;
    }

    @Override
    public <S extends Reg> Call<S> map(Function<? super R, ? extends S> registers) {
      return new Call<>(
          function, arguments.stream().<S>map(registers).toList(), registers.apply(result));
    }
  }

  /** Returns from the function. Over physical registers the value is in {@code r0}. */
  record Exit<R extends Reg>(R value) implements Element<R> {
    @Override
    public List<R> uses() {
      return List.of(value);
    }

    @Override
    public <S extends Reg> Exit<S> map(Function<? super R, ? extends S> registers) {
      return new Exit<>(registers.apply(value));
    }

    @Override
    public boolean endsBlock() {
      return true;
    }
  }

  /** Gives a label its place: the next instruction. */
  record Bind<R extends Reg>(Label label) implements Element<R> {
    @Override
    public <S extends Reg> Bind<S> map(Function<? super R, ? extends S> registers) {
      return new Bind<>(label);
    }
  }

  /** Says what the following instructions are for, up to the next note. Shown in every dump. */
  record Note<R extends Reg>(String text) implements Element<R> {
    @Override
    public <S extends Reg> Note<S> map(Function<? super R, ? extends S> registers) {
      return new Note<>(text);
    }
  }
}
