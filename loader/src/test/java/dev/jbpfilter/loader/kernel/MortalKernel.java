package dev.jbpfilter.loader.kernel;

import dev.jbpfilter.loader.kernel.internal.Libc;
import dev.jbpfilter.loader.kernel.internal.Syscall;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The kernel as a process knows it that is killed on the way. The process dies after a given number
 * of steps: all descriptors that it opened here are closed at once, as its death would, and every
 * further call throws {@link Killed}, which no code may survive. So nothing that would have come
 * later happens: no undoing, no cleaning up, no unlocking in order.
 *
 * <p>A step is a successful call that leaves something behind when the process is gone. After all
 * others, which open, read, lock, load or create without a name, death finds what it finds after
 * the step before: to die after every step is to die everywhere. {@link Pace#EVERY_CALL} takes that
 * argument's word for nothing. To be killed before a call is to be killed after the one before it.
 */
public final class MortalKernel {
  /** Dies never. */
  public static final int IMMORTAL = Integer.MAX_VALUE;

  private static final Set<Syscall> OPENING =
      EnumSet.of(Syscall.OPENAT, Syscall.SOCKET, Syscall.EPOLL_CREATE1);

  private static final Set<Syscall> LASTING =
      EnumSet.of(Syscall.MKDIRAT, Syscall.UNLINKAT, Syscall.RENAMEAT2);

  private static final int MAP_GET_FD_BY_ID = 14;
  private static final int BTF_GET_FD_BY_ID = 19;
  private static final int LINK_GET_FD_BY_ID = 30;

  /** Commands of bpf(2) that return a descriptor. */
  private static final Set<Long> OPENING_COMMANDS =
      numbers(
          Set.of(MAP_GET_FD_BY_ID, BTF_GET_FD_BY_ID, LINK_GET_FD_BY_ID),
          BpfCommand.MAP_CREATE,
          BpfCommand.PROG_LOAD,
          BpfCommand.OBJ_GET,
          BpfCommand.PROG_GET_FD_BY_ID,
          BpfCommand.BTF_LOAD,
          BpfCommand.LINK_CREATE,
          BpfCommand.TOKEN_CREATE);

  /** Commands that leave nothing behind; what is not known is taken to. */
  private static final Set<Long> PASSING_COMMANDS =
      numbers(
          Set.of(MAP_GET_FD_BY_ID, BTF_GET_FD_BY_ID, LINK_GET_FD_BY_ID),
          BpfCommand.MAP_CREATE,
          BpfCommand.MAP_LOOKUP_ELEM,
          BpfCommand.PROG_LOAD,
          BpfCommand.OBJ_GET,
          BpfCommand.PROG_TEST_RUN,
          BpfCommand.PROG_GET_FD_BY_ID,
          BpfCommand.OBJ_GET_INFO_BY_FD,
          BpfCommand.BTF_LOAD,
          BpfCommand.TOKEN_CREATE);

  private final Libc libc = new Libc();

  private final Linux alive = new Linux(libc);
  private final Pace pace;
  private final int lifetime;
  private final Runnable afterStep;
  private final Runnable death;
  private final Set<Long> open = new TreeSet<>();
  private final List<String> steps = new ArrayList<>();
  private final Set<Integer> links = new TreeSet<>();
  private final Set<Integer> programs = new TreeSet<>();
  private boolean unnamed;
  private boolean dead;

  /** What counts as a step. */
  public enum Pace {
    /** A call that succeeded and leaves something behind. */
    LASTING_CALLS,
    /** Any call. */
    EVERY_CALL
  }

  /** The process is no more. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed", null, true, false);
    }
  }

  /**
   * @param lifetime after how many steps the process dies; 0 with its first call
   * @param afterStep what to do after each step that it survives
   */
  public MortalKernel(Pace pace, int lifetime, Runnable afterStep) {
    this(pace, lifetime, afterStep, () -> {});
  }

  /**
   * @param death what really kills the process, if anything does
   */
  public MortalKernel(Pace pace, int lifetime, Runnable afterStep, Runnable death) {
    this.pace = pace;
    this.lifetime = lifetime;
    this.afterStep = afterStep;
    this.death = death;
  }

  /** The kernel. */
  public Kernel kernel() {
    return new Kernel(this::invoke, this::name);
  }

  /** Whether the process was killed. */
  public boolean dead() {
    return dead;
  }

  /** The steps taken, by system call or command and, if it is told, object. */
  public List<String> steps() {
    return List.copyOf(steps);
  }

  /** The identifiers of all links that the process created. */
  public Set<Integer> links() {
    return Set.copyOf(links);
  }

  /** The identifiers of all programs that the process loaded. */
  public Set<Integer> programs() {
    return Set.copyOf(programs);
  }

  /** Whether a link of that identifier is there, attached or not. */
  public static boolean linkExists(int id) {
    return exists(LINK_GET_FD_BY_ID, id);
  }

  /** Whether a program of that identifier is there. */
  public static boolean programExists(int id) {
    return exists(BpfCommand.PROG_GET_FD_BY_ID.number(), id);
  }

  private static boolean exists(int command, int id) {
    Libc libc = new Libc();
    try (Attributes attributes = new Attributes()) {
      attributes.set(0, id);
      long fd = libc.invoke(Syscall.BPF, command, attributes.address(), Attributes.SIZE);
      if (fd == -Errno.ENOENT) {
        return false;
      }
      libc.invoke(Syscall.CLOSE, Linux.require(fd, "bpf " + command, "object " + id));
      return true;
    }
  }

  private long invoke(Syscall call, long... arguments) {
    if (dead) {
      throw new Killed();
    }
    if (steps.size() >= lifetime) {
      die();
    }
    unnamed = false;
    long result = libc.invoke(call, arguments);
    if (call == Syscall.CLOSE) {
      open.remove(arguments[0]);
    } else if (result >= 0 && opens(call, arguments)) {
      open.add(result);
      keep(call, arguments, (int) result);
    }
    if (pace == Pace.EVERY_CALL || (result >= 0 && lasts(call, arguments))) {
      steps.add(label(call, arguments));
      unnamed = true;
      if (steps.size() >= lifetime) {
        die();
      }
      afterStep.run();
    }
    return result;
  }

  /** Kills the process now. */
  public void die() {
    dead = true;
    death.run();
    for (long descriptor : open) {
      libc.invoke(Syscall.CLOSE, descriptor);
    }
    throw new Killed();
  }

  private void keep(Syscall call, long[] arguments, int descriptor) {
    if (call != Syscall.BPF) {
      return;
    }
    // Neither is closed: both are the process's.
    Fd created = new Fd(alive, descriptor, "created");
    if (arguments[0] == BpfCommand.LINK_CREATE.number()) {
      links.add(new BpfLink(created).info().id());
    } else if (arguments[0] == BpfCommand.PROG_LOAD.number()) {
      programs.add(new BpfProgram(created).info().id());
    }
  }

  private void name(String told) {
    if (unnamed) {
      steps.set(steps.size() - 1, told);
    }
  }

  private static boolean opens(Syscall call, long[] arguments) {
    return call == Syscall.BPF ? OPENING_COMMANDS.contains(arguments[0]) : OPENING.contains(call);
  }

  private static boolean lasts(Syscall call, long[] arguments) {
    return call == Syscall.BPF ? !PASSING_COMMANDS.contains(arguments[0]) : LASTING.contains(call);
  }

  private static String label(Syscall call, long[] arguments) {
    if (call == Syscall.BPF) {
      for (BpfCommand command : BpfCommand.values()) {
        if (command.number() == arguments[0]) {
          return command.label();
        }
      }
      return "bpf " + arguments[0];
    }
    return call.label();
  }

  private static Set<Long> numbers(Set<Integer> unnamed, BpfCommand... commands) {
    Set<Long> numbers = new TreeSet<>();
    for (int number : unnamed) {
      numbers.add((long) number);
    }
    for (BpfCommand command : commands) {
      numbers.add((long) command.number());
    }
    return Set.copyOf(numbers);
  }
}
