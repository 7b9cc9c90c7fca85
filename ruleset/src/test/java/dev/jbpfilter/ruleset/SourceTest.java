package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SourceTest {
  private static final Source SOURCE = new Source("n", "ab\r\n\n😀cd");

  @Test
  void findsLinesAndColumns() {
    assertThat(SOURCE.line(0)).isEqualTo(1);
    assertThat(SOURCE.line(3)).isEqualTo(1);
    assertThat(SOURCE.line(4)).isEqualTo(2);
    assertThat(SOURCE.line(5)).isEqualTo(3);
    assertThat(SOURCE.line(9)).isEqualTo(3);
    assertThat(SOURCE.column(1)).isEqualTo(2);
    assertThat(SOURCE.column(5)).isEqualTo(1);
    assertThat(SOURCE.column(7)).isEqualTo(2);
    assertThat(SOURCE.lineText(0)).isEqualTo("ab");
    assertThat(SOURCE.lineText(4)).isEmpty();
    assertThat(SOURCE.lineText(9)).isEqualTo("😀cd");
    assertThat(SOURCE.text(new Span(7, 9))).isEqualTo("cd");
  }

  @Test
  void refusesOffsetsOutside() {
    assertThatThrownBy(() -> SOURCE.line(10)).hasMessageContaining("10");
    assertThatThrownBy(() -> SOURCE.lineText(-1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> new Span(2, 1)).hasMessageContaining("2..1");
  }

  @Test
  void spansJoin() {
    assertThat(new Span(5, 7).to(new Span(1, 2))).isEqualTo(new Span(1, 7));
  }
}
