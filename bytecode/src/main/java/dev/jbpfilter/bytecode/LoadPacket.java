package dev.jbpfilter.bytecode;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code dst = packet[index + offset]}, in host byte order; leaves the program with 0 if the packet
 * ends before. Destroys what a call does. The deprecated packet access instructions (RFC 9669,
 * section 5.5); over physical registers {@code dst} is {@code r0} and the context {@code r6}.
 *
 * @param size not 8 bytes
 * @param index null if there is none
 */
public record LoadPacket<R extends Reg>(Size size, R dst, R context, @Nullable R index, int offset)
    implements Element<R> {
  /**
   * @throws IllegalArgumentException if 8 bytes are to be loaded
   */
  public LoadPacket {
    if (size == Size.DW) {
      throw new IllegalArgumentException("packet access of 8 bytes");
    }
  }

  @Override
  public List<R> uses() {
    return index == null ? List.of(context) : List.of(context, index);
  }

  @Override
  public R def() {
    return dst;
  }

  @Override
  public <S extends Reg> LoadPacket<S> map(Function<? super R, ? extends S> registers) {
    S mapped = index == null ? null : registers.apply(index);
    return new LoadPacket<>(size, registers.apply(dst), registers.apply(context), mapped, offset);
  }
}
