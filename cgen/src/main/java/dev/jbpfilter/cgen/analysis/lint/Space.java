package dev.jbpfilter.cgen.analysis.lint;

import dev.jbpfilter.cgen.Field;
import dev.jbpfilter.ruleset.SetElements;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What rules of a chain tell packets apart by. Each packet is a point: a number for each dimension.
 * Different packets may be one point, and some points are no packet; so what holds for all points
 * holds for all packets.
 *
 * <p>Dimensions are fields; the mark, of which there is another one behind each rule that may
 * change it; and, for a set whose elements have several fields, whether the packet is in it.
 */
final class Space {
  /** Behind so many rules that set the mark nothing is known of it any more. */
  private static final int MOST_MARKS = 16;

  /** A transport protocol of which there is no header here, such as that of a later fragment. */
  static final int NO_HEADER = 0x100;

  /** No transport protocol, as there is no IP. */
  static final int NO_TRANSPORT = 0x200;

  private final List<Long> maxima = new ArrayList<>();
  private final Map<Field, Integer> fields = new EnumMap<>(Field.class);
  private final List<Integer> marks = new ArrayList<>();
  private final Map<SetElements, Integer> sets = new HashMap<>();

  /** How many dimensions there are. */
  int size() {
    return maxima.size();
  }

  /** The largest number of a dimension, unsigned. */
  long max(int dimension) {
    return maxima.get(dimension);
  }

  /**
   * The dimension of a field. Three fields are about the transport protocol and share one: the
   * number of a protocol whose header is there, plus {@link #NO_HEADER} if it is not, or {@link
   * #NO_TRANSPORT}.
   */
  int of(Field field) {
    return fields.computeIfAbsent(
        isTransport(field) ? Field.L4_HEADER : field,
        f -> add(f == Field.L4_HEADER ? NO_TRANSPORT : f.max()));
  }

  static boolean isTransport(Field field) {
    return field == Field.L4_HEADER || field == Field.L4_PROTO || field == Field.IP4_PROTO;
  }

  /** The dimension of a field, if some rule is about it. */
  OptionalInt known(Field field) {
    Integer dimension = fields.get(field);
    return dimension == null ? OptionalInt.empty() : OptionalInt.of(dimension);
  }

  /** The dimension of the mark behind so many rules that set it; null if too many do. */
  @Nullable Integer mark(int setters) {
    if (setters >= MOST_MARKS) {
      return null;
    }
    while (marks.size() <= setters) {
      marks.add(marks.isEmpty() ? of(Field.MARK) : add(Field.MARK.max()));
    }
    return marks.get(setters);
  }

  /** The dimension that is 1 for packets in a set and 0 for others. */
  int of(SetElements set) {
    return sets.computeIfAbsent(set, s -> add(1));
  }

  private int add(long max) {
    maxima.add(max);
    return maxima.size() - 1;
  }
}
