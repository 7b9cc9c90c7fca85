package dev.jbpfilter.ruleset;

/** What the lexer is in the middle of; decides which shapes it looks for. */
enum LexMode {
  INITIAL,
  HOOK_OPTIONS,
  REDIRECT_IFACE,
  REDIRECT_DIR,
  MARK,
  RATE,
  SET,
  /** The modes below wait for the operator and payload of a matcher. */
  INTERFACE,
  NAME,
  PERCENT,
  INT,
  INT_RANGE,
  ADDRESS4,
  NETWORK4,
  ADDRESS6,
  NETWORK6,
  FLAGS;

  /** The mode after the name of a matcher type. */
  static LexMode of(PayloadKind kind) {
    return switch (kind) {
      case INTERFACE -> INTERFACE;
      case ETHERTYPE, PROTOCOL, DSCP, ICMP_TYPE, ICMPV6_TYPE -> NAME;
      case PERCENTAGE -> PERCENT;
      case MARK, ICMP_CODE -> INT;
      case PORT, FLOW_HASH -> INT_RANGE;
      case IPV4_ADDRESS -> ADDRESS4;
      case IPV4_NETWORK -> NETWORK4;
      case IPV6_ADDRESS -> ADDRESS6;
      case IPV6_NETWORK -> NETWORK6;
      case TCP_FLAGS -> FLAGS;
    };
  }

  boolean awaitsPayload() {
    return compareTo(INTERFACE) >= 0;
  }
}
