package dev.jbpfilter.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.loader.Installation.Observed;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.LinkInfo;
import dev.jbpfilter.loader.kernel.MortalKernel;
import dev.jbpfilter.loader.kernel.MortalKernel.Killed;
import dev.jbpfilter.loader.kernel.MortalKernel.Pace;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.ruleset.Chain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * Kills an operation after each of its steps. Each time no place may be open that is filtered
 * before and after, and the next process that changes anything must find its way: to exactly what
 * there was, or to exactly what there was to be, with nothing left of the rest. That process is
 * killed on its way, too; or it does what the killed one was to do.
 */
final class Deaths {
  private static final int SECOND_DEATHS = 6;
  private static final int PATIENCE_MILLIS = 2000;

  private final Installation kernel;
  private final Wire wire;
  private final Pace pace;
  private final boolean everyPair;
  private final Problems problems = new Problems();
  private final Set<Integer> links = new TreeSet<>();
  private final Set<Integer> programs = new TreeSet<>();
  private List<Standing> old = List.of();
  private List<Chain> expected = List.of();
  private int deaths;

  /**
   * @param everyPair whether to kill what mends after each of its steps, every time; otherwise
   *     after one, which is another each time
   */
  Deaths(Installation kernel, Wire wire, Pace pace, boolean everyPair) {
    this.kernel = kernel;
    this.wire = wire;
    this.pace = pace;
    this.everyPair = everyPair;
  }

  /** Checks it all. Returns how many deaths there were. */
  int assertNoneDoesHarm(Scenario scenario) {
    List<String> steps = watch(scenario);
    int stride = everyPair ? 1 : Math.max(2, steps.size() / SECOND_DEATHS);
    for (int lifetime = 0; lifetime <= steps.size(); lifetime++) {
      String when =
          lifetime == 0 ? "at first" : "after " + lifetime + ": " + steps.get(lifetime - 1);
      int mended = kill(scenario, lifetime, MortalKernel.IMMORTAL, when);
      if (everyPair) {
        for (int next = 1; next <= mended; next++) {
          kill(scenario, lifetime, next, when);
        }
      } else if (lifetime % stride == 1 && mended > 0) {
        kill(scenario, lifetime, 1 + lifetime % mended, when);
      }
      if (lifetime % stride == 0) {
        repeat(scenario, lifetime, when);
      }
    }
    problems.assertNone(deaths + " deaths in " + steps.size() + " steps");
    return deaths;
  }

  /** Lets the operation live, with a look at the places after each step; returns the steps. */
  private List<String> watch(Scenario scenario) {
    restore(scenario);
    assertClosed(scenario);
    Set<Place> opened = new HashSet<>();
    MortalKernel watched =
        new MortalKernel(
            pace, MortalKernel.IMMORTAL, () -> opened.addAll(wire.open(scenario.guarded())));
    kernel.run(watched.kernel(), scenario.operation());
    problems.check("alive", () -> assertThat(opened).as("open for a while").isEmpty());
    expected = Standing.chains(Standing.of(kernel.observe()));
    restore(scenario);
    String root = kernel.bpffs.path() + "/bpfilter/";
    return watched.steps().stream().map(step -> step.replace(root, "")).toList();
  }

  /**
   * Kills the operation, then what mends it.
   *
   * @return how many steps it took to mend it in the end
   */
  private int kill(Scenario scenario, int lifetime, int mendingLifetime, String when) {
    int before = problems.count();
    String moment = when;
    List<String> descriptors = kill(scenario, lifetime, when);
    if (mendingLifetime != MortalKernel.IMMORTAL) {
      moment += ", and mending after " + mendingLifetime;
      die(Pace.LASTING_CALLS, mendingLifetime, Deaths::mend);
      problems.check(moment, () -> assertClosed(scenario));
    }
    MortalKernel mending = watched(Pace.LASTING_CALLS, MortalKernel.IMMORTAL);
    problems.check(moment, () -> kernel.run(mending.kernel(), Deaths::mend));
    note(mending);
    List<Standing> now = new ArrayList<>();
    problems.check(moment, () -> now.addAll(assertMended(scenario)));
    problems.check(
        moment,
        () -> {
          if (!now.equals(old) && !(scenario.isTrial() && Standing.isRestored(now, old))) {
            assertThat(Standing.chains(now))
                .as("neither what was nor is to be")
                .isEqualTo(expected);
          }
        });
    problems.check(moment, () -> assertThat(Descriptors.open()).isEqualTo(descriptors));
    if (problems.count() > before || !now.equals(old)) {
      restore(scenario);
    }
    return mending.steps().size();
  }

