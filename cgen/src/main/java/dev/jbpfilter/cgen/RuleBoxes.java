package dev.jbpfilter.cgen;

import dev.jbpfilter.cgen.RuleTest.Either;
import dev.jbpfilter.cgen.RuleTest.FieldTest;
import dev.jbpfilter.cgen.RuleTest.SetTest;
import dev.jbpfilter.cgen.lookup.Boxes;
import dev.jbpfilter.cgen.lookup.BoxesBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rules that end the chain as boxes over the fields that they test. What is known of a class of
 * packets is left out, and so are rules that can match none of it.
 */
final class RuleBoxes {
  /** A test of one of two fields makes two boxes of a rule; two of them four. */
  private static final int MOST_ALTERNATIVES = 2;

  private final List<FilterRule> rules;
  private final int[] outcomes;
  private final int none;
  private final List<Field> dimensions = new ArrayList<>();
  private final Map<Field, Integer> numbers = new EnumMap<>(Field.class);
  private final int[] bits;

  /** Nothing was tested: a rule that can match nothing is left out. */
  private static final long[] UNTESTED = {};

  /** What the tests of the rule at hand leave in each dimension. */
  private final long[][] spans;

  /**
   * Room for the first span of each dimension, so that a test makes no object. It is written only
   * while the dimension is untested: whatever holds it, the alternatives of a rule included, finds
   * in it what it put there.
   */
  private final long[][] firsts;

  /** Room for another span, which is not kept. */
  private final long[] next = new long[2];

  /**
   * @param rules that fit, by ascending index
   * @param none what is found if no rule is
   */
  RuleBoxes(List<FilterRule> rules, Endings endings, int none) {
    this.rules = rules;
    this.outcomes = new int[rules.size()];
    Arrays.setAll(outcomes, i -> endings.outcome(rules.get(i)));
    this.none = none;
    for (FilterRule rule : rules) {
      for (RuleTest test : rule.tests()) {
        for (Field field : test.fields()) {
          if (numbers.putIfAbsent(field, dimensions.size()) == null) {
            dimensions.add(field);
          }
        }
      }
    }
    bits = new int[dimensions.size()];
    Arrays.setAll(bits, i -> bits(dimensions.get(i)));
    spans = new long[bits.length][];
    firsts = new long[bits.length][2];
  }

  /**
   * Whether a rule can be looked up: it ends the chain, and whether it matches is a matter of the
   * packet alone.
   */
  static boolean fits(FilterRule rule) {
    int alternatives = 0;
    for (RuleTest test : rule.tests()) {
      switch (test) {
        case FieldTest field -> {
          if (!fits(field)) {
            return false;
          }
        }
        case Either(FieldTest first, FieldTest second) -> {
          if (!fits(first) || !fits(second) || ++alternatives > MOST_ALTERNATIVES) {
            return false;
          }
        }
        case SetTest set -> {
          return false;
        }
      }
    }
    return rule.verdict().isTerminal();
  }

  private static boolean fits(FieldTest test) {
    return test.field() != Field.RANDOM && Spans.fits(test.values(), bits(test.field()));
  }

  /** The values that a test wants, as its field's register has them; null if too many spans. */
  static long @Nullable [] spans(FieldTest test) {
    return Spans.of(test.values(), bits(test.field()));
  }

  /** How many bits the value of a field has in its register. */
  private static int bits(Field field) {
    boolean transport =
        field == Field.L4_PROTO || field == Field.L4_HEADER || field == Field.IP4_PROTO;
    return transport ? TransportValue.BITS : field.bits();
  }

  /** The fields that are the boxes' dimensions. */
  List<Field> dimensions() {
    return dimensions;
  }

  /** The boxes of the rules that may match packets of a class, up to one that always does. */
  Boxes of(ProtocolClass packets) {
    BoxesBuilder boxes = new BoxesBuilder(bits, none);
    for (int rule = 0; rule < outcomes.length; rule++) {
      if (add(rules.get(rule), outcomes[rule], packets, boxes)) {
        break;
      }
    }
    return boxes.build();
  }

  /** Adds a rule, if it may match; returns whether it always does. */
  private boolean add(FilterRule rule, int outcome, ProtocolClass packets, BoxesBuilder boxes) {
    Arrays.fill(spans, UNTESTED);
    List<Either> alternatives = List.of();
    for (RuleTest test : rule.tests()) {
      if (test instanceof FieldTest field) {
        if (!restrict(field, packets)) {
          return false;
        }
      } else if (test instanceof Either either) {
        alternatives = new ArrayList<>(alternatives);
        alternatives.add(either);
      }
    }
    return add(alternatives, packets, boxes, outcome);
  }

  private boolean add(
      List<Either> alternatives, ProtocolClass packets, BoxesBuilder boxes, int outcome) {
    if (alternatives.isEmpty()) {
      return add(boxes, outcome);
    }
    Either either = alternatives.getFirst();
    List<Either> others = alternatives.subList(1, alternatives.size());
    for (FieldTest one : List.of(either.first(), either.second())) {
      long[][] before = spans.clone();
      boolean always = restrict(one, packets) && add(others, packets, boxes, outcome);
      System.arraycopy(before, 0, spans, 0, spans.length);
      if (always) {
        return true;
      }
    }
    return false;
  }

  private boolean add(BoxesBuilder boxes, int outcome) {
    boolean all = true;
    for (int dimension = 0; dimension < spans.length; dimension++) {
      long[] held = spans[dimension];
      if (held.length > 0 && !Spans.isAll(held, bits[dimension])) {
        Spans.add(held, dimension, boxes);
        all = false;
      }
    }
    boxes.box(outcome);
    return all;
  }

  /** Takes a test into account; returns whether anything can still match. */
  private boolean restrict(FieldTest test, ProtocolClass packets) {
    switch (packets.outcome(test)) {
      case HOLDS -> {
        return true;
      }
      case FAILS -> {
        return false;
      }
      case OPEN -> {}
    }
    int dimension = number(test.field());
    long[] before = spans[dimension];
    boolean first = before.length == 0;
    long[] held = spans(test.values(), bits[dimension], first ? firsts[dimension] : next);
    long[] both = first ? held : Spans.intersection(before, held);
    spans[dimension] = both;
    return both.length > 0;
  }

  /** The spans of a set that fits; if it is but one, in the room given. */
  private static long[] spans(ValueSet values, int bits, long[] room) {
    if (Spans.single(values, bits, room)) {
      return room;
    }
    long[] spans = Spans.of(values, bits);
    if (spans == null) {
      throw new IllegalArgumentException(values.toString());
    }
    return spans;
  }

  private int number(Field field) {
    Integer number = numbers.get(field);
    if (number == null) {
      throw new IllegalArgumentException(field.label());
    }
    return number;
  }
}
