package dev.jbpfilter.cgen.analysis.lint;

import dev.jbpfilter.cgen.Field;
import dev.jbpfilter.cgen.SetFields;
import dev.jbpfilter.ruleset.FilterSet;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Payload;
import dev.jbpfilter.ruleset.SetElements;
import dev.jbpfilter.ruleset.SetKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set that is not empty, as numbers in dimensions. */
final class SetShape {
  private static final long[] MEMBER = {1, 1};

  private final SetElements elements;
  private final int dimension;
  private final long[] spans;
  private final boolean tuples;
  private final Space space;

  private SetShape(SetElements elements, int dimension, long[] spans, boolean tuples, Space space) {
    this.elements = elements;
    this.dimension = dimension;
    this.spans = spans;
    this.tuples = tuples;
    this.space = space;
  }

  static SetShape of(FilterSet set, Space space) {
    SetElements elements = set.elements();
    List<Field> fields = SetFields.of(set.key());
    if (fields.size() > 1 && !areHighHalves(elements)) {
      fields.forEach(space::of);
      return new SetShape(elements, space.of(elements), MEMBER, true, space);
    }
    int dimension = space.of(fields.getFirst());
    SpanCollector spans = new SpanCollector(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      long[] span = span(elements, i);
      for (int j = 0; j < span.length; j += 2) {
        spans.add(span[j], span[j + 1]);
      }
    }
    return new SetShape(elements, dimension, spans.toSpans(), false, space);
  }

  /** Whether the elements are IPv6 networks that say nothing of the second half of addresses. */
  private static boolean areHighHalves(SetElements elements) {
    if (elements.key().components().size() > 1) {
      return false;
    }
    for (int i = 0; i < elements.size(); i++) {
      if (!(elements.payload(i, 0) instanceof Payload.Ipv6Network net)
          || net.prefixLength() > Long.SIZE) {
        return false;
      }
    }
    return true;
  }

  private static long[] span(SetElements elements, int element) {
    return span(SetFields.of(elements.key()).getFirst(), elements.payload(element, 0));
  }

  /** The numbers of a value in a field. */
  private static long[] span(Field field, Payload payload) {
    long[] span = low(payload);
    return Space.isTransport(field)
        ? new long[] {span[0], span[1], span[0] + Space.NO_HEADER, span[1] + Space.NO_HEADER}
        : span;
  }

  /** The numbers of a value in its first field. */
  private static long[] low(Payload payload) {
    return switch (payload) {
      case Payload.Scalar(long value) -> new long[] {value, value};
      case Payload.Ipv4Address(int address) -> {
        long value = Integer.toUnsignedLong(address);
        yield new long[] {value, value};
      }
      case Payload.Ipv4Network net -> {
        long mask = Integer.toUnsignedLong(net.mask());
        long first = net.address() & mask;
        yield new long[] {first, first | (~mask & 0xffff_ffffL)};
      }
      case Payload.Ipv6Address(long high, long low) -> new long[] {high, high};
      case Payload.Ipv6Network net -> {
        long first = net.high() & net.highMask();
        yield new long[] {first, first | ~net.highMask()};
      }
      case Payload.Range(long low, long high) -> new long[] {low, high};
      case Payload.Flags flags -> throw new IllegalArgumentException(flags.toString());
      case Payload.Percentage percent -> throw new IllegalArgumentException(percent.toString());
    };
  }

  SetElements elements() {
    return elements;
  }

  /** What the set is about: of tuples, whether a packet is in the set. */
  int dimension() {
    return dimension;
  }

  /** The numbers in the dimension that are in the set. */
  long[] spans() {
    return spans;
  }

  /** Whether the elements have several fields. */
  boolean tuples() {
    return tuples;
  }

  /** What an element matches; of a tuple, its fields. Null if it asks for two values of one. */
  @Nullable Box element(int element) {
    if (!tuples) {
      return Box.ALL.with(dimension, span(elements, element));
    }
    Box box = Box.ALL;
    List<MatcherType> types = elements.key().components();
    for (int i = 0; box != null && i < types.size(); i++) {
      Payload payload = elements.payload(element, i);
      List<Field> fields = SetFields.of(SetKey.of(types.get(i)));
      box = box.with(space.of(fields.getFirst()), span(fields.getFirst(), payload));
      if (box != null && fields.size() > 1) {
        box = box.with(space.of(fields.get(1)), second(payload));
      }
    }
    return box;
  }

  /** The numbers of an IPv6 address or network in the second half. */
  private static long[] second(Payload payload) {
    return switch (payload) {
      case Payload.Ipv6Address(long high, long low) -> new long[] {low, low};
      case Payload.Ipv6Network net -> {
        long first = net.low() & net.lowMask();
        yield new long[] {first, first | ~net.lowMask()};
      }
      default -> throw new IllegalArgumentException(payload.toString());
    };
  }
}
