package dev.jbpfilter.cgen;

/** A condition on a packet: the value of a field lies in a set. */
public record FieldTest(Field field, ValueSet values) {
  @Override
  public String toString() {
    return field.label() + " " + values;
  }
}
