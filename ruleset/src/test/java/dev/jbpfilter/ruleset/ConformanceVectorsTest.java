package dev.jbpfilter.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jbpfilter.ruleset.testing.ConformanceVectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Texts that the reference tool accepts and refuses. */
class ConformanceVectorsTest {
  @ParameterizedTest
  @FieldSource("dev.jbpfilter.ruleset.testing.ConformanceVectors#ACCEPTED_TEXTS")
  void acceptsTexts(String text) {
    assertThat(Texts.parse(text).errors()).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("dev.jbpfilter.ruleset.testing.ConformanceVectors#ACCEPTED_RULES")
  void acceptsRules(String rule) {
    assertThat(Texts.parse(ConformanceVectors.RULE + rule).errors()).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("dev.jbpfilter.ruleset.testing.ConformanceVectors#REFUSED_TEXTS")
  void refusesTexts(String text) {
    Texts.refuse(text);
  }

  @ParameterizedTest
  @FieldSource("dev.jbpfilter.ruleset.testing.ConformanceVectors#REFUSED_RULES")
  void refusesRules(String rule) {
    Texts.refuse(ConformanceVectors.RULE + rule);
  }
}
