package dev.jbpfilter.loader.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PossibleCpusTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"0; 1", "0-1; 2", "0-127; 128", "0,2-3,8; 4", "'0-3\n'; 4"})
  void countsLists(String list, int count) {
    assertThat(PossibleCpus.parse(list)).isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "0-", "3-1", "0,", "-1"})
  void refusesWhatIsNoList(String list) {
    assertThatThrownBy(() -> PossibleCpus.parse(list)).isInstanceOf(BpfException.class);
  }
}
