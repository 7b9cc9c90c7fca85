package dev.jbpfilter.cgen.analysis.lint;

import dev.jbpfilter.cgen.Field;
import dev.jbpfilter.cgen.MatcherTests;
import dev.jbpfilter.cgen.RuleTest;
import dev.jbpfilter.cgen.RuleTest.FieldTest;
import dev.jbpfilter.cgen.Spans;
import dev.jbpfilter.cgen.ValueSet;
import dev.jbpfilter.ruleset.Chain;
import dev.jbpfilter.ruleset.FieldMatcher;
import dev.jbpfilter.ruleset.Flavor;
import dev.jbpfilter.ruleset.Layer;
import dev.jbpfilter.ruleset.Matcher;
import dev.jbpfilter.ruleset.MatcherType;
import dev.jbpfilter.ruleset.Protocol;
import dev.jbpfilter.ruleset.Rule;
import dev.jbpfilter.ruleset.SetMatcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a chain as boxes. Packets that are malformed match no rule and are no points; for
 * all others, what is told apart is what the reference evaluator looks at.
 */
final class Shapes {
  /** A negated IPv6 address makes two boxes of one; what makes more than so many is left out. */
  private static final int MOST_BOXES = 32;

  /** So many elements of sets of tuples are told apart. */
  private static final int MOST_TUPLES = 1 << 18;

  private static final int PROTOCOL_BITS = 8;
  private static final long[] OUTSIDE = {0, 0};

  private final Chain chain;
  private final Space space = new Space();
  private final List<Box> universe;
  private final List<@Nullable SetShape> sets = new ArrayList<>();

  /** By index; null for disabled rules. */
  private final List<@Nullable RuleShape> rules = new ArrayList<>();

  private final List<RuleShape> enabled = new ArrayList<>();
  private int elementsLeft = MOST_TUPLES;

  /** How many rules before each may have set the mark. */
  private final int[] setters;

  Shapes(Chain chain) {
    this.chain = chain;
    this.universe = universe();
    this.setters = new int[chain.rules().size()];
    for (int i = 0; i < chain.sets().size(); i++) {
      sets.add(chain.sets().get(i).isEmpty() ? null : SetShape.of(chain.sets().get(i), space));
    }
    int marked = 0;
    for (Rule rule : chain.rules()) {
      setters[rule.index()] = marked;
      RuleShape shape = chain.isEnabled(rule) ? shape(rule, rule.matchers()) : null;
      rules.add(shape);
      if (shape != null) {
        enabled.add(shape);
      }
      boolean sets = rule.mark() != null && !rule.verdict().isTerminal();
      marked += sets && shape != null && !shape.boxes().isEmpty() ? 1 : 0;
    }
  }

  /**
   * What packets there are: those of IP have a transport protocol, others have none. Netfilter sees
   * IP alone.
   */
  private List<Box> universe() {
    int network = space.of(Field.L3_PROTO);
    int transport = space.of(Field.L4_HEADER);
    long v4 = Protocol.IPV4.number();
    long v6 = Protocol.IPV6.number();
    if (!chain.hook().flavor().seesPackets()) {
      long family =
          switch (chain.hook()) {
            case CGROUP_SOCK_ADDR_CONNECT4, CGROUP_SOCK_ADDR_SENDMSG4 -> v4;
            default -> v6;
          };
      return List.of(box(network, family, family, transport, 0, 0xff));
    }
    SpanCollector numbers = new SpanCollector(8);
    numbers.add(Space.NO_HEADER, Space.NO_HEADER | 0xff);
    for (Protocol protocol : Protocol.values()) {
      if (protocol.layer() == Layer.TRANSPORT) {
        numbers.add(protocol.number(), protocol.number());
      }
    }
    long[] versions = {v4, v4, v6, v6};
    long[] others = Spans.difference(new long[] {0, space.max(network)}, versions);
    Box internet = box(network, versions, transport, numbers.toSpans());
    if (chain.hook().flavor() == Flavor.NETFILTER) {
      return List.of(internet);
    }
    return List.of(
        internet,
        box(network, others, transport, new long[] {Space.NO_TRANSPORT, Space.NO_TRANSPORT}));
  }

  private static Box box(int one, long low, long high, int other, long first, long last) {
    return box(one, new long[] {low, high}, other, new long[] {first, last});
  }

  private static Box box(int one, long[] numbers, int other, long[] others) {
    Box box = Box.ALL.with(one, numbers);
    Box both = box == null ? null : box.with(other, others);
    if (both == null) {
      throw new IllegalStateException("nothing in the universe");
    }
    return both;
  }

  Chain chain() {
    return chain;
  }

  Space space() {
    return space;
  }

  /** All packets that are not malformed, or all calls. */
  List<Box> all() {
    return universe;
  }

  /** The shape of a rule; null if it is disabled. */
  @Nullable RuleShape rule(int index) {
    return rules.get(index);
  }

  /** The shapes of all enabled rules, in order. */
  List<RuleShape> enabled() {
    return enabled;
  }

