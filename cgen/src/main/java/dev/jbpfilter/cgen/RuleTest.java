package dev.jbpfilter.cgen;

import java.util.List;

/** One of the conditions of a rule. */
public sealed interface RuleTest {

  /** The fields that it looks at. */
  List<Field> fields();

  /** The value of a field lies in a set. */
  record FieldTest(Field field, ValueSet values) implements RuleTest {
    @Override
    public List<Field> fields() {
      return List.of(field);
    }

    /** What holds where this does not. */
    FieldTest negation() {
      return new FieldTest(field, values.complement());
    }

    @Override
    public String toString() {
      return field.label() + " " + values;
    }
  }

  /** One of two tests holds: what is left of a negated value that takes two fields. */
  record Either(FieldTest first, FieldTest second) implements RuleTest {
    @Override
    public List<Field> fields() {
      return List.of(first.field(), second.field());
    }

    @Override
    public String toString() {
      return "(" + first + " or " + second + ")";
    }
  }

  /**
   * Some fields together are an element of a set of the chain.
   *
   * @param member which set of the table's sets
   */
  record SetTest(SetTable table, int member, boolean negated) implements RuleTest {
    @Override
    public List<Field> fields() {
      return SetFields.of(table.key());
    }

    @Override
    public String toString() {
      return table.key() + (negated ? " not in " : " in ") + table.map() + "[" + member + "]";
    }
  }
}
