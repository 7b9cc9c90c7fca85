package dev.jbpfilter.loader;

import dev.jbpfilter.bytecode.MapSpec;
import dev.jbpfilter.cgen.CompiledChain;
import dev.jbpfilter.cgen.Compiler;
import dev.jbpfilter.loader.kernel.Feature;
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.InterfaceResolver;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.PayloadKind;
import dev.jbpfilter.ruleset.RulesetParser;
import dev.jbpfilter.ruleset.Source;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What hooks, matchers and actions need of the kernel. It is read from the programs that small
 * chains compile to, so it is what the compiler makes of them and nothing else. Needs no kernel.
 */
public final class Requirements {
  /** One hook of each family that compiles in a way of its own. */
  private static final List<Hook> SAMPLES =
      List.of(
          Hook.XDP,
          Hook.TC_INGRESS,
          Hook.NF_LOCAL_IN,
          Hook.CGROUP_SKB_INGRESS,
          Hook.CGROUP_SOCK_ADDR_CONNECT4,
          Hook.CGROUP_SOCK_ADDR_CONNECT6,
          Hook.CGROUP_SOCK_ADDR_SENDMSG4,
          Hook.CGROUP_SOCK_ADDR_SENDMSG6);

  /** What a chain needs on each hook that has been asked for. */
  private final Map<Hook, Set<Feature>> bases = new EnumMap<>(Hook.class);

  /** Nothing is compiled before it is asked for. */
  public Requirements() {}

  /** What a chain needs on each hook, whose rules look at headers of all layers. */
  public List<Requirement> hooks() {
    List<Requirement> hooks = new ArrayList<>();
    for (Hook hook : Hook.values()) {
      hooks.add(requirement(hook.keyword(), base(hook)));
    }
    return List.copyOf(hooks);
  }

  /** What each matcher needs on some hook, besides what the hook does. */
  public List<Requirement> matchers() {
    List<Requirement> matchers = new ArrayList<>();
    for (MatcherType type : MatcherType.values()) {
      String rule = type.keyword() + " " + sample(type) + " DROP";
      matchers.add(requirement(type.keyword(), beyondHooks(rule, type::isCompatibleWith)));
    }
    return List.copyOf(matchers);
  }

  /** What sets, actions and global options need on some hook, besides what the hook does. */
  public List<Requirement> others() {
    return List.of(
        requirement("set", onPackets("(ip4.saddr, tcp.dport) in {192.0.2.1, 80} DROP")),
        requirement("set of networks", onPackets("(ip4.snet) in {192.0.2.0/24} DROP")),
        requirement("counter", onPackets("ip4.proto tcp counter DROP")),
        requirement(
            "mark", beyondHooks("ip4.proto tcp mark 1 ACCEPT", hook -> hook == Hook.TC_INGRESS)),
        requirement("log", onPackets("ip4.proto tcp log ACCEPT")),
        requirement(
            "log of socket calls",
            beyondHooks("meta.dport 80 log ACCEPT", hook -> !seesPackets(hook))),
        requirement("log every", onPackets("ip4.proto tcp log every 1s ACCEPT")),
        requirement(
            "REDIRECT", beyondHooks("ip4.proto tcp REDIRECT 1 out", hook -> hook == Hook.XDP)),
        requirement("--with-bpf-token", EnumSet.of(Feature.TOKEN)));
  }

  private static boolean seesPackets(Hook hook) {
    return hook.flavor() != Flavor.CGROUP_SOCK_ADDR;
  }

  private Set<Feature> onPackets(String rule) {
    return beyondHooks(rule, Requirements::seesPackets);
  }

  private Set<Feature> beyondHooks(String rule, Predicate<Hook> possible) {
    Set<Feature> needs = EnumSet.noneOf(Feature.class);
    for (Hook hook : SAMPLES) {
      if (possible.test(hook)) {
        Set<Feature> all = ofRule(hook, rule);
        all.removeAll(base(hook));
        needs.addAll(all);
      }
    }
    return needs;
  }

  private static Requirement requirement(String subject, Set<Feature> needs) {
    return new Requirement(subject, List.copyOf(needs));
  }

  private Set<Feature> base(Hook hook) {
    return bases.computeIfAbsent(hook, Requirements::ofHook);
  }

  private static Set<Feature> ofHook(Hook hook) {
    String matchers = seesPackets(hook) ? "meta.l4_proto tcp meta.dport 80" : "meta.dport 80";
    Set<Feature> needs = ofRule(hook, matchers + " DROP");
    // How the chain is kept, attached and replaced.
    needs.add(Feature.PATH_FD);
    needs.add(Feature.ARRAY_MAP);
    needs.add(
        switch (hook.flavor()) {
          case XDP -> Feature.XDP_LINK;
          case TC -> Feature.TCX_LINK;
          case NETFILTER -> Feature.NETFILTER_LINK;
          case CGROUP_SKB, CGROUP_SOCK_ADDR -> Feature.CGROUP_LINK;
        });
    needs.add(Feature.LINK_DETACH);
    if (hook.flavor() != Flavor.NETFILTER) {
      needs.add(Feature.LINK_UPDATE);
    }
    return needs;
  }

  private static Set<Feature> ofRule(Hook hook, String rule) {
    String text = "chain a " + hook.keyword() + " ACCEPT rule " + rule;
    CompiledChain compiled =
        Compiler.compile(
            RulesetParser.parse(new Source("sample", text), InterfaceResolver.none())
                .ruleset()
                .orElseThrow(() -> new IllegalStateException(text))
                .chains()
                .getFirst());
    Set<Feature> needs = EnumSet.noneOf(Feature.class);
    needs.addAll(Feature.of(compiled.program()));
    for (MapSpec map : compiled.maps()) {
      needs.addAll(Feature.of(map));
    }
    return needs;
  }

  private static String sample(MatcherType type) {
    PayloadKind kind = type.payloadKind();
    return switch (kind) {
      case INTERFACE, MARK, FLOW_HASH, PORT, DSCP, ICMP_TYPE, ICMPV6_TYPE, ICMP_CODE -> "1";
      case ETHERTYPE -> "ipv4";
      case PROTOCOL -> "tcp";
      case PERCENTAGE -> "50%";
      case IPV4_ADDRESS -> "192.0.2.1";
      case IPV4_NETWORK -> "192.0.2.0/24";
      case IPV6_ADDRESS -> "2001:db8::1";
      case IPV6_NETWORK -> "2001:db8::/32";
      case TCP_FLAGS -> "syn";
    };
  }
}
