package dev.jbpfilter.loader;

import static dev.jbpfilter.loader.Installation.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.loader.Installation.Observed;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.Directory;
import dev.jbpfilter.loader.kernel.Kernels;
import dev.jbpfilter.loader.kernel.LinkInfo;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.HookOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Lets every call of an operation fail, and looks at what there is then. */
final class Wholeness {
  private static final int ODD_ERRNO = 61;

  private final Installation kernel;

  Wholeness(Installation kernel) {
    this.kernel = kernel;
  }

  /**
   * Lets each call of an operation fail in turn. Then there must be what was there before, or all
   * of what the operation makes; and every place that the first and the last chains filter keeps
   * its link, but on Netfilter hooks.
   */
  void assertEveryFailureIsWhole(Consumer<Bpfilter> operation, List<String> old) {
    reset(old);
    kernel.run(operation);
    List<Chain> expected = chains(kernel.observe());
    reset(old);
    List<Observed> first = kernel.observe();
    int position = 0;
    boolean reached = true;
    while (reached) {
      Kernels.Failing failing = new Kernels.Failing(position++, ODD_ERRNO);
      boolean succeeded = succeeds(failing, operation);
      reached = failing.failed();
      List<Observed> last = kernel.observe();
      if (succeeded || !last.equals(first)) {
        assertThat(chains(last)).as("after failure %d", position).isEqualTo(expected);
        assertWhole(first, last);
        reset(old);
        first = kernel.observe();
      } else {
        assertThat(kernel.entries(""))
            .as("after failure %d", position)
            .containsExactlyInAnyOrderElementsOf(kernel.names());
      }
    }
    assertThat(position).isGreaterThan(20);
  }

  /** Removes everything, what is under construction included, and sets chains. */
  void reset(List<String> texts) {
    kernel.run(Bpfilter::flush);
    try (Directory root = kernel.directory("")) {
      kernel.entries("").forEach(name -> Store.removeTree(root, name));
    }
    for (String text : texts) {
      kernel.set(text);
      Chain chain = parse(text);
      if (chain.hook() == Hook.XDP) {
        kernel.count(chain.name());
      }
    }
  }

  private boolean succeeds(Kernels.Failing failing, Consumer<Bpfilter> operation) {
    List<String> open = Descriptors.open();
    try {
      kernel.run(failing.kernel(), operation);
      return true;
    } catch (BpfException e) {
      assertThat(e.errno()).as(e.getMessage()).isEqualTo(ODD_ERRNO);
      return false;
    } finally {
      failing.awaitRelease();
      assertThat(Descriptors.open()).isEqualTo(open);
    }
  }

  /** Checks that each chain's links run its program, where it is listed to be attached. */
  static void assertRunAsListed(List<Observed> chains) {
    for (Observed chain : chains) {
      assertThat(chain.links().isEmpty()).isEqualTo(chain.options().isEmpty());
      for (LinkInfo link : chain.links()) {
        assertThat(link.programId()).isEqualTo(chain.programId());
        assertThat(isAsListed(link.target(), chain.options())).as("%s", link).isTrue();
      }
    }
  }

  private static void assertWhole(List<Observed> first, List<Observed> last) {
    assertRunAsListed(last);
    for (Observed chain : last) {
      for (LinkInfo link : chain.links()) {
        for (Observed replaced : first) {
          for (LinkInfo old : replaced.links()) {
            if (old.target().equals(link.target()) && isKept(link, chain, replaced)) {
              assertThat(link.id()).isEqualTo(old.id());
            }
          }
        }
      }
    }
  }

  private static boolean isAsListed(LinkInfo.Target target, HookOptions options) {
    return switch (target) {
      case LinkInfo.Target.Xdp(int index) -> HookOptions.ofIfindex(index).equals(options);
      case LinkInfo.Target.Tcx(int index, AttachType direction) ->
          HookOptions.ofIfindex(index).equals(options);
      case LinkInfo.Target.Netfilter(int family, int hook, int priority) ->
          priority == Objects.requireNonNull(options.priorities()).active();
      case LinkInfo.Target.Cgroup cgroup -> cgroup.cgroupId() != 0 && options.cgpath() != null;
      case LinkInfo.Target.Other other -> false;
    };
  }

  /** Whether a link that the two chains have in one place is one link. */
  private static boolean isKept(LinkInfo link, Observed chain, Observed replaced) {
    return switch (link.target()) {
      case LinkInfo.Target.Xdp xdp -> true;
      case LinkInfo.Target.Tcx tcx -> sameName(chain, replaced);
      case LinkInfo.Target.Cgroup cgroup -> sameName(chain, replaced);
      case LinkInfo.Target.Netfilter hook -> false;
      case LinkInfo.Target.Other other -> throw new AssertionError(other);
    };
  }

  private static boolean sameName(Observed chain, Observed replaced) {
    return chain.listed().chain().name().equals(replaced.listed().chain().name());
  }

  private static List<Chain> chains(List<Observed> observed) {
    List<Chain> chains = new ArrayList<>();
    for (Observed chain : observed) {
      chains.add(chain.listed().chain());
    }
    return chains;
  }
}
