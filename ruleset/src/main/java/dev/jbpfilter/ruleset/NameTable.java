package dev.jbpfilter.ruleset;

import java.util.List;
import java.util.Optional;

/** Names of numbers: case is ignored on input, the first name of a number is used on output. */
final class NameTable {
  static final NameTable NONE = new NameTable(List.of(), new int[0]);

  static final NameTable ETHERTYPES = of("ipv4", 0x0800, "ipv6", 0x86dd);

  static final NameTable PROTOCOLS =
      of(
          "hop", 0, "icmp", 1, "igmp", 2, "tcp", 6, "udp", 17, "routing", 43, "frag", 44, "gre", 47,
          "ah", 51, "icmpv6", 58, "dst", 60, "mh", 135);

  static final NameTable ICMP_TYPES =
      of(
          "echo-reply", 0,
          "destination-unreachable", 3,
          "source-quench", 4,
          "redirect", 5,
          "echo-request", 8,
          "router-advertisement", 9,
          "router-solicitation", 10,
          "time-exceeded", 11,
          "parameter-problem", 12,
          "timestamp-request", 13,
          "timestamp-reply", 14,
          "info-request", 15,
          "info-reply", 16,
          "address-mask-request", 17,
          "address-mask-reply", 18);

  static final NameTable ICMPV6_TYPES =
      of(
          "destination-unreachable", 1,
          "packet-too-big", 2,
          "time-exceeded", 3,
          "parameter-problem", 4,
          "echo-request", 128,
          "echo-reply", 129,
          "mld-listener-query", 130,
          "mld-listener-report", 131,
          "mld-listener-reduction", 132,
          "nd-router-solicit", 133,
          "nd-router-advert", 134,
          "nd-neighbor-solicit", 135,
          "nd-neighbor-advert", 136,
          "mld2-listener-report", 143);

  static final NameTable DSCP =
      of(
          "cs0",
          0,
          "cs1",
          8,
          "cs2",
          16,
          "cs3",
          24,
          "cs4",
          32,
          "cs5",
          40,
          "cs6",
          48,
          "cs7",
          56,
          "af11",
          10,
          "af12",
          12,
          "af13",
          14,
          "af21",
          18,
          "af22",
          20,
          "af23",
          22,
          "af31",
          26,
          "af32",
          28,
          "af33",
          30,
          "af41",
          34,
          "af42",
          36,
          "af43",
          38,
          "ef",
          46,
          "voice-admit",
          44,
          "le",
          1,
          "nqb",
          45,
          "be",
          0);

  static final NameTable TCP_FLAGS =
      of(
          "fin", 0x01, "syn", 0x02, "rst", 0x04, "psh", 0x08, "ack", 0x10, "urg", 0x20, "ece", 0x40,
          "cwr", 0x80);

  static final NameTable LOG_HEADERS = of("link", 1, "internet", 2, "transport", 4);

  private final List<String> names;
  private final int[] values;

  private NameTable(List<String> names, int[] values) {
    this.names = names;
    this.values = values;
  }

  /** Names, each with its number behind it. */
  static NameTable of(Object... pairs) {
    String[] names = new String[pairs.length / 2];
    int[] values = new int[pairs.length / 2];
    for (int i = 0; i < names.length; i++) {
      names[i] = (String) pairs[2 * i];
      values[i] = (Integer) pairs[2 * i + 1];
    }
    return new NameTable(List.of(names), values);
  }

  /** The names that values of {@code kind} can have. */
  static NameTable of(PayloadKind kind) {
    return switch (kind) {
      case ETHERTYPE -> ETHERTYPES;
      case PROTOCOL -> PROTOCOLS;
      case ICMP_TYPE -> ICMP_TYPES;
      case ICMPV6_TYPE -> ICMPV6_TYPES;
      case DSCP -> DSCP;
      case TCP_FLAGS -> TCP_FLAGS;
      case INTERFACE,
          PERCENTAGE,
          PORT,
          MARK,
          FLOW_HASH,
          IPV4_ADDRESS,
          IPV4_NETWORK,
          IPV6_ADDRESS,
          IPV6_NETWORK,
          ICMP_CODE ->
          NONE;
    };
  }

  List<String> names() {
    return names;
  }

  /** The number called {@code name}, or -1. */
  int value(String name) {
    return value(name, 0, name.length());
  }

  /** The number that {@code text} names from {@code start} to {@code end}, or -1. */
  int value(String text, int start, int end) {
    for (int i = 0; i < values.length; i++) {
      if (Words.equalsIgnoreCase(names.get(i), text, start, end)) {
        return values[i];
      }
    }
    return -1;
  }

  /** The name of {@code value}, if it has one. */
  Optional<String> name(long value) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == value) {
        return Optional.of(names.get(i));
      }
    }
    return Optional.empty();
  }

  /** The names of the bits of {@code bits}, in the order of the table, joined by commas. */
  String join(int bits) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      if ((bits & values[i]) != 0) {
        if (!text.isEmpty()) {
          text.append(',');
        }
        text.append(names.get(i));
      }
    }
    return text.toString();
  }
}
