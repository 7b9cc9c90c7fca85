package dev.jbpfilter.ruleset.packet.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times in units of every kind. */
class TimeResolutionTest {
  @ParameterizedTest(name = "{0} in units of {1}, {2} s later")
  @CsvSource({
    "7, 0, 0, 7000000000",
    "7, 0, -10, -3000000000",
    "1234, 3, 0, 1234000000",
    "1234567, 6, 1, 2234567000",
    "1234567890, 9, 0, 1234567890",
    "12345678901234, 12, 0, 12345678901",
    "-1, 12, 0, 18446744073709551",
    "-1, 19, 0, 1844674407",
    "-1, 20, 0, 184467440",
    "-1, 28, 0, 1",
    "-1, 29, 0, 0",
    "-1, 127, 0, 0",
    "3, 128, 0, 3000000000",
    "3, 129, 0, 1500000000",
    "1025, 138, 0, 1000976562",
    "-1, 192, 0, 999999999",
    "-1, 191, 0, 1999999999",
    "-1, 193, 0, 499999999",
    "-1, 255, 0, 0",
    "-1, 0, 0, 9223372036854775807",
    "-1, 6, 9223372036854775807, 9223372036854775807",
    "9223372034, 0, 0, 9223372034000000000",
    "9223372036, 0, 0, 9223372036854775807",
    "0, 6, -9223372036854775808, -9223372036854775808"
  })
  void isConverted(long units, int code, long offset, long nanos) {
    assertThat(new TimeResolution(code, offset).nanos(units)).isEqualTo(nanos);
  }
}
