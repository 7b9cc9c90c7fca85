package dev.jbpfilter.tests.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SpreadTest {

  static Stream<Arguments> samples() {
    return Stream.of(
        Arguments.of(new double[] {3}, new Spread(3, 3, 3)),
        Arguments.of(new double[] {4, 1}, new Spread(2.5, 1, 4)),
        Arguments.of(new double[] {9, 1, 5}, new Spread(5, 1, 9)),
        Arguments.of(new double[] {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}, new Spread(4.5, 1, 8)),
        Arguments.of(new double[] {100, 1, 2, 3, 4, 5, 6, 7, 8, 9, -100}, new Spread(5, 1, 9)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void outliersCountForOne(double[] values, Spread expected) {
    assertThat(Spread.of(values)).isEqualTo(expected);
  }

  @Test
  void nothingHasNoSpread() {
    assertThatThrownBy(Spread::of).isInstanceOf(IllegalArgumentException.class);
  }
}
