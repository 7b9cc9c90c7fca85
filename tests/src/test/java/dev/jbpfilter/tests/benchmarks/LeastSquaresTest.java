package dev.jbpfilter.tests.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The arithmetic of {@link CostModelFit}. */
class LeastSquaresTest {
  @Test
  void findsTheConstantsOfWhatHasNoError() {
    LeastSquares fit = new LeastSquares(3);
    fit.add(2 * 5, 0, 2, 0);
    fit.add(3 * 4 + 5 + 2 * 0.25, 3, 1, 2);
    fit.add(4 + 0.25, 1, 0, 1);
    fit.add(10 * 4 + 5, 10, 1, 0);
    assertThat(fit.solve()).containsExactly(new double[] {4, 5, 0.25}, within(1e-9));
  }

  @Test
  void errorsAreRelative() {
    // The sum of (x/1 - 1)^2 and (100x/200 - 1)^2 is least at x = 1.5/1.25.
    LeastSquares fit = new LeastSquares(1);
    fit.add(1, 1);
    fit.add(200, 100);
    assertThat(fit.solve()).containsExactly(new double[] {1.2}, within(1e-9));
  }

  @Test
  void saysWhichConstantIsNotDetermined() {
    LeastSquares fit = new LeastSquares(2);
    fit.add(3, 1, 2);
    fit.add(6, 2, 4);
    assertThatIllegalStateException()
        .isThrownBy(fit::solve)
        .withMessage("constant 1 is not determined");
    assertThatIllegalStateException()
        .isThrownBy(new LeastSquares(1)::solve)
        .withMessage("constant 0 is not determined");
  }

  @Test
  void refusesWhatIsNoMeasurement() {
    LeastSquares fit = new LeastSquares(2);
    assertThatIllegalArgumentException().isThrownBy(() -> fit.add(0, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> fit.add(Double.NaN, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> fit.add(1, 1));
  }
}
