package dev.jbpfilter.loader;

import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.BpfProgram;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.Kernel;
import dev.jbpfilter.loader.kernel.LinkInfo;
import dev.jbpfilter.ruleset.HookOptions.Priorities;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Attaches a program to a Netfilter hook: one link for IPv4, one for IPv6, both with the same
 * priority. A place on a hook takes one program and a link cannot be given another, so a chain has
 * two priorities, and the program that replaces another takes the one that is free. If neither is,
 * because of chains that are about to leave, the program starts beside the place that it gets then.
 */
final class NetfilterAttacher {
  private static final int IPV4 = 2;
  private static final int IPV6 = 10;

  /** How far from the wanted priority a place is looked for. */
  private static final int REACH = 32;

  private final Kernel kernel;
  private final BpfProgram program;
  private final AttachPoint.Netfilter point;
  private final Function<LinkInfo.Target.Netfilter, Holder> holders;
  private @Nullable BpfException refusal;

  /** Who has a place. */
  enum Holder {
    /** A chain that is about to leave it, or nobody. */
    LEAVING,
    /** A chain that has just come, or waits for it. */
    ARRIVING,
    /** Another tool, or a chain that stays. */
    STAYING
  }

  /**
   * @param holders who has a place, as far as is known; everyone else is taken to stay
   */
  NetfilterAttacher(
      Kernel kernel,
      BpfProgram program,
      AttachPoint.Netfilter point,
      Function<LinkInfo.Target.Netfilter, Holder> holders) {
    this.kernel = kernel;
    this.program = program;
    this.point = point;
    this.holders = holders;
  }

  /**
   * Attaches the program with the first priority that is free.
   *
   * @throws BpfException with {@code EBUSY} if neither is, nor will be
   */
  NewLinks attach() {
    Priorities given = point.priorities();
    Priorities swapped = new Priorities(given.spare(), given.active());
    for (Priorities priorities : List.of(given, swapped)) {
      List<BpfLink> links = attach(priorities.active());
      if (!links.isEmpty()) {
        return new NewLinks(links, priorities, Optional.empty(), OptionalInt.empty());
      }
    }
    BpfException busy = refusal();
    Holder first = holder(given.active());
    Holder second = holder(given.spare());
    if (first == Holder.STAYING || second == Holder.STAYING) {
      throw busy;
    }
    if (first == Holder.LEAVING) {
      return attachBeside(given, busy);
    }
    if (second == Holder.LEAVING) {
      return attachBeside(swapped, busy);
    }
    throw busy;
  }

  /**
   * Attaches the program with a priority.
   *
   * @return one link for each family; none if the priority is taken
   */
  List<BpfLink> attach(int priority) {
    List<BpfLink> links = new ArrayList<>();
    try {
      for (int family : new int[] {IPV4, IPV6}) {
        links.add(kernel.attachNetfilter(program, family, point.hook(), priority));
      }
      return links;
    } catch (BpfException e) {
      Cleanup cleanup = new Cleanup(e);
      for (BpfLink link : links) {
        cleanup.run(link::detach);
        cleanup.run(link::close);
      }
      if (e.errno() != Errno.EBUSY) {
        throw e;
      }
      refusal = refusal == null ? e : refusal;
      return List.of();
    }
  }

  /** Why a priority could not be had. */
  BpfException refusal() {
    if (refusal == null) {
      throw new IllegalStateException("no priority was refused");
    }
    return refusal;
  }

  /** Who has a priority: whoever has it for one of the families and does not leave, if any. */
  private Holder holder(int priority) {
    Holder holder = Holder.LEAVING;
    for (int family : new int[] {IPV4, IPV6}) {
      Holder one = holders.apply(new LinkInfo.Target.Netfilter(family, point.hook(), priority));
      if (one == Holder.STAYING && isFree(family, priority)) {
        one = Holder.LEAVING;
      }
      holder = one.compareTo(holder) > 0 ? one : holder;
    }
    return holder;
  }

  private boolean isFree(int family, int priority) {
    try (BpfLink link = kernel.attachNetfilter(program, family, point.hook(), priority)) {
      link.detach();
      return true;
    } catch (BpfException e) {
      if (e.errno() == Errno.EBUSY) {
        return false;
      }
      throw e;
    }
  }

  private NewLinks attachBeside(Priorities priorities, BpfException busy) {
    for (int distance = 1; distance <= REACH; distance++) {
      for (long priority :
          new long[] {priorities.active() + (long) distance, priorities.active() - distance}) {
        // The kernel keeps the greatest for itself, and chains have positive ones.
        if (priority > 0 && priority < Integer.MAX_VALUE && priority != priorities.spare()) {
          List<BpfLink> links = attach((int) priority);
          if (!links.isEmpty()) {
            return new NewLinks(
                links, priorities, Optional.empty(), OptionalInt.of(priorities.active()));
          }
        }
      }
    }
    throw busy;
  }
}
