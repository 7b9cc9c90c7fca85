package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What to do about matchers that a hook does not support. */
final class HookAdvice {
  private HookAdvice() {}

  /** The hooks that {@code type} can be used with. */
  static String hooksOf(MatcherType type) {
    Map<Flavor, List<Hook>> supported = new EnumMap<>(Flavor.class);
    Map<Flavor, Integer> all = new EnumMap<>(Flavor.class);
    for (Hook hook : Hook.values()) {
      all.merge(hook.flavor(), 1, Integer::sum);
      if (type.isCompatibleWith(hook)) {
        supported.computeIfAbsent(hook.flavor(), _f -> new ArrayList<>()).add(hook);
      }
    }
    List<String> names = new ArrayList<>();
    supported.forEach((flavor, hooks) -> {
      if (hooks.size() == all.get(flavor)) {
        names.add(family(flavor));
      } else {
        hooks.forEach(hook -> names.add(hook.keyword()));
      }
    });
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
