package dev.jbpfilter.loader;

import dev.jbpfilter.loader.NetfilterAttacher.Holder;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.LinkInfo;
import dev.jbpfilter.loader.kernel.TcxNeighbour;
import dev.jbpfilter.ruleset.HookOptions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Links that were just created for a chain.
 *
 * @param links one; two on a Netfilter hook
 * @param priorities as given, but the one in use first; null on other hooks
 * @param event what users are told, if anything
 * @param awaited the Netfilter priority that the chain is to have once another left it; until then
 *     the links have one of their own
 */
record NewLinks(
    List<BpfLink> links,
    HookOptions.@Nullable Priorities priorities,
    Optional<Event> event,
    OptionalInt awaited) {

  private static final long PATIENCE_NANOS = 100_000_000;
  private static final long STEP_NANOS = 5_000_000;

  /** Copies the list. */
  NewLinks {
    links = List.copyOf(links);
  }

  /**
   * Attaches a program to a point. A place that is taken may be about to be free: the kernel ends a
   * link some time after it has lost its last pin, and so its place is asked for again, for a
   * while.
   *
   * @param neighbour what the program is to run beside on a TC point; null if behind all others
   * @param holders who has a place on a Netfilter hook of the point's name space
   */
  static NewLinks create(
      Kernel kernel,
      BpfProgram program,
      AttachPoint point,
      @Nullable TcxNeighbour neighbour,
      Function<LinkInfo.Target.Netfilter, Holder> holders) {
    long start = System.nanoTime();
    while (true) {
      try {
        return createNow(kernel, program, point, neighbour, holders);
      } catch (BpfException e) {
        if (e.errno() != Errno.EBUSY || System.nanoTime() - start > PATIENCE_NANOS) {
          throw e;
        }
        LockSupport.parkNanos(STEP_NANOS);
      }
    }
  }

  private static NewLinks createNow(
      Kernel kernel,
      BpfProgram program,
      AttachPoint point,
      @Nullable TcxNeighbour neighbour,
      Function<LinkInfo.Target.Netfilter, Holder> holders) {
    return switch (point) {
      case AttachPoint.Xdp xdp -> {
        XdpAttacher.Attached created = XdpAttacher.attach(kernel, program, xdp.interfaceIndex());
        yield of(created.link(), Optional.of(XdpAttacher.event(created.mode())));
      }
      case AttachPoint.Tc tc ->
          of(
              kernel.attachTcx(program, tc.interfaceIndex(), tc.direction(), neighbour),
              Optional.empty());
      case AttachPoint.Inherited inherited ->
          throw BpfException.refusal(Errno.ENOLINK, "it has lost its link");
      case AttachPoint.Cgroup cgroup -> of(attach(kernel, program, cgroup), Optional.empty());
      case AttachPoint.Netfilter hook ->
          new NetfilterAttacher(kernel, program, hook, holders).attach();
    };
  }

  /** The options of a chain, as it is attached with these links. */
  HookOptions asAttached(HookOptions options) {
    return priorities == null
        ? options
        : new HookOptions(options.ifindex(), options.cgpath(), priorities);
  }

  private static NewLinks of(BpfLink link, Optional<Event> event) {
    return new NewLinks(List.of(link), null, event, OptionalInt.empty());
  }

  private static BpfLink attach(Kernel kernel, BpfProgram program, AttachPoint.Cgroup cgroup) {
    try {
      return kernel.attachCgroup(program, cgroup.directory(), cgroup.type());
    } catch (BpfException e) {
      if (e.errno() != Errno.EBADF) {
        throw e;
      }
      // The directory is open: it is none of cgroup v2.
      BpfException failure =
          BpfException.refusal(
              e.errno(), "cgroup '" + cgroup.directory() + "': failed to create cgroup BPF link");
      failure.initCause(e);
      throw failure;
    }
  }
}
