package dev.jbpfilter.ruleset;

import java.util.Optional;

/** What to write for what is no port, flow hash, or range of them. */
final class RangeHints {
  private final BadValue value;
  private final String text;
  private final PayloadKind kind;

  RangeHints(BadValue value) {
    this.value = value;
    this.text = value.text();
    this.kind = value.kind();
  }

  Optional<String> hint() {
    if (text.equals("in")) {
      return Optional.empty();
    }
    return range().or(this::single);
  }

  /** For two numbers joined by something. */
  private Optional<String> range() {
    int first = 0;
    while (first < text.length() && Words.isAlphanumeric(text.charAt(first))) {
      first++;
    }
    int second = first;
    while (second < text.length() && !Words.isAlphanumeric(text.charAt(second))) {
      second++;
    }
    String joint = text.substring(first, second).strip();
    boolean dash = joint.equals("-");
    if (!dash && !joint.equals(":") && !joint.equals("..") && !joint.equals("...")) {
      return Optional.empty();
    }
    if (first == 0 || second == text.length()) {
      return open(dash && second == text.length() && first > 0, dash && first == 0);
    }
    long low = number(text.substring(0, first));
    long high = number(text.substring(second));
    if (!kind.isInBounds(low) || !kind.isInBounds(high)) {
      return Optional.empty();
    }
    if (value.inSet()) {
      return Optional.of(
          "a set has no ranges: " + value.write(value.type(), Operator.RANGE, join(low, high)));
    }
    String swapped = low <= high ? join(low, high) : join(high, low);
    return Optional.of(value.write(value.type(), Operator.RANGE, swapped));
  }

  private Optional<String> open(boolean above, boolean below) {
    long number = number(text.replace("-", "").strip());
    if (!kind.isInBounds(number) || value.inSet()) {
      return Optional.empty();
    }
    if (above) {
      return Optional.of(value.write(value.type(), Operator.RANGE, join(number, kind.maximum())));
    }
    return below && value.operator() == Operator.RANGE
        ? Optional.of(value.write(value.type(), Operator.RANGE, join(0, number)))
        : Optional.empty();
  }

  private String join(long low, long high) {
    return low + "-" + high;
  }

  private long number(String digits) {
    if (kind == PayloadKind.FLOW_HASH) {
      return NumberText.decimalOrHex(digits);
    }
    int service = WellKnownNumbers.SERVICES.value(digits);
    return service >= 0 ? service : NumberText.decimal(digits);
  }

  private Optional<String> single() {
    if (kind == PayloadKind.FLOW_HASH) {
      return Optional.empty();
    }
    if (value.operator() == Operator.RANGE) {
      return kind.isInBounds(number(text))
          ? Optional.of(value.write(value.type(), Operator.EQ, text) + " for one port")
          : Optional.empty();
    }
    int service = WellKnownNumbers.SERVICES.value(text);
    if (service >= 0) {
      return Optional.of(
          "names of services are not looked up: " + value.write(Integer.toString(service)));
    }
    long hexadecimal = text.startsWith("0x") ? NumberText.decimalOrHex(text) : -1;
    return kind.isInBounds(hexadecimal)
        ? Optional.of("ports are decimal: " + value.write(Long.toString(hexadecimal)))
        : Optional.empty();
  }
}
