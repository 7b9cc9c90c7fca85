package dev.jbpfilter.bytecode.internal.allocation;

import dev.jbpfilter.bytecode.Atomic;
import dev.jbpfilter.bytecode.Element;
import dev.jbpfilter.bytecode.LoadPacket;
import dev.jbpfilter.bytecode.Virt;
import java.util.function.Predicate;

/**
 * Which registers elements destroy, besides those that they are said to write: what lives across
 * such an element must not be in them.
 *
 * <pre>
 *   call               r0–r5
 *   packet access      r0–r6   (r6 receives the context; if that is in r6 already, it stays)
 *   compare-exchange   r0
 * </pre>
 *
 * <p>These are also the elements whose result is in a fixed register, {@code r0}. How many of each
 * kind come before an element is kept, so that a range of any length is looked up in constant time.
 */
final class Clobbers {
  private static final int BY_CALL = 0x3f;
  private static final int BY_PACKET = 1 << 6;
  private static final int BY_EXCHANGE = 1;
  private static final int[] NONE = {};

  private final int[] calls;
  private final int[] packets;
  private final int[] exchanges;

  Clobbers(Draft draft) {
    calls = before(draft, element -> element instanceof Element.Call || isPacket(element));
    packets = before(draft, Clobbers::isPacket);
    exchanges = before(draft, element -> element instanceof Atomic.CompareExchange);
  }

  private static boolean isPacket(Element<Virt> element) {
    return element instanceof LoadPacket;
  }

  /** Whether an element destroys what a call does. */
  static boolean likeCall(Element<Virt> element) {
    return element instanceof Element.Call || isPacket(element);
  }

  private static int[] before(Draft draft, Predicate<Element<Virt>> kind) {
    int[] result = new int[draft.size() + 1];
    for (int i = 0; i < draft.size(); i++) {
      result[i + 1] = result[i] + (kind.test(draft.element(i)) ? 1 : 0);
    }
    return result[draft.size()] == 0 ? NONE : result;
  }

  /** How many elements of a kind have both their positions in {@code [start, end)}. */
  private static int within(int[] before, int start, int end) {
    if (before.length == 0) {
      return 0;
    }
    int first = Math.max(Blocks.element(start + 1), 0);
    int after = Blocks.element(end - 2) + 1;
    return after > first ? before[after] - before[first] : 0;
  }

  private static boolean at(int[] before, int element) {
    return before.length != 0 && before[element + 1] > before[element];
  }

  /** The registers, as bits, that do not keep their value over {@code [start, end)}. */
  int within(int start, int end) {
    return (callsWithin(start, end) > 0 ? BY_CALL : 0)
        | (packetsWithin(start, end) > 0 ? BY_PACKET : 0)
        | (within(exchanges, start, end) > 0 ? BY_EXCHANGE : 0);
  }

  /** How many elements within {@code [start, end)} destroy what a call does. */
  int callsWithin(int start, int end) {
    return within(calls, start, end);
  }

  /** How many packet accesses there are within {@code [start, end)}. */
  int packetsWithin(int start, int end) {
    return within(packets, start, end);
  }

  /** Whether an element destroys registers, and so has its result in {@code r0}. */
  boolean at(int element) {
    return at(calls, element) || at(exchanges, element);
  }

  /** The registers that a packet access destroys only for others than its context. */
  static int withoutContext(int mask) {
    return mask & ~BY_PACKET;
  }
}
