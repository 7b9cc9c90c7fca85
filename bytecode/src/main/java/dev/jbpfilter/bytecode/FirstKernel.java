package dev.jbpfilter.bytecode;

import java.util.Optional;

/**
 * The first mainline release whose kernel knows an instruction.
 *
 * <p>Most instructions are as old as the bpf system call, Linux 3.18.
 */
final class FirstKernel {
  /** A kernel that knows everything. */
  static final KernelVersion NEWEST = new KernelVersion(Integer.MAX_VALUE, 0);

  /** {@code gotol}, with the rest of instruction set v4. */
  static final KernelVersion LONG_JUMP = new KernelVersion(6, 6);

  /** Programs of more than {@link #SHORT_PROGRAM} slots. */
  static final KernelVersion LONG_PROGRAM = new KernelVersion(5, 2);

  /** How many slots a program may have without {@link #LONG_PROGRAM} ({@code BPF_MAXINSNS}). */
  static final int SHORT_PROGRAM = 4096;

  private static final KernelVersion FIRST = new KernelVersion(3, 18);
  private static final KernelVersion V4_14 = new KernelVersion(4, 14);
  private static final KernelVersion V4_16 = new KernelVersion(4, 16);
  private static final KernelVersion V5_1 = new KernelVersion(5, 1);
  private static final KernelVersion V5_2 = new KernelVersion(5, 2);
  private static final KernelVersion V5_10 = new KernelVersion(5, 10);
  private static final KernelVersion V5_12 = new KernelVersion(5, 12);
  private static final KernelVersion V5_13 = new KernelVersion(5, 13);
  private static final KernelVersion V5_14 = new KernelVersion(5, 14);
  private static final KernelVersion V5_16 = new KernelVersion(5, 16);
  private static final KernelVersion V6_6 = new KernelVersion(6, 6);
  private static final KernelVersion V6_9 = new KernelVersion(6, 9);
  private static final KernelVersion V6_15 = new KernelVersion(6, 15);

  private FirstKernel() {}

  /** The release that first has an element's instruction. */
  static KernelVersion of(Element<?> element) {
    return switch (element) {
      case Element.Alu<?> alu -> alu.op().offset() == 0 ? FIRST : V6_6;
      case Element.Move<?> move -> move.signExtendFrom() == 0 ? FIRST : V6_6;
      case Element.Endian<?> endian -> endian.order() == ByteSwap.SWAP ? V6_6 : FIRST;
      case Element.Load<?> load -> load.signed() ? V6_6 : FIRST;
      case Element.AddressSpaceCast<?> cast -> V6_9;
      case Atomic<?> atomic -> atomic(atomic);
      case Element.LoadImm64<?> load -> constant(load.value());
      case Element.Branch<?> branch -> branch(branch);
      case Element.MayGoto<?> jump -> V6_9;
      case Element.Call<?> call -> call(call.function());
      case Element.Negate<?> negate -> FIRST;
      case Element.LoadField<?> load -> FIRST;
      case LoadPacket<?> load -> FIRST;
      case Element.Store<?> store -> FIRST;
      case Element.Jump<?> jump -> FIRST;
      case Element.Exit<?> exit -> FIRST;
      case Element.Bind<?> bind -> FIRST;
      case Element.Note<?> note -> FIRST;
    };
  }

  private static KernelVersion atomic(Atomic<?> atomic) {
    return switch (atomic) {
      case Atomic.Update<?> e -> e.op() == AtomicOp.ADD && !e.fetch() ? FIRST : V5_12;
      case Atomic.CompareExchange<?> e -> V5_12;
      case Atomic.LoadAcquire<?> e -> V6_15;
      case Atomic.StoreRelease<?> e -> V6_15;
    };
  }

  private static KernelVersion constant(Constant constant) {
    return switch (constant) {
      case Constant.Value e -> FIRST;
      case Constant.MapFd e -> FIRST;
      case Constant.MapValue e -> V5_2;
      case Constant.Variable e -> V5_10;
      case Constant.StructureId e -> FIRST;
      case Constant.Function e -> V5_13;
      case Constant.Resolved e ->
          switch (e.kind()) {
            case MAP_FD -> FIRST;
            case MAP_VALUE -> V5_2;
            case BTF_ID -> V5_10;
            case MAP_INDEX, MAP_INDEX_VALUE -> V5_14;
          };
    };
  }

  private static KernelVersion branch(Element.Branch<?> branch) {
    if (branch.width() == Width.W32) {
      return V5_1;
    }
    return switch (branch.condition()) {
      case LT, LE, SLT, SLE -> V4_14;
      case EQ, NE, GT, GE, SGT, SGE, SET -> FIRST;
    };
  }

  private static KernelVersion call(CallTarget target) {
    return switch (target) {
      case CallTarget.Helper(int number) -> {
        Optional<HelperInfo> known = Helpers.of(number);
        yield known.isPresent() ? known.get().since() : FIRST;
      }
      case CallTarget.KernelFunction e -> V5_13;
      case CallTarget.KernelFunctionId e -> e.module() == 0 ? V5_13 : V5_16;
      case CallTarget.Subprogram e -> V4_16;
    };
  }
}
