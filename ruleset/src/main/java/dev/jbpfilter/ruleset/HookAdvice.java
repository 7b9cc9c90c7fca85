package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.List;

/** What to do about matchers that a hook does not support. */
final class HookAdvice {
  private HookAdvice() {}

  /** The hooks that {@code type} can be used with. */
  static String hooksOf(MatcherType type) {
    List<String> names = new ArrayList<>();
    for (Flavor flavor : Flavor.values()) {
      List<String> some = new ArrayList<>();
      boolean all = true;
      for (Hook hook : Hook.values()) {
        if (hook.flavor() == flavor) {
          boolean compatible = type.isCompatibleWith(hook);
          all &= compatible;
          if (compatible) {
            some.add(hook.keyword());
          }
        }
      }
      names.addAll(all ? List.of(family(flavor)) : some);
    }
    return type.keyword() + " can be used with " + String.join(", ", names);
  }

  private static String family(Flavor flavor) {
    return switch (flavor) {
      case XDP -> "BF_HOOK_XDP";
      case TC -> "BF_HOOK_TC_…";
      case NETFILTER -> "BF_HOOK_NF_…";
      case CGROUP_SKB -> "BF_HOOK_CGROUP_SKB_…";
      case CGROUP_SOCK_ADDR -> "BF_HOOK_CGROUP_SOCK_ADDR_…";
    };
  }
}
