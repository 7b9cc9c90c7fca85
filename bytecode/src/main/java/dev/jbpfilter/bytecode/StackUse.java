package dev.jbpfilter.bytecode;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Which bytes of its frame a function writes anywhere, and accesses that are out of bounds. */
final class StackUse {
  private final BitSet written = new BitSet(Code.MAX_FRAME_BYTES);
  private int depth;

  /** Distance of the deepest byte that is accessed from the frame pointer. */
  int depth() {
    return depth;
  }

  /** Pointers into the frame went where they cannot be followed. */
  void anythingWritten() {
    written.set(0, Code.MAX_FRAME_BYTES);
  }

  /**
   * Looks at what an instruction does to the frame.
   *
   * @param state what the registers hold before, as {@link RegisterFlow} has it
   */
  void collect(Element<Phys> element, int[] state) {
    Access access = access(element, state);
    if (access != null && access.isInside()) {
      depth = Math.max(depth, -access.offset);
      if (access.writes) {
        write(access.offset, access.bytes);
      }
    }
    if (element instanceof Element.Call) {
      for (int r = 1; r <= 5; r++) {
        // A helper may write from there upwards.
        if (isFrame(state[r]) && state[r] >= -Code.MAX_FRAME_BYTES && state[r] < 0) {
          write(state[r], -state[r]);
        }
      }
    }
    Phys src = stored(element);
    if (src != null && isFrame(state[src.number()])) {
      anythingWritten();
    }
  }

  private void write(int offset, int bytes) {
    written.set(offset + Code.MAX_FRAME_BYTES, offset + bytes + Code.MAX_FRAME_BYTES);
  }

  /** A problem of an instruction, null if there is none. */
  @Nullable String problem(Element<Phys> element, int[] state) {
    Access access = access(element, state);
    if (access == null) {
      return null;
    }
    String place = access.bytes + " bytes at r10 " + (access.offset < 0 ? "" : "+") + access.offset;
    if (!access.isInside()) {
      return "access of " + place + " is outside of the stack frame";
    }
    int first = access.offset + Code.MAX_FRAME_BYTES;
    boolean unwritten = written.nextClearBit(first) < first + access.bytes;
    return access.reads && unwritten ? "nothing writes all of the " + place : null;
  }

  private static boolean isFrame(int value) {
    return value > RegisterFlow.ANY;
  }

  private record Access(int offset, int bytes, boolean reads, boolean writes) {
    boolean isInside() {
      return offset >= -Code.MAX_FRAME_BYTES && offset + bytes <= 0;
    }
  }

  /** The access to the frame, at a known distance; null if there is none. */
  private static @Nullable Access access(Element<Phys> element, int[] state) {
    return switch (element) {
      case Element.Load<Phys> e -> access(state, e.base(), e.offset(), e.size(), true, false);
      case Element.LoadField<Phys> e -> null;
      case Element.Store<Phys> e -> access(state, e.base(), e.offset(), e.size(), false, true);
      case Atomic.LoadAcquire<Phys> e -> access(state, e.base(), e.offset(), e.size(), true, false);
      case Atomic.StoreRelease<Phys> e ->
          access(state, e.base(), e.offset(), e.size(), false, true);
      // What is only ever updated was never written.
      case Atomic<Phys> e -> access(state, e.base(), e.offset(), e.size(), true, false);
      default -> null;
    };
  }

  private static @Nullable Access access(
      int[] state, Phys base, int offset, Size size, boolean reads, boolean writes) {
    int distance = state[base.number()];
    return isFrame(distance) ? new Access(distance + offset, size.bytes(), reads, writes) : null;
  }

  private static @Nullable Phys stored(Element<Phys> element) {
    return switch (element) {
      case Element.Store<Phys> e when e.src() instanceof Operand.OfReg<Phys>(Phys src) -> src;
      case Atomic.Update<Phys> e -> e.src();
      case Atomic.CompareExchange<Phys> e -> e.src();
      case Atomic.StoreRelease<Phys> e -> e.src();
      default -> null;
    };
  }
}
