package dev.jbpfilter.ruleset;

import java.util.Optional;

/** What to write for what is no address or network. */
final class AddressHints {
  private static final long ALL_ONES = 0xffff_ffffL;

  private final BadValue value;
  private final String text;
  private final boolean six;
  private final boolean source;

  AddressHints(BadValue value) {
    this.value = value;
    this.text = value.text();
    this.six = value.type().protocol().orElse(Protocol.IPV4) == Protocol.IPV6;
    String keyword = value.type().keyword();
    this.source = keyword.charAt(keyword.indexOf('.') + 1) == 's';
  }

  Optional<String> hint() {
    int slash = text.indexOf('/');
    if (slash >= 0) {
      return network(text.substring(0, slash), text.substring(slash + 1));
    }
    if (text.startsWith("[") && text.endsWith("]") && text.length() > 2) {
      return Optional.of(value.write(text.substring(1, text.length() - 1)));
    }
    if (isIpv4(text)) {
      return Optional.of(value.kind().isNetwork() && !six ? lengthMissing("32") : other(text));
    }
    if (isIpv6(text)) {
      return Optional.of(ipv6());
    }
    return ranges().or(() -> parts(text)).or(this::words).or(() -> groups(text));
  }

  /** For an IPv6 address where it can't be. */
  private String ipv6() {
    if (!six) {
      return other(text);
    }
    if (value.kind().isNetwork()) {
      return lengthMissing("128");
    }
    // Only a dotted tail is refused outside sets.
    Payload.Ipv6Address address = AddressText.ipv6(text).orElseThrow();
    return value.write(AddressText.ipv6(address.high(), address.low(), false));
  }

  /** For an address of the other version. */
  private String other(String address) {
    boolean network = value.kind().isNetwork();
    boolean toSix = isIpv6(address);
    return network
        ? value.write(networkType(toSix), address + (toSix ? "/128" : "/32"))
        : value.write(addressType(toSix), address);
  }

  private String lengthMissing(String length) {
    return value.inSet()
        ? "a network has a prefix length: " + Advice.write(text + "/" + length)
        : value.write(addressType(six), text) + ", or '" + text + "/" + length + "'";
  }

  private MatcherType addressType(boolean ipv6) {
    return type(ipv6, "addr");
  }

  private MatcherType networkType(boolean ipv6) {
    return type(ipv6, "net");
  }

  private MatcherType type(boolean ipv6, String what) {
    String keyword = (ipv6 ? "ip6." : "ip4.") + (source ? 's' : 'd') + what;
    return MatcherType.ofKeyword(keyword).orElseThrow();
  }

  private Optional<String> network(String address, String length) {
    boolean toSix = isIpv6(address);
    if (!toSix && !isIpv4(address)) {
      return shortNetwork(address, length);
    }
    String whole = address + "/" + length;
    boolean good = NumberText.decimal(length) >= 0 && prefixFits(length, toSix);
    if (good && !value.kind().isNetwork()) {
      return Optional.of(
          "networks have their own matcher: " + value.write(networkType(toSix), whole));
    }
    if (good) {
      return Optional.of(value.write(networkType(toSix), whole));
    }
    if (!toSix && isIpv4(length)) {
      int bits = prefixOf(AddressText.ipv4(length).orElseThrow().value());
      return Optional.of(
          bits < 0
              ? "no network has this mask: its ones must precede its zeros"
              : "a prefix length stands for the mask: "
                  + value.write(networkType(false), address + "/" + bits));
    }
    if (length.isEmpty()) {
      return Optional.of("the prefix length is missing behind '/'");
    }
    long hexadecimal = length.startsWith("0x") ? NumberText.decimalOrHex(length) : -1;
    return hexadecimal >= 0 && prefixFits(Long.toString(hexadecimal), toSix)
        ? Optional.of(value.write(networkType(toSix), address + "/" + hexadecimal))
        : Optional.empty();
  }

  /** Other tools complete networks that are cut short with zeros. */
  private Optional<String> shortNetwork(String address, String length) {
    StringBuilder whole = new StringBuilder(address);
    int dots = (int) address.chars().filter(c -> c == '.').count();
    whole.append(".0".repeat(Math.max(3 - dots, 0)));
    return isIpv4(whole.toString()) && prefixFits(length, false)
        ? Optional.of(value.write(networkType(false), whole + "/" + length))
        : parts(address).or(() -> groups(address));
  }

  private static boolean prefixFits(String length, boolean ipv6) {
    long bits = NumberText.decimal(length);
    return bits >= 0 && bits <= (ipv6 ? 128 : 32);
  }

