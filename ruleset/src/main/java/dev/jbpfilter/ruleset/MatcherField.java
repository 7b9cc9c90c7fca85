package dev.jbpfilter.ruleset;

/**
 * What a matcher looks at, with the comparisons that the rule language has for it; {@link Matchers}
 * has one for each matcher type. All methods refuse, with an IllegalArgumentException that says
 * what the parser says, a value that the type does not have.
 *
 * <pre>{@code
 * TCP_DPORT.eq(22)
 * TCP_DPORT.not().range(1000, 2000)
 * IP4_SADDR.in("192.0.2.1", "192.0.2.7")
 * TCP_FLAGS.any(SYN, ACK)
 * }</pre>
 */
public abstract sealed class MatcherField {
  private static final PayloadReader PAYLOADS = new PayloadReader(InterfaceResolver.none());

  private final MatcherType type;
  private final boolean negated;

  private MatcherField(MatcherType type, boolean negated) {
    this.type = type;
    this.negated = negated;
  }

  /** What the matcher looks at. */
  public final MatcherType type() {
    return type;
  }

  /** Whether the comparisons are inverted. */
  public final boolean negated() {
    return negated;
  }

  /**
   * The same comparisons, inverted. The packet must carry the field's protocol all the same: {@code
   * UDP_DPORT.not().eq(7)} does not match TCP.
   */
  public abstract MatcherField not();

  final FieldMatcher matcher(Operator operator, Payload payload) {
    return new FieldMatcher(type, negated, operator, payload);
  }

  final FieldMatcher equal(long number) {
    if (!type.payloadKind().isInBounds(number)) {
      throw refusal(Operator.EQ, Long.toString(number));
    }
    return matcher(Operator.EQ, new Payload.Scalar(number));
  }

  final FieldMatcher equal(String text) {
    return PAYLOADS
        .read(type, Operator.EQ, text)
        .map(payload -> matcher(Operator.EQ, payload))
        .orElseThrow(() -> refusal(Operator.EQ, text));
  }

  final FieldMatcher between(long low, long high) {
    PayloadKind kind = type.payloadKind();
    if (!kind.isInBounds(low) || !kind.isInBounds(high) || low > high) {
      throw refusal(Operator.RANGE, low + "-" + high);
    }
    return matcher(Operator.RANGE, new Payload.Range(low, high));
  }

  final IllegalArgumentException refusal(Operator operator, String text) {
    return Check.refusal(PAYLOADS.refusal(new BadValue(type, operator, negated, text), Span.NONE));
  }

  /** What sets can have, too. */
  public abstract static sealed class Member extends MatcherField implements Lookup {
    private Member(MatcherType type, boolean negated) {
      super(type, negated);
    }

    @Override
    public final SetKey key() {
      return SetKey.of(type());
    }

    @Override
    public abstract Member not();
  }

  /** A number: an interface index or a mark. */
  public static final class Numeric extends MatcherField {
    Numeric(MatcherType type, boolean negated) {
      super(type, negated);
    }

    /** Equal to {@code number}. */
    public FieldMatcher eq(long number) {
      return equal(number);
    }

    @Override
    public Numeric not() {
      return new Numeric(type(), !negated());
    }
  }

  /** A number that sets can have: an ICMP code. */
  public static final class NumericMember extends Member implements Lookup.OfNumbers {
    NumericMember(MatcherType type, boolean negated) {
      super(type, negated);
    }

    /** Equal to {@code number}. */
    public FieldMatcher eq(int number) {
      return equal(number);
    }

    @Override
    public NumericMember not() {
      return new NumericMember(type(), !negated());
    }
  }

  /** A number some of whose values have names: an EtherType, a transport protocol, a DSCP. */
  public static final class Named extends MatcherField {
    Named(MatcherType type, boolean negated) {
      super(type, negated);
    }

    /** Equal to {@code number}. */
    public FieldMatcher eq(int number) {
      return equal(number);
    }

