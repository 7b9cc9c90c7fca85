package dev.jbpfilter.loader;

import static dev.jbpfilter.loader.Installation.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jbpfilter.bytecode.AttachType;
import dev.jbpfilter.loader.Installation.Observed;
import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.BpfLink;
import dev.jbpfilter.loader.kernel.Directory;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.kernel.LinkInfo;
import dev.jbpfilter.loader.kernel.LinkInfo.Target;
import dev.jbpfilter.loader.testing.ControlGroup;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.HookOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same steps on every hook: what there is then, and what is listed. */
@RequiresBpf
class HookAttachmentTest {
  private static final int[] FAMILIES = {2, 10};

  private List<String> before = List.of();
  private Installation kernel;
  private ControlGroup group;
  private ControlGroup otherGroup;

  @BeforeEach
  void install() throws IOException {
    before = Descriptors.open();
    kernel = new Installation();
    group = new ControlGroup();
    otherGroup = new ControlGroup();
  }

  @AfterEach
  void uninstall() throws IOException {
    assertThat(Descriptors.open()).isEqualTo(before);
    kernel.run(Bpfilter::flush);
    otherGroup.close();
    group.close();
    kernel.close();
  }

  @ParameterizedTest
  @EnumSource
  void aChainIsSetListedAndFlushed(Hook hook) {
    HookOptions options = here(hook);
    kernel.set(text("c", hook, options, "DROP"));
    assertAttached("c", hook, options);
    List<String> pins = new ArrayList<>(List.of("bf_cmap", "bf_ctx", "bf_link"));
    if (options.priorities() != null) {
      pins.add("bf_link_extra");
    }
    pins.add("bf_prog");
    assertThat(kernel.entries("c")).isEqualTo(pins);
    assertThat(kernel.call(Bpfilter::chains)).hasSize(1);
    try (Directory directory = kernel.directory("c");
        BpfLink link = directory.openLink("bf_link")) {
      kernel.run(bpfilter -> bpfilter.flushChain("c"));
      assertDetached(link, hook, options);
    }
    assertThat(kernel.entries("")).isEmpty();
    kernel.set(text("d", hook, options, "ACCEPT"));
    assertAttached("d", hook, options);
  }

  @ParameterizedTest
  @EnumSource
  void aLoadedChainIsAttached(Hook hook) {
    HookOptions options = here(hook);
    kernel.run(bpfilter -> bpfilter.loadChain(parse(text("c", hook, HookOptions.NONE, "DROP"))));
    assertThat(kernel.observe("c").links()).isEmpty();
    kernel.events.clear();
    kernel.run(bpfilter -> bpfilter.attachChain("c", options));
    assertAttached("c", hook, options);
    assertThat(kernel.events.getFirst()).isEqualTo(Event.info("attaching c to " + hook.keyword()));
    assertThat(kernel.events).hasSize(hook == Hook.XDP ? 2 : 1);
    assertFails(
        () -> kernel.run(bpfilter -> bpfilter.attachChain("c", options)),
        Errno.EBUSY,
        "chain 'c' is already linked to a hook");
  }

  @ParameterizedTest
  @EnumSource
  void aChainIsReplacedInItsPlace(Hook hook) {
    HookOptions options = here(hook);
    kernel.set(text("c", hook, options, "DROP"));
    for (int i = 0; i < 3; i++) {
      Observed old = kernel.observe("c");
      kernel.set(text("c", hook, options, "ACCEPT"));
      Observed replaced = kernel.observe("c");
      assertThat(replaced.programId()).isNotEqualTo(old.programId());
      if (options.priorities() == null) {
        assertAttached("c", hook, options);
        assertThat(replaced.links().getFirst().id()).isEqualTo(old.links().getFirst().id());
      } else {
        HookOptions swapped =
            i % 2 == 0 ? HookOptions.ofPriorities(102, 101) : HookOptions.ofPriorities(101, 102);
        assertAttached("c", hook, swapped);
        assertFree(hook, i % 2 == 0 ? 101 : 102);
      }
    }
    assertThat(kernel.entries("")).containsExactly("c");
  }