  /**
   * All boxes in which a rule, which decides, does so: where it has a set of tuples, one for each
   * element besides.
   */
  List<Box> deciding(RuleShape shape) {
    SetMatcher only = null;
    int tuples = 0;
    for (Matcher matcher : shape.rule().matchers()) {
      if (matcher instanceof SetMatcher reference && !reference.negated()) {
        SetShape set = sets.get(reference.set());
        if (set != null && set.tuples()) {
          only = reference;
          tuples++;
        }
      }
    }
    SetShape set = only == null ? null : sets.get(only.set());
    if (set == null || tuples > 1 || set.elements().size() > elementsLeft) {
      return shape.boxes();
    }
    elementsLeft -= set.elements().size();
    List<Box> boxes = new ArrayList<>(shape.boxes());
    for (Box box : shape.boxes()) {
      Box rest = box.without(set.dimension());
      for (int i = 0; i < set.elements().size(); i++) {
        Box element = set.element(i);
        Box part = element == null ? null : rest.and(element);
        if (part != null) {
          boxes.add(part);
        }
      }
    }
    return boxes;
  }

  /** The shape of a set of the chain; null if it is empty. */
  @Nullable SetShape set(int index) {
    return sets.get(index);
  }

  /** What a rule would match if it had only these matchers of its own. */
  RuleShape shape(Rule rule, List<Matcher> matchers) {
    Building building = new Building(setters[rule.index()]);
    for (Matcher matcher : matchers) {
      for (MatcherType type : chain.types(matcher)) {
        type.protocol().ifPresent(protocol -> building.test(MatcherTests.of(protocol)));
      }
      switch (matcher) {
        case FieldMatcher field -> building.field(field);
        case SetMatcher reference -> building.set(reference);
      }
    }
    return new RuleShape(rule, building.boxes, building.exact, MatcherTests.depth(chain, rule));
  }

  /** The boxes of the rule at hand. */
  private final class Building {
    private final int marked;
    private List<Box> boxes = universe;
    private boolean exact = true;

    Building(int marked) {
      this.marked = marked;
    }

    void field(FieldMatcher matcher) {
      for (RuleTest test : MatcherTests.of(matcher, chain.hook())) {
        switch (test) {
          case FieldTest field -> test(field);
          case RuleTest.Either(FieldTest first, FieldTest second) -> either(first, second);
          case RuleTest.SetTest set -> throw new IllegalArgumentException(set.toString());
        }
      }
    }

    void set(SetMatcher reference) {
      SetShape set = sets.get(reference.set());
      if (set != null) {
        limit(set.dimension(), reference.negated() ? inverse(set) : set.spans());
      }
    }

    private long[] inverse(SetShape set) {
      return set.tuples()
          ? OUTSIDE
          : Spans.difference(new long[] {0, space.max(set.dimension())}, set.spans());
    }

    void test(FieldTest test) {
      Integer dimension = dimension(test.field());
      long[] numbers = numbers(test);
      if (numbers == null || dimension == null) {
        // Whether it holds is not a matter of the point, unless it always or never does.
        boolean always = numbers != null && Spans.isAll(numbers, test.field().bits());
        exact &= always;
        if (numbers != null && numbers.length == 0) {
          boxes = List.of();
        }
        return;
      }
      limit(dimension, numbers);
    }

    private @Nullable Integer dimension(Field field) {
      return switch (field) {
        case RANDOM -> null;
        case MARK -> space.mark(marked);
        default -> space.of(field);
      };
    }

    private void either(FieldTest first, FieldTest second) {
      long[] one = numbers(first);
      long[] other = numbers(second);
      if (one == null || other == null || 2 * boxes.size() > MOST_BOXES) {
        exact = false;
        return;
      }
      int dimension = space.of(first.field());
      long[] rest = Spans.difference(new long[] {0, space.max(dimension)}, one);
      List<Box> before = boxes;
      limit(dimension, one);
      List<Box> both = new ArrayList<>(boxes);
      boxes = before;
      limit(dimension, rest);
      limit(space.of(second.field()), other);
      both.addAll(boxes);
      boxes = both;
    }

    private void limit(int dimension, long[] numbers) {
      List<Box> left = new ArrayList<>(boxes.size());
      for (Box box : boxes) {
        Box limited = box.with(dimension, numbers);
        if (limited != null) {
          left.add(limited);
        }
      }
      boxes = left;
    }
  }

  /** The numbers that a test wants in the dimension of its field; null if they are no spans. */
  private static long @Nullable [] numbers(FieldTest test) {
    Field field = test.field();
    if (field == Field.L4_HEADER || !Space.isTransport(field)) {
      return Spans.of(test.values(), field.bits());
    }
    boolean negated = test.values() instanceof ValueSet.Complement;
    ValueSet values = negated ? test.values().complement() : test.values();
    long[] protocols = Spans.of(values, PROTOCOL_BITS);
    if (protocols == null) {
      return null;
    }
    SpanCollector numbers = new SpanCollector(protocols.length);
    for (int i = 0; i < protocols.length; i += 2) {
      numbers.add(protocols[i], protocols[i + 1]);
      numbers.add(protocols[i] + Space.NO_HEADER, protocols[i + 1] + Space.NO_HEADER);
    }
    long[] spans = numbers.toSpans();
    return negated ? Spans.difference(new long[] {0, Space.NO_TRANSPORT}, spans) : spans;
  }
}
