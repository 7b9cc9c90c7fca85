package dev.jbpfilter.cgen.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SingleDimensionTest {
  private static final long MEMORY = 64 << 20;

  /** Without memory, and for many values, there are only branches, of which products are walked. */
  @ParameterizedTest(name = "{0} values of each field, {1} bytes")
  @CsvSource({"3, 0, 2", "8, 0, 2", "9, 0, 0", "100, 0, 0", "100, " + MEMORY + ", 2"})
  void classesThatBranchesFindHaveFewCombinations(int values, long memory, int structures) {
    BoxesBuilder boxes = new BoxesBuilder(new int[] {32, 32}, values);
    for (int i = 0; i < values; i++) {
      // Values that follow each other would be a table's.
      boxes.span(0, i << 16, i << 16).span(1, i << 20, i << 20).box(i);
    }
    List<FieldClasses> fields = FieldClasses.of(boxes.build());
    assertThat(fields).hasSize(2).allMatch(field -> field.count() == values + 1);
    assertThat(SingleDimension.chooseAll(fields, memory)).hasSize(structures);
  }
}
