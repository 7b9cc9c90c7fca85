package dev.jbpfilter.ruleset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** What to write for values that were refused. */
final class ValueHints {
  /** Longer values are no typing mistakes, and would make long hints. */
  private static final int LONGEST = 100;

  private final InterfaceResolver interfaces;

  ValueHints(InterfaceResolver interfaces) {
    this.interfaces = interfaces;
  }

  Optional<String> hint(BadValue value) {
    String text = value.text();
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    Optional<String> odd = OddCharacters.hint(text);
    if (odd.isPresent()) {
      return odd;
    }
    if (!text.isEmpty() && (text.charAt(0) == '"' || text.charAt(0) == '\'')) {
      String bare = text.substring(1).replace(text.substring(0, 1), "");
      return Optional.of("values are written without quotes: " + value.write(bare));
    }
    for (Verdict.Basic verdict : Verdict.Basic.values()) {
      String word = verdict.name();
      if (text.endsWith(word)
          && MatcherNames.isFor(value.type(), text.substring(0, text.length() - word.length()))) {
        return Optional.of("put a blank before '" + word + "'");
      }
    }
    if (text.startsWith("//") || text.startsWith("/*")) {
      return Optional.of(
          text.endsWith("elements")
              ? "the elements were left out: list the chain without --no-set-content"
              : "comments begin with '#' and go to the end of the line");
    }
    if (text.startsWith("not ") && value.inSet()) {
      return Optional.of(
          "a set is negated where it is used: '" + BadValue.set(value.type(), true, "…") + "'");
    }
    if (value.inSet() && (text.startsWith("(") || text.endsWith(")"))) {
      return Optional.of("elements are written without parentheses");
    }
    if (text.startsWith("$") && Words.isWord(text.substring(1))) {
      return Optional.of("no value is defined for this name");
    }
    if (text.indexOf('$') >= 0) {
      return Optional.of("a defined name is written '$NAME', without braces");
    }
    if (text.startsWith("@")) {
      return Optional.of(setReference(value, text.substring(1)));
    }
    String compact = text.replaceAll("\\s+", "");
    boolean joined = compact.length() < text.length() && "-/".indexOf(sign(text)) >= 0;
    return (joined ? Optional.<String>empty() : several(value))
        .or(() -> single(joined ? value.with(compact) : value));
  }

