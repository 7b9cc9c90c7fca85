package dev.jbpfilter.cli;

import dev.jbpfilter.cli.Section.Block.Terms;
import dev.jbpfilter.cli.Section.Term;
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.Hook;
import dev.jbpfilter.ruleset.HookOptions;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Operator;
import dev.jbpfilter.ruleset.PayloadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Predicate;

/** The parts of the manual of the rule language that are made from the parser's own tables. */
final class RulesTables {
  private RulesTables() {}

  /** Every hook: where it is, and what it needs. */
  static Terms hooks() {
    List<Term> terms = new ArrayList<>();
    for (Hook hook : Hook.values()) {
      terms.add(
          new Term(hook.keyword(), meaning(hook) + " Hook option: " + neededOption(hook) + "."));
    }
    return new Terms(terms);
  }

  private static String meaning(Hook hook) {
    return switch (hook) {
      case XDP -> "Packets that arrive at an interface, before the kernel looks at them.";
      case TC_INGRESS -> "Packets that arrive at an interface.";
      case TC_EGRESS -> "Packets that leave through an interface.";
      case NF_PRE_ROUTING -> "All IP packets that arrive, before routing.";
      case NF_LOCAL_IN -> "IP packets for this machine.";
      case NF_FORWARD -> "IP packets for others.";
      case NF_LOCAL_OUT -> "IP packets of this machine.";
      case NF_POST_ROUTING -> "All IP packets that leave, after routing.";
      case CGROUP_SKB_INGRESS -> "IP packets for the sockets of a cgroup.";
      case CGROUP_SKB_EGRESS -> "IP packets of the sockets of a cgroup.";
      case CGROUP_SOCK_ADDR_CONNECT4 -> "connect(2) of a cgroup to an IPv4 address.";
      case CGROUP_SOCK_ADDR_CONNECT6 -> "connect(2) of a cgroup to an IPv6 address.";
      case CGROUP_SOCK_ADDR_SENDMSG4 -> "UDP messages of a cgroup to a given IPv4 address.";
      case CGROUP_SOCK_ADDR_SENDMSG6 -> "UDP messages of a cgroup to a given IPv6 address.";
    };
  }

  private static String neededOption(Hook hook) {
    if (HookOptions.ofIfindex(1).incompatibility(hook).isEmpty()) {
      return "ifindex";
    }
    return HookOptions.ofCgpath("/").incompatibility(hook).isEmpty() ? "cgpath" : "priorities";
  }

  /** Every matcher: what it looks at, and what can be written with it where. */
  static Terms matchers() {
    List<Term> terms = new ArrayList<>();
    for (MatcherType type : MatcherType.values()) {
      StringJoiner operators = new StringJoiner(", ");
      StringBuilder forms = new StringBuilder(type.payloadKind().form(Operator.EQ));
      for (Operator operator : Operator.values()) {
        if (type.supports(operator)) {
          operators.add(operator.keyword());
        }
      }
      if (type.supports(Operator.RANGE)) {
        forms.append("; for range ").append(type.payloadKind().form(Operator.RANGE));
      }
      terms.add(
          new Term(
              type.keyword(),
              meaning(type)
                  + ". Operators: "
                  + operators
                  + ". Value: "
                  + forms
                  + ". Hooks: "
                  + hooks(type::isCompatibleWith)
                  + "."));
    }
    return new Terms(terms);
  }

