package dev.jbpfilter.ruleset;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Set bodies as the specification words them: cut up with {@code split}, checked with regular
 * expressions. Slow and plain; what the parser must agree with.
 */
final class ReferenceSets {
  private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final Pattern DECIMAL = Pattern.compile("\\d+");
  private static final Pattern HEXADECIMAL = Pattern.compile("(0[xX])?[0-9a-fA-F]+");

  private ReferenceSets() {}

  /** The elements of what stands between braces; empty if one of them is refused. */
  static Optional<List<List<Payload>>> elements(SetKey key, String body) {
    Map<List<Payload>, List<Payload>> elements = new LinkedHashMap<>();
    for (String piece : body.replaceAll("#[^\\n]*", "").split("[;\\n{]", -1)) {
      String element = trim(piece);
      if (element.isEmpty()) {
        continue;
      }
      Optional<List<Payload>> payloads = element(key, element);
      if (payloads.isEmpty()) {
        return Optional.empty();
      }
      List<Payload> masked = new ArrayList<>();
      payloads.get().forEach(payload -> masked.add(masked(payload)));
      elements.putIfAbsent(masked, payloads.get());
    }
    return Optional.of(List.copyOf(elements.values()));
  }

  private static Optional<List<Payload>> element(SetKey key, String element) {
    List<String> components = new ArrayList<>(Arrays.asList(element.split(",+", -1)));
    if (components.getFirst().isEmpty()) {
      components.removeFirst();
    }
    if (!components.isEmpty() && components.getLast().isEmpty()) {
      components.removeLast();
    }
    if (components.size() != key.components().size()) {
      return Optional.empty();
    }
    List<Payload> payloads = new ArrayList<>();
    for (int i = 0; i < components.size(); i++) {
      component(key.components().get(i).payloadKind(), trim(components.get(i)))
          .ifPresent(payloads::add);
    }
    return payloads.size() == components.size() ? Optional.of(payloads) : Optional.empty();
  }

  static String trim(String text) {
    return text.replaceAll("^[ \\t-\\r]+|[ \\t-\\r]+$", "");
  }

  private static Optional<Payload> component(PayloadKind kind, String text) {
    String[] network = text.split("/", -1);
    int length = network.length == 2 ? number(DECIMAL, 10, network[1], 128) : -1;
    return switch (kind) {
      case IPV4_ADDRESS -> ipv4(text).map(Payload.Ipv4Address::new);
      case IPV6_ADDRESS -> ipv6(text).map(a -> a);
      case IPV4_NETWORK ->
          length < 0 || length > 32
              ? Optional.empty()
              : ipv4(network[0]).map(address -> new Payload.Ipv4Network(address, length));
      case IPV6_NETWORK ->
          length < 0
              ? Optional.empty()
              : ipv6(network[0]).map(a -> new Payload.Ipv6Network(a.high(), a.low(), length));
      case PORT -> scalar(number(DECIMAL, 10, text, 0xffff));
      default -> {
        int named = NameTable.of(kind).names().indexOf(text.toLowerCase(Locale.ROOT));
        yield scalar(named >= 0 ? NameTable.of(kind).value(text) : decimalOrHex(text));
      }
    };
  }

  private static Optional<Payload> scalar(int value) {
    return value < 0 ? Optional.empty() : Optional.of(new Payload.Scalar(value));
  }

  private static int decimalOrHex(String text) {
    return DECIMAL.matcher(text).matches()
        ? number(DECIMAL, 10, text, 0xff)
        : number(HEXADECIMAL, 16, text, 0xff);
  }

  /** A number up to {@code most}, -1 for what is none. */
  private static int number(Pattern shape, int radix, String text, int most) {
    if (!shape.matcher(text).matches()) {
      return -1;
    }
    BigInteger value = new BigInteger(text.replaceFirst("^0[xX]", ""), radix);
    return value.compareTo(BigInteger.valueOf(most)) > 0 ? -1 : value.intValue();
  }

  private static Optional<Integer> ipv4(String text) {
    if (!IPV4.matcher(text).matches()) {
      return Optional.empty();
    }
    int value = 0;
    for (String part : text.split("\\.", -1)) {
      value = value << 8 | Integer.parseInt(part);
    }
    return Optional.of(value);
  }

  private static Optional<Payload.Ipv6Address> ipv6(String text) {
    int dotted = text.lastIndexOf(':') + 1;
    Optional<Integer> tail = ipv4(text.substring(dotted));
    String groups =
        tail.isEmpty()
            ? text
            : text.substring(0, dotted)
                + Integer.toHexString(tail.get() >>> 16)
                + ":"
                + Integer.toHexString(tail.get() & 0xffff);
    String[] halves = groups.split("::", -1);
    List<String> all = new ArrayList<>(groups(halves[0]));
    if (halves.length == 2) {
      List<String> rest = groups(halves[1]);
      if (all.size() + rest.size() >= 8) {
        return Optional.empty();
      }
      while (all.size() + rest.size() < 8) {
        all.add("0");
      }
      all.addAll(rest);
    }
    if (halves.length > 2 || all.size() != 8) {
      return Optional.empty();
    }
    StringBuilder digits = new StringBuilder();
    for (String group : all) {
      if (!GROUP.matcher(group).matches()) {
        return Optional.empty();
      }
      digits.append("0".repeat(4 - group.length())).append(group);
    }
    BigInteger value = new BigInteger(digits.toString(), 16);
    return Optional.of(
        new Payload.Ipv6Address(value.shiftRight(64).longValue(), value.longValue()));
  }

  private static List<String> groups(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(":", -1));
  }

  private static Payload masked(Payload payload) {
    return switch (payload) {
      case Payload.Ipv4Network net ->
          new Payload.Ipv4Network(net.address() & net.mask(), net.prefixLength());
      case Payload.Ipv6Network net ->
          new Payload.Ipv6Network(
              net.high() & net.highMask(), net.low() & net.lowMask(), net.prefixLength());
      case Payload.Scalar _s -> payload;
      case Payload.Range _r -> payload;
      case Payload.Ipv4Address _a -> payload;
      case Payload.Ipv6Address _a -> payload;
      case Payload.Flags _f -> payload;
      case Payload.Percentage _p -> payload;
    };
  }
}
