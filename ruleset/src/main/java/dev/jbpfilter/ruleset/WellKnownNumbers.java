package dev.jbpfilter.ruleset;

/**
 * Names that other tools know and the rule language does not, for hints. The numbers are those of
 * IANA's registries.
 */
final class WellKnownNumbers {
  /** Names of TCP and UDP ports. */
  static final NameTable SERVICES =
      NameTable.of(
          "ftp-data",
          20,
          "ftp",
          21,
          "ssh",
          22,
          "telnet",
          23,
          "smtp",
          25,
          "domain",
          53,
          "dns",
          53,
          "bootps",
          67,
          "bootpc",
          68,
          "dhcp",
          67,
          "tftp",
          69,
          "http",
          80,
          "www",
          80,
          "kerberos",
          88,
          "pop3",
          110,
          "sunrpc",
          111,
          "ntp",
          123,
          "imap",
          143,
          "imap2",
          143,
          "snmp",
          161,
          "snmptrap",
          162,
          "bgp",
          179,
          "ldap",
          389,
          "https",
          443,
          "submissions",
          465,
          "smtps",
          465,
          "isakmp",
          500,
          "syslog",
          514,
          "submission",
          587,
          "ldaps",
          636,
          "imaps",
          993,
          "pop3s",
          995,
          "openvpn",
          1194,
          "radius",
          1812,
          "nfs",
          2049,
          "mysql",
          3306,
          "rdp",
          3389,
          "sip",
          5060,
          "postgresql",
          5432,
          "vnc",
          5900,
          "redis",
          6379,
          "http-alt",
          8080,
          "wireguard",
          51820);

  /** Names of IP protocols. */
  static final NameTable PROTOCOLS =
      NameTable.of(
          "hopopt",
          0,
          "ipip",
          4,
          "ipencap",
          4,
          "egp",
          8,
          "igp",
          9,
          "dccp",
          33,
          "ipv6",
          41,
          "ipv6-route",
          43,
          "ipv6-frag",
          44,
          "rsvp",
          46,
          "esp",
          50,
          "ipv6-icmp",
          58,
          "icmp6",
          58,
          "ipv6-nonxt",
          59,
          "ipv6-opts",
          60,
          "eigrp",
          88,
          "ospf",
          89,
          "pim",
          103,
          "ipcomp",
          108,
          "vrrp",
          112,
          "l2tp",
          115,
          "sctp",
          132,
          "udplite",
          136,
          "mpls",
          137);

  /** Names of EtherTypes. */
  static final NameTable ETHERTYPES =
      NameTable.of(
          "ip", 0x0800, "ip4", 0x0800, "arp", 0x0806, "rarp", 0x8035, "vlan", 0x8100, "8021q",
          0x8100, "ip6", 0x86dd, "mpls", 0x8847, "pppoe", 0x8864, "8021ad", 0x88a8, "lldp", 0x88cc);

  /** Names of the codes of ICMP's destination-unreachable. */
  static final NameTable ICMP_CODES =
      NameTable.of(
          "net-unreachable",
          0,
          "host-unreachable",
          1,
          "prot-unreachable",
          2,
          "protocol-unreachable",
          2,
          "port-unreachable",
          3,
          "frag-needed",
          4,
          "fragmentation-needed",
          4,
          "net-prohibited",
          9,
          "host-prohibited",
          10,
          "admin-prohibited",
          13);

  /** Names of the codes of ICMPv6's destination-unreachable. */
  static final NameTable ICMPV6_CODES =
      NameTable.of(
          "no-route",
          0,
          "admin-prohibited",
          1,
          "addr-unreachable",
          3,
          "port-unreachable",
          4,
          "policy-fail",
          5,
          "reject-route",
          6);

  /** Other names of ICMP types. */
  static final NameTable ICMP_TYPES =
      NameTable.of("ping", 8, "echo", 8, "pong", 0, "ttl-exceeded", 11);

  /** Other names of ICMPv6 types. */
  static final NameTable ICMPV6_TYPES =
      NameTable.of(
          "ping",
          128,
          "echo",
          128,
          "pong",
          129,
          "router-solicitation",
          133,
          "router-advertisement",
          134,
          "neighbor-solicitation",
          135,
          "neighbour-solicitation",
          135,
          "neighbor-advertisement",
          136,
          "neighbour-advertisement",
          136,
          "ttl-exceeded",
          3);

  private WellKnownNumbers() {}

  /** The names of numbers of that type that the language does not know. */
  static NameTable of(MatcherType type) {
    return switch (type.payloadKind()) {
      case PORT -> SERVICES;
      case PROTOCOL -> PROTOCOLS;
      case ETHERTYPE -> ETHERTYPES;
      case ICMP_TYPE -> ICMP_TYPES;
      case ICMPV6_TYPE -> ICMPV6_TYPES;
      case ICMP_CODE -> type == MatcherType.ICMP_CODE ? ICMP_CODES : ICMPV6_CODES;
      case INTERFACE,
          PERCENTAGE,
          MARK,
          FLOW_HASH,
          IPV4_ADDRESS,
          IPV4_NETWORK,
          IPV6_ADDRESS,
          IPV6_NETWORK,
          DSCP,
          TCP_FLAGS ->
          NameTable.NONE;
    };
  }
}
