package dev.jbpfilter.ruleset.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.Texts;
import java.util.HexFormat;

/** What the rows of the tables are made of. */
final class Tables {
  /** The beginning of a text, on the hook that knows all matchers. */
  static final String CHAIN = "chain a BF_HOOK_TC_INGRESS ACCEPT ";

  static final String RULE = CHAIN + "rule ";

  private Tables() {}

  /** The rule of a chain with {@code text} behind {@code rule}. */
  static Rule rule(String text) {
    return Texts.rule(RULE + text);
  }

  /** The only matcher of a rule. */
  static FieldMatcher matcher(String text) {
    Rule rule = rule(text + " DROP");
    assertThat(rule.matchers()).hasSize(1);
    return (FieldMatcher) rule.matchers().getFirst();
  }

  /** The message about the first error of a rule. */
  static String refusal(String text) {
    return Texts.refuse(RULE + text).message();
  }

  /** Checks that a payload is refused, in the shape that messages about payloads have. */
  static void refusePayload(String type, String operator, String payload, String tail) {
    String written =
        operator.equals("in")
            ? "(" + type + ") in {" + payload + "}"
            : type + " " + operator + " " + payload;
    assertThat(refusal(written + " DROP"))
        .startsWith('"' + type + ' ' + operator + "\" expects ")
        .endsWith("not '" + payload + "'" + (tail.isEmpty() ? "" : ": " + tail));
  }

  /**
   * A value: {@code 80}, {@code 1..2}, {@code flags 3}, {@code 33.5%}; addresses and networks in
   * hexadecimal behind an x, {@code x0a000001}, {@code x0a000001/8}.
   */
  static Payload payload(String notation) {
    int slash = notation.indexOf('/');
    if (slash >= 0) {
      int length = Integer.parseInt(notation.substring(slash + 1));
      return switch (payload(notation.substring(0, slash))) {
        case Payload.Ipv4Address(int value) -> new Payload.Ipv4Network(value, length);
        case Payload.Ipv6Address(long high, long low) -> new Payload.Ipv6Network(high, low, length);
        default -> throw new AssertionError(notation);
      };
    }
    if (notation.startsWith("flags ")) {
      return new Payload.Flags(Integer.parseInt(notation.substring(6)));
    }
    if (notation.endsWith("%")) {
      return new Payload.Percentage(Float.parseFloat(notation.replace("%", "")));
    }
    int dots = notation.indexOf("..");
    if (dots >= 0) {
      return new Payload.Range(
          Long.parseLong(notation.substring(0, dots)),
          Long.parseLong(notation.substring(dots + 2)));
    }
    return switch (notation.startsWith("x") ? notation.length() : 0) {
      case 9 -> new Payload.Ipv4Address(HexFormat.fromHexDigits(notation, 1, 9));
      case 33 ->
          new Payload.Ipv6Address(
              HexFormat.fromHexDigitsToLong(notation, 1, 17),
              HexFormat.fromHexDigitsToLong(notation, 17, 33));
      default -> new Payload.Scalar(Long.parseLong(notation));
    };
  }
}
