package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HookOptionsTest {
  private static final HookOptions INTERFACE = HookOptions.ofIfindex(1);
  private static final HookOptions CGROUP = HookOptions.ofCgpath("/a");
  private static final HookOptions PRIORITIES = HookOptions.ofPriorities(1, 2);

  @ParameterizedTest
  @EnumSource(Hook.class)
  void everyHookNeedsItsOwnOption(Hook hook) {
    HookOptions right =
        switch (hook.flavor()) {
          case XDP, TC -> INTERFACE;
          case NETFILTER -> PRIORITIES;
          case CGROUP_SKB, CGROUP_SOCK_ADDR -> CGROUP;
        };
    for (HookOptions options : new HookOptions[] {INTERFACE, CGROUP, PRIORITIES}) {
      assertThat(options.incompatibility(hook).isEmpty()).isEqualTo(options.equals(right));
    }
    HookOptions.Incompatibility none = HookOptions.NONE.incompatibility(hook).orElseThrow();
    assertThat(none.missing()).isTrue();
    assertThat(none.text()).endsWith("is required for '" + hook.keyword() + "' chains");
  }

  @Test
  void requiredComesBeforeUnsupportedInTheOrderOfTheKeys() {
    assertThat(CGROUP.incompatibility(Hook.XDP))
        .contains(new HookOptions.Incompatibility(Hook.XDP, "ifindex", true));
    HookOptions.Incompatibility vain = INTERFACE.incompatibility(Hook.NF_FORWARD).orElseThrow();
    assertThat(vain).isEqualTo(new HookOptions.Incompatibility(Hook.NF_FORWARD, "ifindex", false));
    assertThat(vain.message())
        .isEqualTo(
            "hook option 'ifindex' is not supported for 'BF_HOOK_NF_FORWARD' chains:"
                + " Operation not supported");
  }

  @Test
  void optionsFromElsewhereMayHaveAnyCharacter() {
    HookOptionsBuilder builder = new HookOptionsBuilder();
    assertThat(builder.add("cgpath=/a b,{c}=d")).isEmpty();
    assertThat(builder.build()).isEqualTo(HookOptions.ofCgpath("/a b,{c}=d"));
    assertThat(builder.add("cgpath=/b").orElseThrow().message()).contains("multiple times");
    assertThat(builder.add("ifindex").orElseThrow().message()).contains("'ifindex'");
    assertThat(builder.add("ifindex=").orElseThrow().isError()).isTrue();
    assertThat(new HookOptionsBuilder().add("cgpath=").orElseThrow().isError()).isTrue();
    assertThat(builder.add("family=inet6").orElseThrow().isError()).isFalse();
    assertThat(builder.build()).isEqualTo(HookOptions.ofCgpath("/a b,{c}=d"));
  }

  @Test
  void refusesValuesOutOfBounds() {
    assertThatThrownBy(() -> HookOptions.ofIfindex(-1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> HookOptions.ofCgpath("")).hasMessageContaining("cgpath");
    assertThatThrownBy(() -> HookOptions.ofPriorities(0, 1)).hasMessageContaining("0");
  }
}
