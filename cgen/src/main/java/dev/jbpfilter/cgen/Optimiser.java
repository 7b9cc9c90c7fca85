package dev.jbpfilter.cgen;

import dev.jbpfilter.cgen.RuleTest.FieldTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From a filter program to a smaller one that does the same: without tests that others of the rule
 * imply, without rules that contradict themselves, and without those of which all tests are made by
 * an earlier rule that ends the chain. What is parsed, and the number of counters, stay.
 */
final class Optimiser {
  /** Rules are compared with those of so many sets of fields. */
  private static final int MOST_SHAPES = 32;

  private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

  /** Rules that end the chain, by the fields that they test and a hash of their tests. */
  private final Map<Set<Field>, Map<Long, FilterRule>> deciding = new LinkedHashMap<>();

  private Optimiser() {}

  /** The smaller program. */
  static FilterProgram optimise(FilterProgram program) {
    Optimiser optimiser = new Optimiser();
    List<FilterRule> rules = new ArrayList<>();
    for (FilterRule rule : program.rules()) {
      FilterRule simple = simplify(rule);
      if (simple != null && !optimiser.isShadowed(simple)) {
        rules.add(simple);
        optimiser.remember(simple);
      }
    }
    return program.withRules(rules);
  }

  /** The rule without tests that earlier ones imply; null if it contradicts itself. */
  private static @Nullable FilterRule simplify(FilterRule rule) {
    if (!repeatsField(rule)) {
      return rule;
    }
    Map<Field, long[]> known = new EnumMap<>(Field.class);
    List<RuleTest> tests = new ArrayList<>();
    for (RuleTest test : rule.tests()) {
      long[] spans = test instanceof FieldTest field ? RuleBoxes.spans(field) : null;
      if (spans == null) {
        tests.add(test);
        continue;
      }
      Field field = test.fields().getFirst() == Field.L4_HEADER ? Field.L4_HEADER : subject(test);
      if (!implies(known.get(field), spans)) {
        tests.add(test);
      }
      // Who knows the protocol of the header knows the protocol; not the other way round.
      for (Field learnt :
          field == Field.L4_HEADER ? List.of(field, Field.L4_PROTO) : List.of(field)) {
        long[] before = known.get(learnt);
        long[] both = before == null ? spans : Spans.intersection(before, spans);
        if (both.length == 0) {
          return null;
        }
        known.put(learnt, both);
      }
    }
    return tests.size() == rule.tests().size() ? rule : rule.withTests(tests);
  }

  private static boolean implies(long @Nullable [] known, long[] spans) {
    return known != null && Arrays.equals(Spans.intersection(known, spans), known);
  }

  private static boolean repeatsField(FilterRule rule) {
    Set<Field> fields = EnumSet.noneOf(Field.class);
    for (RuleTest test : rule.tests()) {
      if (test instanceof FieldTest && !fields.add(subject(test))) {
        return true;
      }
    }
    return false;
  }

  /** What a test of one field is about: three fields are the transport protocol. */
  private static Field subject(RuleTest test) {
    Field field = test.fields().getFirst();
    return field == Field.L4_HEADER || field == Field.IP4_PROTO ? Field.L4_PROTO : field;
  }

  /** Whether an earlier rule, which ends the chain, matches whatever this one does. */
  private boolean isShadowed(FilterRule rule) {
    for (Map.Entry<Set<Field>, Map<Long, FilterRule>> shape : deciding.entrySet()) {
      long hash = 0;
      for (RuleTest test : rule.tests()) {
        if (shape.getKey().containsAll(test.fields())) {
          hash += hash(test);
        }
      }
      FilterRule earlier = shape.getValue().get(hash);
      if (earlier != null && rule.tests().containsAll(earlier.tests())) {
        return true;
      }
    }
    return false;
  }

  private void remember(FilterRule rule) {
    Set<Field> fields = EnumSet.noneOf(Field.class);
    long hash = 0;
    for (RuleTest test : rule.tests()) {
      fields.addAll(test.fields());
      hash += hash(test);
    }
    boolean lasting = !fields.contains(Field.RANDOM) && !fields.contains(Field.MARK);
    boolean room = deciding.size() < MOST_SHAPES || deciding.containsKey(fields);
    if (rule.verdict().isTerminal() && lasting && room) {
      deciding.computeIfAbsent(fields, f -> new HashMap<>()).putIfAbsent(hash, rule);
    }
  }

  /** The same in each run, as hash codes of enums are not. */
  private static long hash(RuleTest test) {
    return switch (test) {
      case FieldTest(Field field, ValueSet values) ->
          (field.label().hashCode() * SPREAD ^ values.hashCode()) * SPREAD;
      case RuleTest.Either(FieldTest first, FieldTest second) ->
          hash(first) ^ hash(second) * SPREAD;
      case RuleTest.SetTest set -> set.toString().hashCode() * SPREAD;
    };
  }
}
