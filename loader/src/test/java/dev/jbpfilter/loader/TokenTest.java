package dev.jbpfilter.loader;

import static dev.jbpfilter.loader.Installation.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jbpfilter.loader.kernel.BpfException;
import dev.jbpfilter.loader.kernel.Errno;
import dev.jbpfilter.loader.testing.Descriptors;
import dev.jbpfilter.loader.testing.RequiresBpf;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.HookOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a token allows in a container, and what it takes besides. */
@RequiresBpf
class TokenTest extends Contained {
  /** Enough for all; {@code CAP_SYS_ADMIN} would do for the last two. */
  private static final List<String> ENOUGH = List.of("bpf", "net_admin", "perfmon");

  @Test
  void everyHookIsFilteredAndFreed() {
    call("assertEveryHook");
  }

  static void assertEveryHook(String[] arguments) {
    List<String> before = Descriptors.open();
    try (Bpfilter bpfilter = openWithToken(arguments)) {
      for (Hook hook : Hook.values()) {
        Chain chain = chain(hook).withOptions(options(hook, arguments[1]));
        bpfilter.setChain(chain);
        assertThat(bpfilter.chain(chain.name()).chain()).hasToString(chain.toString());
        bpfilter.setChain(chain);
      }
      assertThat(bpfilter.chains()).hasSize(Hook.values().length);
      bpfilter.setRuleset(List.of(chain(Hook.XDP)));
      assertThat(bpfilter.chains()).hasSize(1);
      bpfilter.verify(List.of(chain(Hook.TC_EGRESS)));
    }
    assertThat(Descriptors.open()).isEqualTo(before);
  }

  @Test
  void threeCapabilitiesAreEnough() {
    callWith(ENOUGH, "assertEveryHook");
  }

  @Test
  void theMissingCapabilityIsNamed() {
    callWith(List.of("bpf"), "assertRefused", "CAP_NET_ADMIN");
    callWith(List.of("bpf", "net_admin"), "assertRefused", "CAP_PERFMON");
  }

  static void assertRefused(String[] arguments) {
    List<String> before = Descriptors.open();
    try (Bpfilter bpfilter = openWithToken(arguments)) {
      for (Hook hook : List.of(Hook.XDP, Hook.TC_INGRESS, Hook.NF_LOCAL_IN)) {
        assertThat(catchThrowableOfType(BpfException.class, () -> bpfilter.loadChain(chain(hook))))
            .hasMessageContaining(
                ": this process has no "
                    + arguments[2]
                    + " in its user name space: program bf_prog");
      }
      assertThat(bpfilter.chains()).isEmpty();
    }
    assertThat(Descriptors.open()).isEqualTo(before);
  }

  @Test
  void attachingTakesNoNetworkPrivilegeButForPacketsOfCgroups() {
    call("load");
    callWith(List.of("bpf"), "assertAttachable");
  }

  static void load(String[] arguments) {
    try (Bpfilter bpfilter = openWithToken(arguments)) {
      for (Hook hook : Hook.values()) {
        bpfilter.loadChain(chain(hook));
      }
    }
  }

  static void assertAttachable(String[] arguments) {
    try (Bpfilter bpfilter = openWithToken(arguments)) {
      for (Hook hook : Hook.values()) {
        String name = chain(hook).name();
        HookOptions options = options(hook, arguments[1]);
        if (hook.flavor() == Flavor.CGROUP_SKB) {
          assertThat(
                  catchThrowableOfType(
                      BpfException.class, () -> bpfilter.attachChain(name, options)))
              .returns(Errno.EPERM, BpfException::errno)
              .hasMessageEndingWith("BPF_LINK_CREATE: Operation not permitted");
        } else {
          bpfilter.attachChain(name, options);
          assertThat(bpfilter.chain(name).chain().options()).isEqualTo(options);
        }
      }
    }
  }

  @Test
  void withoutATokenNothingIsLoadedOrAttached() {
    call("load");
    call("assertNothingWithout");
  }

  static void assertNothingWithout(String[] arguments) {
    try (Bpfilter bpfilter = open(arguments)) {
      HookOptions options = options(Hook.XDP, "");
      String refusal =
          "map bf_ctx (needs CAP_BPF; before Linux 5.11 also RLIMIT_MEMLOCK counts):"
              + " BPF_MAP_CREATE: Operation not permitted";
      assertThat(
              catchThrowableOfType(
                  BpfException.class, () -> bpfilter.attachChain(chain(Hook.XDP).name(), options)))
          .hasMessageEndingWith(refusal);
      assertThat(
              catchThrowableOfType(
                  BpfException.class,
                  () -> bpfilter.setChain(parse("chain other BF_HOOK_XDP ACCEPT"))))
          .returns(Errno.EPERM, BpfException::errno)
          .hasMessageContaining(": BPF_MAP_CREATE: ");
      assertThat(bpfilter.chains()).hasSize(Hook.values().length);
    }
  }

  @Test
  void listsAndLogsNeedNoPrivilege() {
    call("load");
    callWith(List.of(), "assertReadable");
  }

  static void assertReadable(String[] arguments) {
    try (Bpfilter bpfilter = open(arguments)) {
      assertThat(bpfilter.chains()).hasSize(Hook.values().length);
      Chain chain = chain(Hook.XDP);
      assertThat(bpfilter.chain(chain.name()).rules()).hasSize(chain.rules().size());
      try (ChainLog log = bpfilter.openLog(chain.name())) {
        assertThat(log.poll()).isEmpty();
      }
      assertThat(catchThrowableOfType(BpfException.class, bpfilter::flush))
          .returns(Errno.EPERM, BpfException::errno)
          .hasMessageContaining(": BPF_MAP_CREATE: ");
      assertThat(bpfilter.chains()).hasSize(Hook.values().length);
    }
  }
}