  private static String meaning(MatcherType type) {
    return switch (type) {
      case META_IFACE -> "The interface that the packet came through, or on egress leaves through";
      case META_L3_PROTO -> "The EtherType";
      case META_L4_PROTO -> "The transport protocol, of IPv4 or IPv6";
      case META_PROBABILITY -> "Matches that share of packets, at random";
      case META_SPORT -> "The source port, of TCP or UDP";
      case META_DPORT -> "The destination port, of TCP or UDP";
      case META_MARK -> "The mark of the packet";
      case META_FLOW_HASH -> "The hash that the kernel makes of addresses and ports";
      case META_FLOW_PROBABILITY ->
          "Matches that share of TCP and UDP flows, all packets of a flow alike";
      case IP4_SADDR, IP6_SADDR -> "The source address";
      case IP4_DADDR, IP6_DADDR -> "The destination address";
      case IP4_SNET, IP6_SNET -> "The network of the source address";
      case IP4_DNET, IP6_DNET -> "The network of the destination address";
      case IP4_PROTO -> "The protocol in the IPv4 header";
      case IP6_NEXTHDR ->
          "For hop, routing, frag, ah, dst and mh, whether there is that extension header; else"
              + " the protocol behind all extension headers";
      case IP4_DSCP, IP6_DSCP -> "The differentiated-services code point";
      case TCP_SPORT, UDP_SPORT -> "The source port";
      case TCP_DPORT, UDP_DPORT -> "The destination port";
      case TCP_FLAGS -> "The flags of the segment";
      case ICMP_TYPE, ICMPV6_TYPE -> "The type of the message";
      case ICMP_CODE, ICMPV6_CODE -> "The code of the message";
    };
  }

  /** The hooks of rules that set the packet mark. */
  static String markHooks() {
    return hooks(hook -> hook.flavor().canSetMark());
  }

  /** The hooks that {@code chosen} holds for; flavors of which all do, in one word. */
  private static String hooks(Predicate<Hook> chosen) {
    StringJoiner names = new StringJoiner(", ");
    int count = 0;
    for (Flavor flavor : Flavor.values()) {
      List<String> all = new ArrayList<>();
      List<String> some = new ArrayList<>();
      for (Hook hook : Hook.values()) {
        if (hook.flavor() == flavor) {
          all.add(hook.name());
          if (chosen.test(hook)) {
            some.add(hook.name());
            count++;
          }
        }
      }
      if (some.size() == all.size()) {
        names.add(pattern(all));
      } else {
        some.forEach(names::add);
      }
    }
    return count == Hook.values().length ? "all" : names.toString();
  }

  /** What {@code names} begin with, and a star; the name if it is one. */
  private static String pattern(List<String> names) {
    String first = names.getFirst();
    int length = first.length();
    for (String name : names) {
      int same = 0;
      while (same < length && same < name.length() && name.charAt(same) == first.charAt(same)) {
        same++;
      }
      length = same;
    }
    return names.size() == 1 ? first : first.substring(0, length) + "*";
  }

  /** Every operator. */
  static Terms operators() {
    List<Term> terms = new ArrayList<>();
    for (Operator operator : Operator.values()) {
      terms.add(new Term(operator.keyword(), meaning(operator)));
    }
    return new Terms(terms);
  }

  private static String meaning(Operator operator) {
    return switch (operator) {
      case EQ -> "Equal; of a network, within it; of flags, these and no others.";
      case ANY -> "At least one of the flags is set.";
      case ALL -> "All of the flags are set.";
      case IN -> "One of the elements of a set.";
      case RANGE -> "From the first number to the second, both included.";
    };
  }

  /** Every name that can be written for a number. */
  static Terms names() {
    List<Term> terms = new ArrayList<>();
    for (PayloadKind kind : PayloadKind.values()) {
      Map<String, Integer> names = kind.names();
      if (!names.isEmpty()) {
        StringJoiner text = new StringJoiner(", ", "", ".");
        names.forEach((name, number) -> text.add(name + " " + number));
        terms.add(new Term(matchersOf(kind), text.toString()));
      }
    }
    return new Terms(terms);
  }

  private static String matchersOf(PayloadKind kind) {
    StringJoiner types = new StringJoiner(", ");
    for (MatcherType type : MatcherType.values()) {
      if (type.payloadKind() == kind) {
        types.add(type.keyword());
      }
    }
    return types.toString();
  }
}
