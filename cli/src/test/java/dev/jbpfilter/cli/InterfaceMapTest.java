package dev.jbpfilter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterfaceMapTest {

  @Test
  void findsBothWays() {
    InterfaceMap map = InterfaceMap.parse("# mine\n\neth0=2\r\n  br.1:0 = 4294967295 \nwan=2");

    assertThat(map.index("eth0")).hasValue(2);
    assertThat(map.index("br.1:0")).hasValue(0xffff_ffffL);
    assertThat(map.index("lo")).isEmpty();
    assertThat(map.name(2)).hasValue("eth0");
    assertThat(map.name(3)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "eth0, 'line 1: expecting name=index, not ''eth0'''",
    "=1, 'line 1: expecting name=index, not ''=1'''",
    "eth0=, 'line 1: expecting name=index, not ''eth0='''",
    "eth0=0, 'line 1: expecting name=index, not ''eth0=0'''",
    "eth0=-1, 'line 1: expecting name=index, not ''eth0=-1'''",
    "eth0=4294967296, 'line 1: expecting name=index, not ''eth0=4294967296'''",
    "eth0=0x1, 'line 1: expecting name=index, not ''eth0=0x1'''",
    "'lo=1\nlo=2', 'line 2: ''lo'' occurs twice'",
  })
  void refused(String text, String message) {
    assertThatThrownBy(() -> InterfaceMap.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
