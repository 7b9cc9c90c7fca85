package dev.jbpfilter.bytecode;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@link Code}: an instruction, or a pseudo-element that encodes to nothing ({@link
 * Bind}, {@link Note}).
 *
 * <pre>{@code
 * Element = Alu | Negate | Move | Endian | AddressSpaceCast
 *         | Load | LoadField | LoadPacket | Store | Atomic | LoadImm64
 *         | Jump | Branch | MayGoto | Call | Exit | Bind | Note
 * }</pre>
 *
 * <p>The records are the same before and after register allocation; only the kind of register
 * differs. Field names follow the instruction-set document (RFC 9669).
 */
public sealed interface Element<R extends Reg>
    permits Element.Alu,
        Element.Negate,
        Element.Move,
        Element.Endian,
        Element.AddressSpaceCast,
        Element.Load,
        Element.LoadField,
        LoadPacket,
        Element.Store,
        Atomic,
        Element.LoadImm64,
        Element.Jump,
        Element.Branch,
        Element.MayGoto,
        Element.Call,
        Element.Exit,
        Element.Bind,
        Element.Note {

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
   * {@code dst = addr_space_cast(src, to, from)}: a pointer into a {@code BPF_MAP_TYPE_ARENA}
   * between the address spaces of the kernel and of the arena (not in RFC 9669; Linux 6.9).
   *
   * @param to 0 or 1
   * @param from 0 or 1, the other one
   */
  record AddressSpaceCast<R extends Reg>(R dst, R src, int to, int from) implements Element<R> {
    /**
     * @throws IllegalArgumentException if the address spaces are not 0 and 1
     */
    public AddressSpaceCast {
      if (to + from != 1 || to * from != 0) {
        throw new IllegalArgumentException("cast from address space " + from + " to " + to);
      }
    }

    @Override
    public List<R> uses() {
      return List.of(src);
    }

    @Override
    public R def() {
      return dst;
    }

    @Override
    public <S extends Reg> AddressSpaceCast<S> map(Function<? super R, ? extends S> registers) {
      return new AddressSpaceCast<>(registers.apply(dst), registers.apply(src), to, from);
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
   * {@code dst = *(size *)(base + offset of field)}: a load from a kernel structure, whose layout
   * only the target knows.
   *
   * @param type name of the structure, as {@code sk_buff}
   * @param field name of its member, or members separated by dots
   */
  record LoadField<R extends Reg>(Size size, R dst, R base, String type, String field)
      implements Element<R> {
    @Override
    public List<R> uses() {
      return List.of(base);
    }

    @Override
    public R def() {
      return dst;
    }

    @Override
    public <S extends Reg> LoadField<S> map(Function<? super R, ? extends S> registers) {
      return new LoadField<>(size, registers.apply(dst), registers.apply(base), type, field);
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
   * {@code may_goto target}: goes on to the next element, but some time, after at most 8 million
   * times or a quarter of a second, to the target. The verifier takes a loop that contains it as
   * bounded (not in RFC 9669; Linux 6.9).
   */
  record MayGoto<R extends Reg>(Label target) implements Element<R> {
    @Override
    public <S extends Reg> MayGoto<S> map(Function<? super R, ? extends S> registers) {
      return new MayGoto<>(target);
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
