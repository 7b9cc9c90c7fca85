package dev.jbpfilter.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.Installation.Observed;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.Kernels.Failing;
import dev.jbpfilter.loader.kernel.MortalKernel;
import dev.jbpfilter.loader.kernel.MortalKernel.Killed;
import dev.jbpfilter.loader.kernel.MortalKernel.Pace;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.ruleset.Chain;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lets each call of an operation fail once, with errno after errno. The operation must tell that
 * errno and leave what was, with the same counters; or it found another way, and all is done. What
 * is done is not undone when the removal of what was fails. A call that a signal interrupts is made
 * again.
 */
final class Failures {
  /** What calls fail with. */
  static final List<Integer> ERRNOS =
      List.of(Errno.EPERM, Errno.ENOMEM, Errno.ENOSPC, Errno.EBUSY, Errno.EINTR);

  /**
   * Of the calls that mend after one step, every so manieth fails; after another step others do.
   */
  private static final int STRIDE = 48;

  private static final int SHIFT = 7;

  private final Installation kernel;
  private final Wire wire;
  private final Scenario scenario;
  private final int seed;
  private final Problems problems = new Problems();
  private List<Observed> old = List.of();
  private List<Chain> expected = List.of();

  /**
   * @param seed which errno comes first
   */
  Failures(Installation kernel, Wire wire, Scenario scenario, int seed) {
    this.kernel = kernel;
    this.wire = wire;
    this.scenario = scenario;
    this.seed = seed;
  }

  /**
   * Checks it all.
   *
   * @param most about how many calls fail, evenly spread, if there are more
   * @return how many calls failed
   */
  int assertNoneDoesHarm(int most) {
    int stride = Math.max(1, begin() / most);
    int failures = 0;
    boolean reached = true;
    for (int position = seed % stride; reached; position += stride) {
      int errno = errno(failures);
      Failing failing = new Failing(position, errno);
      String when = "call " + position + ", " + Errno.name(errno);
      Optional<BpfException> failure = run(failing, scenario.operation(), when);
      problems.check(when, () -> assertTold(failure, errno));
      List<Observed> last = kernel.observe();
      if (failure.isPresent() && last.equals(old) && isTidy(old.size())) {
        problems.check(when, this::assertClosed);
        // The probes count.
        old = kernel.observe();
      } else {
        problems.check(when, () -> assertWhole(failure));
        restore();
      }
      reached = failing.failed();
      failures += reached ? 1 : 0;
    }
    problems.assertNone(failures + " failures");
    return failures;
  }

  /**
   * Kills the operation after each of its steps, and lets a call of what mends it fail, a later one
   * each time. The next command must mend it then.
   *
   * @return how many calls failed
   */
  int assertNoneDoesHarmWhileMending() {
    begin();
    int failures = 0;
    boolean killed = true;
    for (int lifetime = 1; killed; lifetime++) {
      boolean reached = true;
      for (int position = lifetime * SHIFT % STRIDE; killed && reached; position += STRIDE) {
        killed = die(lifetime);
        int errno = errno(position);
        Failing failing = new Failing(position, errno);
        String when = "step " + lifetime + ", mending call " + position + ", " + Errno.name(errno);
        int before = problems.count();
        Optional<BpfException> failure = run(failing, Deaths::mend, when);
        problems.check(when, () -> assertTold(failure, errno));
        problems.check(when, this::assertClosed);
        problems.check(
            when,
            () -> {
              kernel.run(Deaths::mend);
              assertDone(isOld() ? Standing.chains(Standing.of(old)) : expected);
            });
        reached = failing.failed();
        failures += reached ? 1 : 0;
        if (problems.count() > before || !isOld()) {
          restore();
        }
      }
    }
    problems.assertNone(failures + " failures");
    return failures;
  }

  private int errno(int position) {
    return ERRNOS.get((position + seed) % ERRNOS.size());
  }

  /** Lets the operation succeed; returns how many calls it makes. */
  private int begin() {
    restore();
    MortalKernel counting = new MortalKernel(Pace.EVERY_CALL, MortalKernel.IMMORTAL, () -> {});
    kernel.run(counting.kernel(), scenario.operation());
    expected = Standing.chains(Standing.of(kernel.observe()));
    restore();
    return counting.steps().size();
  }

  private void restore() {
    new Wholeness(kernel).reset(scenario.before());
    old = kernel.observe();
  }

  /** Returns whether the operation did not come to its end. */
  private boolean die(int lifetime) {
    MortalKernel doomed = new MortalKernel(Pace.LASTING_CALLS, lifetime, () -> {});
    try {
      kernel.run(doomed.kernel(), scenario.operation());
      return false;
    } catch (Killed e) {
      return true;
    }
  }

  private Optional<BpfException> run(Failing failing, Consumer<Bpfilter> operation, String when) {
    List<String> open = Descriptors.open();
    Optional<BpfException> failure = Optional.empty();
    try {
      kernel.run(failing.kernel(), operation);
    } catch (BpfException e) {
      failure = Optional.of(e);
    }
    failing.awaitRelease();
    problems.check(when, () -> assertThat(Descriptors.open()).isEqualTo(open));
    return failure;
  }

  private static void assertTold(Optional<BpfException> failure, int errno) {
    failure.ifPresent(e -> assertThat(e.errno()).as(e.getMessage()).isEqualTo(errno));
    assertThat(failure.isPresent() && errno == Errno.EINTR).as("EINTR is told").isFalse();
  }

  /** Whether what there was is there, whatever its counters say. */
  private boolean isOld() {
    List<Standing> last = Standing.of(kernel.observe());
    List<Standing> before = Standing.of(old);
    return last.equals(before) || (scenario.isTrial() && Standing.isRestored(last, before));
  }

  private void assertWhole(Optional<BpfException> failure) {
    boolean undone = failure.isPresent() && isOld();
    List<Chain> wanted = undone ? Standing.chains(Standing.of(old)) : expected;
    assertRuns(wanted);
    kernel.run(Deaths::mend);
    assertDone(wanted);
  }

  private void assertDone(List<Chain> wanted) {
    assertRuns(wanted);
    assertThat(isTidy(wanted.size())).as("%s", kernel.entries("")).isTrue();
  }

  private void assertRuns(List<Chain> wanted) {
    List<Observed> last = kernel.observe();
    assertThat(Standing.sorted(Standing.chains(Standing.of(last))))
        .isEqualTo(Standing.sorted(wanted));
    Wholeness.assertRunAsListed(last);
    assertClosed();
  }

  private void assertClosed() {
    assertThat(wire.open(scenario.guarded())).as("open").isEmpty();
  }

  /** Whether there are the directories of so many chains, and nothing that is half done. */
  private boolean isTidy(int chains) {
    List<String> names = kernel.entries("");
    return names.size() == chains
        && names.stream()
            .flatMap(name -> kernel.entries(name).stream())
            .noneMatch(pin -> pin.endsWith("_tmp"));
  }
}
