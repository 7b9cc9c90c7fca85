package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds the matcher that was meant by a name of another tool, or by half a name. */
final class MatcherNames {
  private static final Map<String, String> LAYERS =
      Map.ofEntries(
          Map.entry("ip", "ip4"),
          Map.entry("ip4", "ip4"),
          Map.entry("ipv4", "ip4"),
          Map.entry("ip6", "ip6"),
          Map.entry("ipv6", "ip6"),
          Map.entry("tcp", "tcp"),
          Map.entry("udp", "udp"),
          Map.entry("icmp", "icmp"),
          Map.entry("icmp4", "icmp"),
          Map.entry("icmp6", "icmpv6"),
          Map.entry("icmpv6", "icmpv6"),
          Map.entry("meta", "meta"),
          Map.entry("th", "meta"));

  private static final Map<String, String> FIELDS =
      Map.ofEntries(
          Map.entry("src", "saddr"),
          Map.entry("source", "saddr"),
          Map.entry("from", "saddr"),
          Map.entry("dst", "daddr"),
          Map.entry("dest", "daddr"),
          Map.entry("destination", "daddr"),
          Map.entry("to", "daddr"),
          Map.entry("srcport", "sport"),
          Map.entry("dstport", "dport"),
          Map.entry("port", "dport"),
          Map.entry("protocol", "proto"),
          Map.entry("prot", "proto"),
          Map.entry("l4proto", "l4_proto"),
          Map.entry("nfproto", "l3_proto"),
          Map.entry("ethertype", "l3_proto"),
          Map.entry("ifindex", "iface"),
          Map.entry("iif", "iface"),
          Map.entry("iifname", "iface"),
          Map.entry("oif", "iface"),
          Map.entry("oifname", "iface"),
          Map.entry("dev", "iface"),
          Map.entry("interface", "iface"),
          Map.entry("tos", "dscp"),
          Map.entry("flag", "flags"),
          Map.entry("prob", "probability"));

  private MatcherNames() {}

  /**
   * The matchers that may be meant by {@code name}: none, one, or those of several layers.
   *
   * @param name a word; parts are separated by any of {@code . : _ -} or a blank
   */
  static List<MatcherType> meantBy(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    List<MatcherType> found = new ArrayList<>();
    int split = 0;
    while (split < lower.length() && Words.isAlphanumeric(lower.charAt(split))) {
      split++;
    }
    String layer = LAYERS.get(lower.substring(0, split));
    if (layer == null) {
      ofField(lower).forEach(found::add);
    } else if (split + 1 < lower.length()) {
      String field = lower.substring(split + 1);
      of(layer, field).ifPresent(found::add);
    }
    return found;
  }

  /** The matcher of a field in a layer, by any of their names. */
  private static Optional<MatcherType> of(String layer, String field) {
    String known = FIELDS.getOrDefault(field, field);
    if (layer.equals("ip6") && known.equals("proto")) {
      known = "nexthdr";
    }
    if (layer.equals("meta") && known.equals("proto")) {
      known = "l3_proto";
    }
    return MatcherType.ofKeyword(layer + "." + known);
  }

  private static List<MatcherType> ofField(String field) {
    String known = FIELDS.getOrDefault(field, field);
    List<MatcherType> found = new ArrayList<>();
    for (MatcherType type : MatcherTypes.ALL) {
      String keyword = type.keyword();
      if (keyword.substring(keyword.indexOf('.') + 1).equals(known)) {
        found.add(type);
      }
    }
    if (known.equals("proto")) {
      found.add(MatcherType.META_L4_PROTO);
    }
    // Those of all protocols are the last choice.
    found.sort(Comparator.comparing(type -> type.protocol().isEmpty()));
    return found;
  }

  /** Whether {@code word} names a layer, here or in other tools. */
  static boolean isLayer(String word) {
    return LAYERS.containsKey(word.toLowerCase(Locale.ROOT));
  }

  /** The matchers of the layer that {@code word} names, without their layer. */
  static List<String> fields(String word) {
    List<String> fields = new ArrayList<>();
    String layer = LAYERS.getOrDefault(word.toLowerCase(Locale.ROOT), "") + ".";
    for (MatcherType type : MatcherTypes.ALL) {
      if (type.keyword().startsWith(layer)) {
        fields.add(type.keyword().substring(layer.length()));
      }
    }
    return fields;
  }

  /**
   * The one of {@code types} that {@code value} is for, with networks in the place of addresses if
   * that is what it is. Empty if several are.
   */
  static Optional<MatcherType> fitting(List<MatcherType> types, String value) {
    List<MatcherType> fitting = new ArrayList<>();
    for (MatcherType type : types) {
      MatcherType candidate = value.indexOf('/') > 0 ? networkOf(type) : type;
      if (isFor(candidate, value)) {
        fitting.add(candidate);
      }
    }
    return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
  }

  private static MatcherType networkOf(MatcherType type) {
    return MatcherType.ofKeyword(type.keyword().replace("addr", "net")).orElse(type);
  }

  /** Whether {@code type}, without operator, takes {@code value}. */
  static boolean isFor(MatcherType type, String value) {
    boolean percentage = value.length() > 1 && value.endsWith("%");
    if (value.isEmpty() || (type.payloadKind() == PayloadKind.PERCENTAGE) != percentage) {
      return false;
    }
    if (percentage && NumberText.decimal(value.substring(0, value.length() - 1)) < 0) {
      return false;
    }
    return type.payloadKind() == PayloadKind.INTERFACE
        ? Words.isAlphanumeric(value.charAt(0))
        : new PayloadReader(InterfaceResolver.none()).read(type, Operator.EQ, value).isPresent();
  }
}