  /** The number of leading ones if only zeros follow, else -1. */
  private static int prefixOf(int mask) {
    int ones = Integer.numberOfLeadingZeros(~mask);
    long expected = ones == 0 ? 0 : ALL_ONES << (32 - ones) & ALL_ONES;
    return Integer.toUnsignedLong(mask) == expected ? ones : -1;
  }

  private Optional<String> ranges() {
    int dash = text.indexOf('-');
    if (dash > 0 && isAddress(text.substring(0, dash).strip())) {
      return Optional.of(
          "ranges of addresses can't be matched; write networks: '"
              + BadValue.set(
                  networkType(isIpv6(text.substring(0, dash).strip())), value.negated(), "…")
              + "'");
    }
    int percent = text.indexOf('%');
    if (percent > 0 && isIpv6(text.substring(0, percent))) {
      return Optional.of("zones can't be matched; add 'meta.iface' to the rule, and leave '%' out");
    }
    int colon = text.indexOf(':');
    if (colon > 0 && isIpv4(text.substring(0, colon))) {
      String port = text.substring(colon + 1);
      return NumberText.decimal(port) >= 0 && !value.inSet()
          ? Optional.of(
              "ports have their own matchers: "
                  + Advice.write(
                      value.type().keyword()
                          + ' '
                          + text.substring(0, colon)
                          + (source ? " tcp.sport " : " tcp.dport ")
                          + port))
          : Optional.empty();
    }
    return wildcard();
  }

  private Optional<String> wildcard() {
    if (!text.endsWith(".*")) {
      return Optional.empty();
    }
    String fixed = text;
    int parts = 4;
    while (fixed.endsWith(".*")) {
      fixed = fixed.substring(0, fixed.length() - 2);
      parts--;
    }
    String address = fixed + ".0".repeat(Math.max(4 - parts, 0));
    return isIpv4(address)
        ? Optional.of(value.write(networkType(false), address + "/" + 8 * parts))
        : Optional.empty();
  }

  /** For four dotted numbers that are no address, and one number that may be one. */
  private Optional<String> parts(String address) {
    if (address.startsWith("0x") && !six) {
      long number = NumberText.decimalOrHex(address);
      return number >= 0 && number <= ALL_ONES
          ? Optional.of(value.write(AddressText.ipv4((int) number)))
          : Optional.empty();
    }
    StringBuilder plain = new StringBuilder();
    for (String part : address.split("\\.", -1)) {
      long number = NumberText.decimal(part);
      if (number < 0) {
        return Optional.empty();
      }
      plain.append(plain.isEmpty() ? "" : ".").append(number);
    }
    if (isIpv4(plain.toString()) && !six && !value.kind().isNetwork()) {
      return Optional.of("parts have no leading zeros: " + value.write(plain.toString()));
    }
    return six ? Optional.empty() : Optional.of("an IPv4 address is four numbers from 0 to 255");
  }

  /** For what looks like an IPv6 address. */
  private static Optional<String> groups(String address) {
    if (address.indexOf(':') < 0) {
      return Optional.empty();
    }
    if (address.matches("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}")) {
      return Optional.of("Ethernet addresses are not matched");
    }
    int gap = address.indexOf("::");
    return Optional.of(
        gap >= 0 && address.indexOf("::", gap + 1) >= 0
            ? "'::' stands once in an address"
            : "an IPv6 address is eight groups of hexadecimal digits; '::' stands for zeros");
  }

  private Optional<String> words() {
    if (text.equals("localhost")) {
      return Optional.of(value.write(six ? "::1" : "127.0.0.1"));
    }
    if (text.isEmpty() || text.indexOf(':') >= 0 || Words.isDigit(text.charAt(0))) {
      return Optional.empty();
    }
    if (text.equals("any") || text.equals("all")) {
      return Optional.of(
          "to match all addresses, write 'meta.l3_proto " + (six ? "ipv6" : "ipv4") + "'");
    }
    return Words.isAlphanumeric(text.charAt(0)) && text.indexOf(' ') < 0
        ? Optional.of("names are not looked up: write the address")
        : Optional.empty();
  }

  private static boolean isAddress(String text) {
    return isIpv4(text) || isIpv6(text);
  }

  static boolean isIpv4(String text) {
    return AddressText.ipv4(text).isPresent();
  }

  static boolean isIpv6(String text) {
    return text.indexOf(':') >= 0 && AddressText.ipv6(text).isPresent();
  }
}
