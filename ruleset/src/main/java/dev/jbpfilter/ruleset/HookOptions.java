package dev.jbpfilter.ruleset;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a chain is attached. All components absent: it is loaded only.
 *
 * @param ifindex the interface, 0 to 2^31-1
 * @param cgpath path of a cgroup v2 directory
 * @param priorities the Netfilter priorities
 */
public record HookOptions(
    @Nullable Integer ifindex, @Nullable String cgpath, @Nullable Priorities priorities) {

  /** Not attached. */
  public static final HookOptions NONE = new HookOptions(null, null, null);

  /**
   * Two different Netfilter priorities, 1 to 2^31-1: the one in use, and the spare one that an
   * atomic replacement takes.
   */
  public record Priorities(int active, int spare) {
    public Priorities {
      Check.range("priority", active, 1, Integer.MAX_VALUE);
      Check.range("priority", spare, 1, Integer.MAX_VALUE);
      if (active == spare) {
        throw new IllegalArgumentException("priorities must be different: " + active);
      }
    }
  }

  public HookOptions {
    if (ifindex != null) {
      Check.range("ifindex", ifindex, 0, Integer.MAX_VALUE);
    }
    if (cgpath != null && cgpath.isEmpty()) {
      throw new IllegalArgumentException("cgpath is empty");
    }
  }

  public static HookOptions ofIfindex(int ifindex) {
    return new HookOptions(ifindex, null, null);
  }

  public static HookOptions ofCgpath(String cgpath) {
    return new HookOptions(null, cgpath, null);
  }

  public static HookOptions ofPriorities(int active, int spare) {
    return new HookOptions(null, null, new Priorities(active, spare));
  }

  /**
   * Why chains of a hook can't be attached with given options.
   *
   * @param key the option at fault
   * @param missing whether the hook needs it and it is absent; otherwise it is given in vain
   */
  public record Incompatibility(Hook hook, String key, boolean missing) {

    /** What is wrong, without the name of an error. */
    public String text() {
      return "hook option '"
          + key
          + (missing ? "' is required" : "' is not supported")
          + " for '"
          + hook.keyword()
          + "' chains";
    }

    /** {@link #text} and the error that it is to the kernel. */
    String message() {
      return text() + (missing ? ": Invalid argument" : ": Operation not supported");
    }
  }

  /** Why a chain of {@code hook} can't be attached with these options; empty if it can. */
  public Optional<Incompatibility> incompatibility(Hook hook) {
    return incompatibility(hook, Set.of());
  }

  /** As above, where the options called {@code refused} were given with values that are no use. */
  Optional<Incompatibility> incompatibility(Hook hook, Set<String> refused) {
    Flavor flavor = hook.flavor();
    boolean cgroup = flavor == Flavor.CGROUP_SKB || flavor == Flavor.CGROUP_SOCK_ADDR;
    boolean netfilter = flavor == Flavor.NETFILTER;
    return incompatibility("ifindex", ifindex, flavor.hasLinkHeader(), hook, refused)
        .or(() -> incompatibility("cgpath", cgpath, cgroup, hook, refused))
        .or(() -> incompatibility("priorities", priorities, netfilter, hook, refused));
  }

  private static Optional<Incompatibility> incompatibility(
      String key, @Nullable Object value, boolean required, Hook hook, Set<String> refused) {
    return required == (value != null) || refused.contains(key)
        ? Optional.empty()
        : Optional.of(new Incompatibility(hook, key, required));
  }

  /** Whether no option is given, so that the chain is not attached. */
  public boolean isEmpty() {
    return ifindex == null && cgpath == null && priorities == null;
  }
}