  /** The sign beside a blank in {@code text}; NUL if there is none. */
  private static char sign(String text) {
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      char before = text.charAt(i - 1);
      if ((c == ' ' || before == ' ') && "-/".indexOf(c == ' ' ? before : c) >= 0) {
        return c == ' ' ? before : c;
      }
    }
    return '\0';
  }

  private static String setReference(BadValue value, String name) {
    MatcherType type = value.type();
    return type.isSetComponent() && !value.inSet()
        ? Advice.write("(" + type.keyword() + ")" + (value.negated() ? " not" : "") + " in " + name)
        : "sets can't be used here";
  }

  /** For values joined by commas or blanks. */
  private static Optional<String> several(BadValue value) {
    if (value.kind() == PayloadKind.TCP_FLAGS) {
      return Optional.empty();
    }
    List<String> values = new ArrayList<>();
    for (String part : value.text().split("[,\\s]+", -1)) {
      if (!part.isEmpty()) {
        values.add(part);
      }
    }
    if (values.size() < 2 || values.contains("-") || values.contains("%")) {
      return Optional.empty();
    }
    if (value.inSet()) {
      return Optional.of("separate elements by ';' or a line end");
    }
    MatcherType type = value.type();
    if (type.isSetComponent() && value.operator() == Operator.EQ) {
      return Optional.of(value.writeSet(type, values));
    }
    return Optional.of(
        type.keyword()
            + " takes one value: write "
            + (value.negated() ? "the matcher for each in one rule" : "a rule for each"));
  }

  private Optional<String> single(BadValue value) {
    return switch (value.kind()) {
      case IPV4_ADDRESS, IPV4_NETWORK, IPV6_ADDRESS, IPV6_NETWORK -> new AddressHints(value).hint();
      case PORT, FLOW_HASH -> new RangeHints(value).hint();
      case INTERFACE -> interfaceHint(value);
      case PERCENTAGE -> percentage(value);
      case MARK -> mark(value);
      case TCP_FLAGS -> flags(value);
      case PROTOCOL, ETHERTYPE, ICMP_TYPE, ICMPV6_TYPE, ICMP_CODE, DSCP -> named(value);
    };
  }

  /** The interface that may have been meant by {@code name}, or why there is none. */
  Optional<String> interfaceHint(String name) {
    if (name.equals("0")) {
      return Optional.of("the first index is 1");
    }
    OptionalLong index = number(name.startsWith("0x") ? name : "");
    if (index.isPresent() && PayloadKind.INTERFACE.isInBounds(index.getAsLong())) {
      return Optional.of("an index is decimal: " + Advice.write(Long.toString(index.getAsLong())));
    }
    return interfaces.unavailable().or(() -> Suggestions.closest(name, interfaces.names()));
  }

  private Optional<String> interfaceHint(BadValue value) {
    String text = value.text();
    if (text.endsWith("*") || text.endsWith("+")) {
      return Optional.of("an interface is given in full: write a rule for each");
    }
    return interfaceHint(text);
  }

  private static OptionalLong number(String text) {
    long number = NumberText.decimalOrHex(text);
    return number >= 0 ? OptionalLong.of(number) : OptionalLong.empty();
  }

  private static Optional<String> percentage(BadValue value) {
    String text = value.text();
    String number = text.replace(" ", "").replace("%", "");
    boolean dotted = number.startsWith(".");
    String whole = dotted ? "0" + number : number;
    if (whole.endsWith(".")) {
      whole = whole.substring(0, whole.length() - 1);
    }
    int dot = whole.indexOf('.');
    boolean decimal =
        NumberText.decimal(dot < 0 ? whole : whole.substring(0, dot)) >= 0
            && (dot < 0 || NumberText.decimal(whole.substring(dot + 1)) >= 0);
    if (!decimal || Double.parseDouble(whole) > 100) {
      return Optional.empty();
    }
    double share = Double.parseDouble(whole);
    if (text.indexOf('%') < 0 && share <= 1 && dot >= 0) {
      return Optional.of(
          value.write(trimmed(share * 100) + "%") + ", or '" + whole + "%' if that is meant");
    }
    return Optional.of(value.write(whole + "%"));
  }

  private static String trimmed(double number) {
    String text = Float.toString((float) number);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  static Optional<String> mark(BadValue value) {
    String text = value.text();
    if (text.indexOf('/') > 0) {
      return Optional.of("a mark is compared as a whole: masks are not supported");
    }
    OptionalLong number = number(text);
    return number.isPresent() && text.startsWith("0") && !text.startsWith("0x")
        ? Optional.of("a leading 0 makes a number octal: " + value.write(withoutZeros(text)))
        : Optional.empty();
  }

  static String withoutZeros(String number) {
    int i = 0;
    while (i < number.length() - 1 && number.charAt(i) == '0') {
      i++;
    }
    return number.substring(i);
  }

  private static Optional<String> flags(BadValue value) {
    String text = value.text();
    StringBuilder names = new StringBuilder();
    String unknown = "";
    for (String word : text.split("[^A-Za-z0-9]+", -1)) {
      if (NameTable.TCP_FLAGS.value(word) >= 0) {
        names.append(names.isEmpty() ? "" : ",").append(word);
      } else if (!word.isEmpty()) {
        unknown = word;
      }
    }
    if (unknown.isEmpty()) {
      return names.isEmpty()
          ? Optional.empty()
          : Optional.of("flags are joined by ',' without blanks: " + value.write(names.toString()));
    }
    OptionalLong bits = number(unknown);
    if (bits.isPresent() && Words.isDigit(unknown.charAt(0)) && names.isEmpty()) {
      return bits.getAsLong() > 0 && bits.getAsLong() <= 0xff
          ? Optional.of(value.write(NameTable.TCP_FLAGS.join((int) bits.getAsLong())))
          : Optional.empty();
    }
    if (unknown.equals("none")) {
      return Optional.of(
          Advice.write("tcp.flags not any " + String.join(",", NameTable.TCP_FLAGS.names())));
    }
    return Suggestions.closest(unknown, NameTable.TCP_FLAGS.names());
  }

  /** For what has names. */
  private static Optional<String> named(BadValue value) {
    String text = value.text();
    NameTable names = NameTable.of(value.kind());
    int known = WellKnownNumbers.of(value.type()).value(text);
    if (known >= 0) {
      boolean hexadecimal = value.kind() == PayloadKind.ETHERTYPE;
      String number =
          hexadecimal ? String.format(Locale.ROOT, "0x%04x", known) : Integer.toString(known);
      String name = names.name(known).orElse(number);
      return Optional.of(value.write(name));
    }
    return other(value)
        .or(() -> Suggestions.closest(text.replace('_', '-'), names.names()))
        .or(() ->
            text.equals("any") || text.equals("all")
                ? Optional.of("to match any, leave this matcher out")
                : Optional.empty());
  }

  /** For a name that another matcher knows. */
  private static Optional<String> other(BadValue value) {
    String text = value.text();
    return switch (value.kind()) {
      case PROTOCOL -> {
        if (text.equals("route")) {
          yield Optional.of("did you mean 'routing'?");
        }
        if (NameTable.ETHERTYPES.value(text) >= 0) {
          yield Optional.of(value.write(MatcherType.META_L3_PROTO, text));
        }
        if (text.equals("ip") || text.equals("ip4")) {
          yield Optional.of(value.write(MatcherType.META_L3_PROTO, "ipv4"));
        }
        int port = WellKnownNumbers.SERVICES.value(text);
        yield port >= 0
            ? Optional.of(
                "'" + text + "' is a port: " + value.write(MatcherType.TCP_DPORT, port + ""))
            : Optional.empty();
      }
      case ETHERTYPE ->
          NameTable.PROTOCOLS.value(text) >= 0
              ? Optional.of(value.write(MatcherType.META_L4_PROTO, text))
              : Optional.empty();
      case ICMP_TYPE ->
          NameTable.ICMPV6_TYPES.value(text) >= 0
              ? Optional.of(value.write(MatcherType.ICMPV6_TYPE, text))
              : Optional.empty();
      case ICMPV6_TYPE ->
          NameTable.ICMP_TYPES.value(text) >= 0
              ? Optional.of(value.write(MatcherType.ICMP_TYPE, text))
              : Optional.empty();
      case INTERFACE,
          PERCENTAGE,
          PORT,
          MARK,
          FLOW_HASH,
          IPV4_ADDRESS,
          IPV4_NETWORK,
          IPV6_ADDRESS,
          IPV6_NETWORK,
          DSCP,
          TCP_FLAGS,
          ICMP_CODE ->
          Optional.empty();
    };
  }
}
