package dev.jbpfilter.cgen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.cgen.ProtocolClass.Network;
import dev.jbpfilter.cgen.ProtocolClass.Transport;
import dev.jbpfilter.cgen.RuleTest.Either;
import dev.jbpfilter.cgen.RuleTest.FieldTest;
import dev.jbpfilter.cgen.ValueSet.Exact;
import dev.jbpfilter.cgen.ValueSet.Masked;
import dev.jbpfilter.cgen.ValueSet.OneOf;
import dev.jbpfilter.cgen.ValueSet.Range;
import dev.jbpfilter.cgen.lookup.Boxes;
import dev.jbpfilter.cgen.lookup.Column;
import dev.jbpfilter.ruleset.Policy;
import dev.jbpfilter.ruleset.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuleBoxesTest {
  private static final ProtocolClass ANY = new ProtocolClass(Network.ANY, Transport.ANY);

  /** Tests of one rule, and its boxes: one in a line, of each field what it holds. */
  record Row(String name, List<RuleTest> tests, List<String> boxes) {
    Row(String name, List<RuleTest> tests, String... boxes) {
      this(name, tests, List.of(boxes));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Row> rows() {
    FieldTest low = port(new Range(10, 30));
    FieldTest middle = port(new Range(20, 40));
    FieldTest one = source(new Exact(1));
    FieldTest two = source(new Exact(2));
    return List.of(
        new Row("a value", List.of(one), "ip4.saddr 1-1"),
        new Row("a prefix", List.of(source(new Masked(0xffff_ff00L, 0x100))), "ip4.saddr 256-511"),
        new Row("another", List.of(port(new Exact(10)).negation()), "l4.dport 0-9 11-65535"),
        new Row("some", List.of(port(new OneOf(List.of(3L, 5L)))), "l4.dport 3-3 5-5"),
        new Row("all", List.of(port(new Range(0, 0xffff)), one), "ip4.saddr 1-1"),
        new Row("one field twice", List.of(low, middle), "l4.dport 20-30"),
        new Row(
            "one field three times",
            List.of(low, middle, port(new Exact(25)).negation()),
            "l4.dport 20-24 26-30"),
        new Row("a contradiction", List.of(one, two)),
        new Row(
            "alternatives",
            List.of(low, new Either(one, two)),
            "l4.dport 10-30, ip4.saddr 1-1",
            "l4.dport 10-30, ip4.saddr 2-2"),
        new Row(
            "alternatives of a field that is tested",
            List.of(low, new Either(middle, port(new Range(5, 15)))),
            "l4.dport 20-30",
            "l4.dport 10-15"),
        new Row(
            "alternatives of a field in alternatives",
            List.of(new Either(low, middle), new Either(port(new Range(25, 50)), one)),
            "l4.dport 25-30",
            "l4.dport 10-30, ip4.saddr 1-1",
            "l4.dport 25-40",
            "l4.dport 20-40, ip4.saddr 1-1"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void ruleHoldsWhatAllItsTestsHold(Row row) {
    assertThat(boxes(rule(0, row.tests))).containsExactlyElementsOf(row.boxes);
  }

  @Test
  void ruleDoesNotHoldWhatTheOneBeforeIt() {
    assertThat(
            boxes(
                rule(0, List.of(source(new Exact(1)), port(new Exact(7)))),
                rule(1, List.of(source(new Exact(2)))),
                rule(2, List.of())))
        .containsExactly("ip4.saddr 1-1, l4.dport 7-7", "ip4.saddr 2-2", "");
  }

  @Test
  void setsFitIfTheyHaveSpans() {
    List<ValueSet> sets =
        List.of(
            new Exact(3),
            new OneOf(List.of(1L, 5L)),
            new Range(4, 300),
            new Masked(0, 0),
            new Masked(0xf0, 0x30),
            new Masked(0x12, 0x10));
    for (ValueSet set : sets) {
      for (int bits = 8; bits <= 32; bits += 8) {
        assertThat(Spans.fits(set, bits)).as("%s", set).isEqualTo(Spans.of(set, bits) != null);
        assertThat(Spans.fits(set.complement(), bits)).isEqualTo(Spans.fits(set, bits));
      }
    }
    assertThat(Spans.fits(new Masked(0x12, 0x10), 8)).isTrue();
    assertThat(Spans.fits(new Masked(0x12, 0x10), 16)).isFalse();
  }

  private static FieldTest source(ValueSet values) {
    return new FieldTest(Field.IP4_SADDR, values);
  }

  private static FieldTest port(ValueSet values) {
    return new FieldTest(Field.DPORT, values);
  }

  private static FilterRule rule(int index, List<RuleTest> tests) {
    return new FilterRule(index, tests, null, null, false, Verdict.Basic.DROP);
  }

  private static List<String> boxes(FilterRule... rules) {
    Endings endings = Endings.of(List.of(rules), Policy.ACCEPT);
    RuleBoxes made = new RuleBoxes(List.of(rules), endings, endings.none(rules.length));
    Boxes boxes = made.of(ANY);
    List<String> lines = new ArrayList<>();
    for (int box = 0; box < boxes.size(); box++) {
      StringJoiner line = new StringJoiner(", ");
      for (int dimension : boxes.constrained()) {
        Column column = boxes.column(dimension);
        if (column.constrains(box)) {
          line.add(made.dimensions().get(dimension).label() + spans(column, box));
        }
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static String spans(Column column, int box) {
    StringBuilder text = new StringBuilder();
    for (int span = column.firstSpan(box); span < column.endOfSpans(box); span++) {
      text.append(' ').append(column.low(span)).append('-').append(column.high(span));
    }
    return text.toString();
  }
}
