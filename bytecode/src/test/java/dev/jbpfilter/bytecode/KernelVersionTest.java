package dev.jbpfilter.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelVersionTest {

  @ParameterizedTest
  @CsvSource({
    "6.6, 6, 6",
    "6.18.0-foo, 6, 18",
    "6.18-rc1, 6, 18",
    "3.19, 3, 19",
    "10.0+, 10, 0",
    "6.18.44-fc-v595, 6, 18",
  })
  void readsTheStartOfAReleaseName(String release, int major, int minor) {
    assertThat(KernelVersion.parse(release)).isEqualTo(new KernelVersion(major, minor));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "6", "6.", ".6", "6,18", "v6.18", "-6.18", "6.-1", "6.99999999999", "٦.١"})
  void refusesOtherText(String release) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KernelVersion.parse(release))
        .withMessageContaining("\"" + release + "\"");
  }

  @Test
  void refusesNegativeNumbers() {
    assertThatIllegalArgumentException().isThrownBy(() -> new KernelVersion(-1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new KernelVersion(6, -1));
  }

  @Test
  void comparesNumbersAndNotText() {
    KernelVersion older = new KernelVersion(6, 6);
    KernelVersion newer = new KernelVersion(6, 18);
    assertThat(older).isLessThan(newer).isGreaterThan(new KernelVersion(5, 19));
    assertThat(newer.isAtLeast(older)).isTrue();
    assertThat(newer.isAtLeast(newer)).isTrue();
    assertThat(older.isAtLeast(newer)).isFalse();
    assertThat(newer).hasToString("6.18");
  }
}