  @ParameterizedTest
  @EnumSource
  void aRulesetIsReplacedInItsPlace(Hook hook) {
    HookOptions options = here(hook);
    kernel.set(text("c", hook, options, "DROP"));
    Observed old = kernel.observe("c");
    kernel.run(bpfilter -> bpfilter.setRuleset(List.of(parse(text("c", hook, options, "ACCEPT")))));
    Observed replaced = kernel.observe("c");
    assertThat(replaced.programId()).isNotEqualTo(old.programId());
    kernel.run(bpfilter -> bpfilter.setRuleset(List.of(parse(text("d", hook, options, "ACCEPT")))));
    assertAttached("d", hook, options);
    assertThat(kernel.entries("")).containsExactly("d");
    kernel.run(Bpfilter::flush);
    assertThat(kernel.entries("")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aChainMovesElsewhere(Hook hook) {
    kernel.set(text("c", hook, here(hook), "DROP"));
    try (Directory directory = kernel.directory("c");
        BpfLink link = directory.openLink("bf_link")) {
      kernel.set(text("c", hook, elsewhere(hook), "DROP"));
      assertAttached("c", hook, elsewhere(hook));
      assertDetached(link, hook, here(hook));
    }
    kernel.set(text("c", hook, HookOptions.NONE, "DROP"));
    assertThat(kernel.observe("c").links()).isEmpty();
    assertThat(kernel.observe("c").options()).isEqualTo(HookOptions.NONE);
    kernel.set(text("d", hook, elsewhere(hook), "DROP"));
    assertAttached("d", hook, elsewhere(hook));
  }

  @ParameterizedTest
  @EnumSource
  void aChainMovesToAnotherHook(Hook hook) {
    kernel.set(text("c", hook, here(hook), "DROP"));
    Hook next = hook == Hook.XDP ? Hook.CGROUP_SKB_EGRESS : Hook.XDP;
    kernel.set(text("c", next, here(next), "DROP"));
    assertAttached("c", next, here(next));
    kernel.set(text("d", hook, here(hook), "DROP"));
    assertAttached("d", hook, here(hook));
  }

  @ParameterizedTest
  @EnumSource(
      value = Hook.class,
      names = {"TC_EGRESS", "NF_FORWARD", "CGROUP_SKB_INGRESS"})
  void whateverCallFailsAChainIsAttachedOrNot(Hook hook) {
    new Wholeness(kernel)
        .assertEveryFailureIsWhole(
            bpfilter -> bpfilter.attachChain("c", here(hook)),
            List.of(text("c", hook, HookOptions.NONE, "DROP")));
  }

  @Test
  void whateverCallFailsARulesetOfManyFlavorsIsWhole() {
    List<Hook> hooks = List.of(Hook.TC_EGRESS, Hook.CGROUP_SKB_INGRESS, Hook.NF_LOCAL_OUT);
    List<String> old = new ArrayList<>();
    List<Chain> next = new ArrayList<>();
    for (Hook hook : hooks) {
      String name = hook.name().toLowerCase(Locale.ROOT);
      old.add(text(name, hook, here(hook), "DROP"));
      next.add(parse(text(name, hook, here(hook), "ACCEPT")));
    }
    new Wholeness(kernel).assertEveryFailureIsWhole(bpfilter -> bpfilter.setRuleset(next), old);
  }

  private HookOptions here(Hook hook) {
    return options(hook, "v0", 101, 102, group);
  }

  private HookOptions elsewhere(Hook hook) {
    return options(hook, "v1", 201, 202, otherGroup);
  }

  private HookOptions options(
      Hook hook, String device, int priority, int spare, ControlGroup cgroup) {
    return switch (hook.flavor()) {
      case XDP, TC -> HookOptions.ofIfindex(kernel.index(device));
      case NETFILTER -> HookOptions.ofPriorities(priority, spare);
      case CGROUP_SKB, CGROUP_SOCK_ADDR -> HookOptions.ofCgpath(cgroup.path());
    };
  }

  private void assertAttached(String name, Hook hook, HookOptions options) {
    Observed chain = kernel.observe(name);
    assertThat(chain.options()).isEqualTo(options);
    List<Target> targets = new ArrayList<>();
    for (LinkInfo link : chain.links()) {
      assertThat(link.programId()).isEqualTo(chain.programId());
      targets.add(link.target());
    }
    assertThat(targets).isEqualTo(targets(hook, options));
  }

  private List<Target> targets(Hook hook, HookOptions options) {
    return switch (hook) {
      case XDP -> List.of(new Target.Xdp(index(options)));
      case TC_INGRESS -> List.of(new Target.Tcx(index(options), AttachType.TCX_INGRESS));
      case TC_EGRESS -> List.of(new Target.Tcx(index(options), AttachType.TCX_EGRESS));
      case NF_PRE_ROUTING -> netfilter(0, options);
      case NF_LOCAL_IN -> netfilter(1, options);
      case NF_FORWARD -> netfilter(2, options);
      case NF_LOCAL_OUT -> netfilter(3, options);
      case NF_POST_ROUTING -> netfilter(4, options);
      case CGROUP_SKB_INGRESS -> cgroup(options, AttachType.CGROUP_INET_INGRESS);
      case CGROUP_SKB_EGRESS -> cgroup(options, AttachType.CGROUP_INET_EGRESS);
      case CGROUP_SOCK_ADDR_CONNECT4 -> cgroup(options, AttachType.CGROUP_INET4_CONNECT);
      case CGROUP_SOCK_ADDR_CONNECT6 -> cgroup(options, AttachType.CGROUP_INET6_CONNECT);
      case CGROUP_SOCK_ADDR_SENDMSG4 -> cgroup(options, AttachType.CGROUP_UDP4_SENDMSG);
      case CGROUP_SOCK_ADDR_SENDMSG6 -> cgroup(options, AttachType.CGROUP_UDP6_SENDMSG);
    };
  }

  private static List<Target> netfilter(int hook, HookOptions options) {
    List<Target> targets = new ArrayList<>();
    for (int family : FAMILIES) {
      targets.add(new Target.Netfilter(family, hook, active(options)));
    }
    return targets;
  }

  private List<Target> cgroup(HookOptions options, AttachType type) {
    try (Directory directory =
        kernel.kernel.openDirectory(Objects.requireNonNull(options.cgpath()))) {
      return List.of(new Target.Cgroup(directory.identity().inode(), type));
    }
  }

  /** Checks that a link does nothing any more. */
  private void assertDetached(BpfLink link, Hook hook, HookOptions options) {
    switch (link.info().target()) {
      case Target.Xdp(int index) -> assertThat(index).isZero();
      case Target.Tcx(int index, AttachType direction) -> assertThat(index).isZero();
      case Target.Cgroup(long id, AttachType type) -> assertThat(id).isZero();
      case Target.Netfilter place -> assertFree(hook, active(options));
      case Target.Other other -> throw new AssertionError(other);
    }
  }

  /** Checks that no link has a place on a Netfilter hook, of either family. */
  private void assertFree(Hook hook, int priority) {
    kernel.set("chain probe " + hook.keyword() + "{priorities=" + priority + "-9999} ACCEPT");
    assertThat(active(kernel.observe("probe").options())).isEqualTo(priority);
    kernel.run(bpfilter -> bpfilter.flushChain("probe"));
  }

  private static int index(HookOptions options) {
    return Objects.requireNonNull(options.ifindex());
  }

  private static int active(HookOptions options) {
    return Objects.requireNonNull(options.priorities()).active();
  }

  private static String text(String name, Hook hook, HookOptions options, String policy) {
    String where = "";
    if (options.ifindex() != null) {
      where = "{ifindex=" + options.ifindex() + "}";
    } else if (options.cgpath() != null) {
      where = "{cgpath=" + options.cgpath() + "}";
    } else if (options.priorities() != null) {
      HookOptions.Priorities priorities = options.priorities();
      where = "{priorities=" + priorities.active() + "-" + priorities.spare() + "}";
    }
    return "chain " + name + " " + hook.keyword() + where + " " + policy;
  }

  private static void assertFails(ThrowingCallable operation, int errno, String message) {
    assertThatThrownBy(operation)
        .isInstanceOfSatisfying(
            BpfException.class, e -> assertThat(e.errno()).as(e.getMessage()).isEqualTo(errno))
        .hasMessageContaining(message);
  }
}
