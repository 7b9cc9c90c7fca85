package dev.jbpfilter.ruleset;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/** Payloads as text: as a listing shows them, and as the rule language reads them back. */
public final class PayloadText {
  private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

  private final boolean exact;
  private final InterfaceResolver interfaces;

  private PayloadText(boolean exact, InterfaceResolver interfaces) {
    this.exact = exact;
    this.interfaces = interfaces;
  }

  /** Text as listings show it; interfaces by the names that {@code interfaces} knows. */
  public static PayloadText listing(InterfaceResolver interfaces) {
    return new PayloadText(false, interfaces);
  }

  /** Text that the parser reads back to an equal payload; interfaces by index. */
  public static PayloadText rules() {
    return rules(InterfaceResolver.none());
  }

  /** The same, with interfaces by the names that {@code interfaces} knows. */
  static PayloadText rules(InterfaceResolver interfaces) {
    return new PayloadText(true, interfaces);
  }

  /** The name of {@code value}, a number of {@code kind}, in the rule language; empty if none. */
  public static Optional<String> name(PayloadKind kind, long value) {
    return NameTable.of(kind).name(value);
  }

  /** The payload of a matcher or set component whose type has {@code kind}. */
  public String text(PayloadKind kind, Payload payload) {
    return switch (payload) {
      case Payload.Scalar(long value) -> scalar(kind, value);
      case Payload.Range(long low, long high) -> scalar(kind, low) + "-" + scalar(kind, high);
      case Payload.Ipv4Address(int value) -> AddressText.ipv4(value);
      case Payload.Ipv4Network(int address, int length) -> AddressText.ipv4(address) + "/" + length;
      case Payload.Ipv6Address(long high, long low) -> AddressText.ipv6(high, low, !exact);
      case Payload.Ipv6Network(long high, long low, int length) ->
          AddressText.ipv6(high, low, !exact) + "/" + length;
      case Payload.Flags(int bits) -> NameTable.TCP_FLAGS.join(bits);
      case Payload.Percentage(float value) -> percentage(value) + "%";
    };
  }

  private String scalar(PayloadKind kind, long value) {
    return switch (kind) {
      case INTERFACE -> interfaces.name(value).orElseGet(() -> Long.toString(value));
      case ETHERTYPE -> name(kind, value).orElseGet(() -> hex4(value));
      case PROTOCOL, DSCP, ICMP_TYPE, ICMPV6_TYPE ->
          name(kind, value).orElseGet(() -> Long.toString(value));
      case MARK, FLOW_HASH -> "0x" + Long.toHexString(value);
      case PORT, ICMP_CODE -> Long.toString(value);
      case PERCENTAGE, IPV4_ADDRESS, IPV4_NETWORK, IPV6_ADDRESS, IPV6_NETWORK, TCP_FLAGS ->
          throw new IllegalArgumentException(value + " can't be a payload of kind " + kind);
    };
  }

  private static String hex4(long value) {
    String digits = Long.toHexString(value);
    return "0x" + "0".repeat(4 - digits.length()) + digits;
  }

  private String percentage(float value) {
    if (value == Math.rint(value)) {
      return Integer.toString((int) value);
    }
    return exact ? new BigDecimal(Float.toString(value)).toPlainString() : sixDigits(value);
  }

  /** As C's {@code %g} does. */
  private static String sixDigits(float value) {
    BigDecimal rounded = new BigDecimal(value).round(SIX_DIGITS).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4) {
      return rounded.toPlainString();
    }
    String digits = rounded.unscaledValue().toString();
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    String power = Integer.toString(-exponent);
    return digits.charAt(0) + fraction + "e-" + (power.length() == 1 ? "0" : "") + power;
  }
}