  /** Kills the operation, and does it again. */
  private void repeat(Scenario scenario, int lifetime, String when) {
    String moment = when + ", and again";
    List<String> descriptors = kill(scenario, lifetime, when);
    MortalKernel repeated = watched(Pace.LASTING_CALLS, MortalKernel.IMMORTAL);
    problems.check(
        moment,
        () -> {
          try {
            kernel.run(repeated.kernel(), scenario.operation());
          } catch (BpfException e) {
            assertThat(e.errno()).as(e.getMessage()).isEqualTo(scenario.refusal());
          }
        });
    note(repeated);
    problems.check(
        moment,
        () ->
            assertThat(Standing.sorted(Standing.chains(assertMended(scenario))))
                .isEqualTo(Standing.sorted(expected)));
    problems.check(moment, () -> assertThat(Descriptors.open()).isEqualTo(descriptors));
    restore(scenario);
  }

  /** Kills the operation; returns which descriptors were open before. */
  private List<String> kill(Scenario scenario, int lifetime, String when) {
    deaths++;
    List<String> descriptors = Descriptors.open();
    die(pace, lifetime, scenario.operation());
    problems.check(when, () -> assertThat(Descriptors.open()).isEqualTo(descriptors));
    problems.check(when, () -> assertClosed(scenario));
    problems.check(when, () -> kernel.run(Bpfilter::chains));
    return descriptors;
  }

  private void die(Pace deathPace, int lifetime, Consumer<Bpfilter> operation) {
    MortalKernel doomed = watched(deathPace, lifetime);
    try {
      kernel.run(doomed.kernel(), operation);
    } catch (Killed e) {
      assertThat(doomed.dead()).isTrue();
    }
    note(doomed);
  }

  private static MortalKernel watched(Pace pace, int lifetime) {
    return new MortalKernel(pace, lifetime, () -> {});
  }

  private void note(MortalKernel process) {
    links.addAll(process.links());
    programs.addAll(process.programs());
  }

  /** A command that has nothing to do with the rest, and fails when that is mended. */
  static void mend(Bpfilter bpfilter) {
    try {
      bpfilter.flushChain("none");
    } catch (BpfException e) {
      if (!String.valueOf(e.getMessage()).startsWith("chain 'none' not found")) {
        throw e;
      }
    }
  }

  private void assertClosed(Scenario scenario) {
    assertThat(wire.open(scenario.guarded())).as("open").isEmpty();
  }

  /** Checks that what there is fits together, and that there is nothing else; returns it. */
  private List<Standing> assertMended(Scenario scenario) {
    List<Observed> chains = kernel.observe();
    Wholeness.assertRunAsListed(chains);
    assertClosed(scenario);
    assertThat(kernel.entries("")).containsExactlyInAnyOrderElementsOf(kernel.names());
    Set<Integer> standingLinks = new TreeSet<>();
    Set<Integer> standingPrograms = new TreeSet<>();
    for (Observed chain : chains) {
      standingPrograms.add(chain.programId());
      for (LinkInfo link : chain.links()) {
        standingLinks.add(link.id());
      }
    }
    links.addAll(standingLinks);
    programs.addAll(standingPrograms);
    assertOnly("links", links, standingLinks, MortalKernel::linkExists);
    assertOnly("programs", programs, standingPrograms, MortalKernel::programExists);
    return Standing.of(chains);
  }

  /** Checks that of all objects only some exist, or soon only will. */
  private static void assertOnly(
      String what, Set<Integer> all, Set<Integer> wanted, IntPredicate exists) {
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
    Set<Integer> existing = existing(all, exists);
    while (!existing.equals(wanted) && System.nanoTime() - deadline < 0) {
      Thread.onSpinWait();
      existing = existing(all, exists);
    }
    assertThat(existing).as(what).isEqualTo(wanted);
    all.retainAll(wanted);
  }

  private static Set<Integer> existing(Set<Integer> all, IntPredicate exists) {
    Set<Integer> existing = new TreeSet<>();
    for (int id : all) {
      if (exists.test(id)) {
        existing.add(id);
      }
    }
    return existing;
  }

  private void restore(Scenario scenario) {
    new Wholeness(kernel).reset(scenario.before());
    links.clear();
    programs.clear();
    old = Standing.of(kernel.observe());
  }
}
