package dev.jbpfilter.ruleset;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the payloads of matchers and the components of set elements. */
final class PayloadReader {
  private static final String INVALID_ARGUMENT = ": Invalid argument";

  private final InterfaceResolver interfaces;
  private final ValueHints hints;

  PayloadReader(InterfaceResolver interfaces) {
    this.interfaces = interfaces;
    this.hints = new ValueHints(interfaces);
  }

  /** The value that {@code text} stands for; empty if it is refused. */
  Optional<Payload> read(MatcherType type, Operator operator, String text) {
    return read(type.payloadKind(), operator, text);
  }

  /** The value of a kind that {@code text} stands for; empty if it is refused. */
  Optional<Payload> read(PayloadKind kind, Operator operator, String text) {
    if (operator == Operator.RANGE) {
      return range(kind, text);
    }
    return switch (kind) {
      case INTERFACE -> scalar(kind, interfaceIndex(text));
      case ETHERTYPE, PROTOCOL, DSCP, ICMP_TYPE, ICMPV6_TYPE -> {
        int named = NameTable.of(kind).value(text);
        yield scalar(kind, named >= 0 ? named : NumberText.decimalOrHex(text));
      }
      case ICMP_CODE, FLOW_HASH -> scalar(kind, NumberText.decimalOrHex(text));
      case PORT -> scalar(kind, NumberText.decimal(text));
      case MARK -> scalar(kind, NumberText.cBase(text));
      case PERCENTAGE -> percentage(text);
      case IPV4_ADDRESS -> AddressText.ipv4(text).map(a -> a);
      case IPV6_ADDRESS -> AddressText.ipv6(text).map(a -> a);
      case IPV4_NETWORK -> ipv4Network(text);
      case IPV6_NETWORK -> ipv6Network(text);
      case TCP_FLAGS -> flags(text);
    };
  }

  private static Optional<Payload> scalar(PayloadKind kind, long value) {
    return kind.isInBounds(value) ? Optional.of(new Payload.Scalar(value)) : Optional.empty();
  }

  private long interfaceIndex(String text) {
    OptionalLong index = interfaces.index(text);
    return index.isPresent() ? index.getAsLong() : NumberText.decimal(text);
  }

  private static Optional<Payload> range(PayloadKind kind, String text) {
    int dash = text.indexOf('-');
    // A sign is not a dash: what is left of it would be empty, and the number readers refuse that.
    if (dash < 0 || !Words.isDigit(text.charAt(0))) {
      return Optional.empty();
    }
    boolean hash = kind == PayloadKind.FLOW_HASH;
    String first = text.substring(0, dash);
    String second = text.substring(dash + 1);
    long low = hash ? NumberText.decimalOrHex(first) : NumberText.decimal(first);
    long high = hash ? NumberText.decimalOrHex(second) : NumberText.decimal(second);
    return kind.isInBounds(low) && kind.isInBounds(high) && low <= high
        ? Optional.of(new Payload.Range(low, high))
        : Optional.empty();
  }

  private static Optional<Payload> percentage(String text) {
    String number = text.substring(0, text.length() - 1);
    return Double.parseDouble(number) <= 100
        ? Optional.of(new Payload.Percentage(Float.parseFloat(number)))
        : Optional.empty();
  }

  private static Optional<Payload> ipv4Network(String text) {
    int slash = text.indexOf('/');
    int length = prefixLength(text, slash, 32);
    if (length < 0) {
      return Optional.empty();
    }
    return AddressText.ipv4(text.substring(0, slash))
        .map(address -> new Payload.Ipv4Network(address.value(), length));
  }

  private static Optional<Payload> ipv6Network(String text) {
    int slash = text.indexOf('/');
    int length = prefixLength(text, slash, 128);
    if (length < 0) {
      return Optional.empty();
    }
    return AddressText.ipv6(text.substring(0, slash))
        .map(address -> new Payload.Ipv6Network(address.high(), address.low(), length));
  }

  /** What follows the slash, or -1. */
  private static int prefixLength(String text, int slash, int maximum) {
    if (slash < 0) {
      return -1;
    }
    long length = NumberText.decimal(text.substring(slash + 1));
    return length <= maximum ? (int) length : -1;
  }

  private static Optional<Payload> flags(String text) {
    int bits = 0;
    int start = 0;
    while (start < text.length()) {
      int comma = text.indexOf(',', start);
      int end = comma < 0 ? text.length() : comma;
      int flag = NameTable.TCP_FLAGS.value(text.substring(start, end));
      if (flag < 0) {
        return Optional.empty();
      }
      bits |= flag;
      start = end + 1;
    }
    return Optional.of(new Payload.Flags(bits));
  }

  /** The error for a value that was refused. */
  Diagnostic refusal(BadValue value, Span span) {
    return refusal(value, span, hints.hint(value).orElse(null));
  }

  /** As above, with a hint that is known. */
  Diagnostic refusal(BadValue value, Span span, @Nullable String hint) {
    // The odd one of many characters is hard to see: point at it alone.
    Span at =
        OddCharacters.advice(
                value.text(),
                0,
                value.text().length(),
                (from, to) -> new Span(span.start() + from, span.start() + to))
            .map(Advice::span)
            .orElse(span);
    return Diagnostic.error(at, expects(value) + tail(value.kind(), value.operator()), hint);
  }

  /** What a matcher takes instead of that value. */
  static String expects(BadValue value) {
    return '"'
        + value.type().keyword()
        + ' '
        + value.operator().keyword()
        + "\" expects "
        + value.kind().form(value.operator())
        + ", not "
        + Printable.quote(value.text());
  }

  ValueHints hints() {
    return hints;
  }

  private static String tail(PayloadKind kind, Operator operator) {
    if (operator == Operator.RANGE) {
      return "";
    }
    return switch (kind) {
      case INTERFACE,
          ETHERTYPE,
          PROTOCOL,
          MARK,
          FLOW_HASH,
          DSCP,
          ICMP_TYPE,
          ICMPV6_TYPE,
          ICMP_CODE ->
          INVALID_ARGUMENT;
      case PERCENTAGE, PORT, IPV4_ADDRESS, IPV4_NETWORK, IPV6_ADDRESS, IPV6_NETWORK, TCP_FLAGS ->
          "";
    };
  }
}
