package dev.jbpfilter.bytecode;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The elements that access memory atomically (RFC 9669, section 5.3).
 *
 * <pre>{@code
 * Atomic = Update | CompareExchange | LoadAcquire | StoreRelease
 * }</pre>
 */
public sealed interface Atomic<R extends Reg> extends Element<R> {

  /** The size of the access. */
  Size size();

  /** The register that, with the {@link #offset}, addresses the memory. */
  R base();

  /** −32 768 to 32 767. */
  int offset();

  /**
   * {@code lock *(size *)(base + offset) op= src}.
   *
   * @param size {@link Size#W} or {@link Size#DW}
   * @param fetch whether {@code src} receives the old value
   */
  record Update<R extends Reg>(AtomicOp op, Size size, boolean fetch, R base, int offset, R src)
      implements Atomic<R> {
    /**
     * @throws IllegalArgumentException if the size is 1 or 2 bytes, or an exchange does not fetch
     */
    public Update {
      requireWord(size);
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
    public <S extends Reg> Update<S> map(Function<? super R, ? extends S> registers) {
      return new Update<>(op, size, fetch, registers.apply(base), offset, registers.apply(src));
    }
  }

  /**
   * {@code if (*(size *)(base + offset) == old) *(size *)(base + offset) = src}; {@code old} then
   * holds the value that was there. Over physical registers {@code old} is {@code r0}.
   *
   * @param size {@link Size#W}, where only the lower half of {@code old} is compared and the value
   *     is zero-extended, or {@link Size#DW}
   */
  record CompareExchange<R extends Reg>(Size size, R base, int offset, R old, R src)
      implements Atomic<R> {
    /**
     * @throws IllegalArgumentException if the size is 1 or 2 bytes
     */
    public CompareExchange {
      requireWord(size);
    }

    @Override
    public List<R> uses() {
      return List.of(base, old, src);
    }

    @Override
    public R def() {
      return old;
    }

    @Override
    public <S extends Reg> CompareExchange<S> map(Function<? super R, ? extends S> registers) {
      return new CompareExchange<>(
          size, registers.apply(base), offset, registers.apply(old), registers.apply(src));
    }
  }

  /**
   * {@code dst = load_acquire(*(size *)(base + offset))}, zero-extended: nothing after it in the
   * program happens before it.
   */
  record LoadAcquire<R extends Reg>(Size size, R dst, R base, int offset) implements Atomic<R> {
    @Override
    public List<R> uses() {
      return List.of(base);
    }

    @Override
    public R def() {
      return dst;
    }

    @Override
    public <S extends Reg> LoadAcquire<S> map(Function<? super R, ? extends S> registers) {
      return new LoadAcquire<>(size, registers.apply(dst), registers.apply(base), offset);
    }
  }

  /**
   * {@code store_release(*(size *)(base + offset), src)}: everything before it in the program
   * happens before it.
   */
  record StoreRelease<R extends Reg>(Size size, R base, int offset, R src) implements Atomic<R> {
    @Override
    public List<R> uses() {
      return List.of(base, src);
    }

    @Override
    public <S extends Reg> StoreRelease<S> map(Function<? super R, ? extends S> registers) {
      return new StoreRelease<>(size, registers.apply(base), offset, registers.apply(src));
    }
  }

  private static void requireWord(Size size) {
    if (size != Size.W && size != Size.DW) {
      throw new IllegalArgumentException("atomic operation on " + size.bytes() + " bytes");
    }
  }
}