    /** Equal to a number that is given by its name, in any case, or in digits as in rules. */
    public FieldMatcher eq(String name) {
      return equal(name);
    }

    @Override
    public Named not() {
      return new Named(type(), !negated());
    }
  }

  /** A number with names that sets can have: an IP protocol or an ICMP type. */
  public static final class NamedMember extends Member implements Lookup.OfNumbers {
    NamedMember(MatcherType type, boolean negated) {
      super(type, negated);
    }

    /** Equal to {@code number}. */
    public FieldMatcher eq(int number) {
      return equal(number);
    }

    /** Equal to a number that is given by its name, in any case, or in digits as in rules. */
    public FieldMatcher eq(String name) {
      return equal(name);
    }

    @Override
    public NamedMember not() {
      return new NamedMember(type(), !negated());
    }
  }

  /** A number with ranges: a port of any transport, or a flow hash. */
  public static final class Ranged extends MatcherField {
    Ranged(MatcherType type, boolean negated) {
      super(type, negated);
    }

    /** Equal to {@code number}. */
    public FieldMatcher eq(long number) {
      return equal(number);
    }

    /** From {@code low} to {@code high}, both included. */
    public FieldMatcher range(long low, long high) {
      return between(low, high);
    }

    @Override
    public Ranged not() {
      return new Ranged(type(), !negated());
    }
  }

  /** A number with ranges that sets can have: a TCP or UDP port. */
  public static final class RangedMember extends Member implements Lookup.OfNumbers {
    RangedMember(MatcherType type, boolean negated) {
      super(type, negated);
    }

    /** Equal to {@code number}. */
    public FieldMatcher eq(int number) {
      return equal(number);
    }

    /** From {@code low} to {@code high}, both included. */
    public FieldMatcher range(int low, int high) {
      return between(low, high);
    }

    @Override
    public RangedMember not() {
      return new RangedMember(type(), !negated());
    }
  }

  /** An address, or a network: address, {@code /}, prefix length. */
  public static final class Address extends Member {
    Address(MatcherType type, boolean negated) {
      super(type, negated);
    }

    /** Equal to an address, or inside a network. */
    public FieldMatcher eq(String text) {
      return equal(text);
    }

    @Override
    public Address not() {
      return new Address(type(), !negated());
    }
  }

  /** A share of the packets or flows. */
  public static final class Percentage extends MatcherField {
    Percentage(MatcherType type, boolean negated) {
      super(type, negated);
    }

    /** From 0 to 100; kept in single precision. */
    public FieldMatcher eq(double percent) {
      if (!(percent >= 0 && percent <= 100)) {
        throw refusal(Operator.EQ, percent + "%");
      }
      return matcher(Operator.EQ, new Payload.Percentage((float) percent));
    }

    @Override
    public Percentage not() {
      return new Percentage(type(), !negated());
    }
  }

  /** The flags of a TCP segment. */
  public static final class Flags extends MatcherField {
    Flags(MatcherType type, boolean negated) {
      super(type, negated);
    }

    /** These flags are set and no other. */
    public FieldMatcher eq(TcpFlag flag, TcpFlag... more) {
      return matcher(Operator.EQ, payload(flag, more));
    }

    /** At least one of these flags is set. */
    public FieldMatcher any(TcpFlag flag, TcpFlag... more) {
      return matcher(Operator.ANY, payload(flag, more));
    }

    /** All of these flags are set. */
    public FieldMatcher all(TcpFlag flag, TcpFlag... more) {
      return matcher(Operator.ALL, payload(flag, more));
    }

    private static Payload payload(TcpFlag flag, TcpFlag... more) {
      int bits = flag.bit();
      for (TcpFlag other : more) {
        bits |= other.bit();
      }
      return new Payload.Flags(bits);
    }

    @Override
    public Flags not() {
      return new Flags(type(), !negated());
    }
  }
}
